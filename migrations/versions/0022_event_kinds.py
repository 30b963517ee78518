"""events: kinds, series, agenda, address, host, picture, walk-ins, what was sent, own calendars"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = ("meeting", "digital", "hybrid")
LINES = ("address",)
TEXTS = ("agenda", "agenda_en", "thanks")
MOMENTS = ("reminded_at", "thanked_at")


def upgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=40), nullable=False, server_default="meeting")
        )
        batch_op.add_column(
            sa.Column("address", sa.String(length=200), nullable=False, server_default="")
        )
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("sends_thanks", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("walk_ins", sa.Integer(), nullable=False, server_default="0"))
        for name in MOMENTS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reply_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("head_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("host_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_event_host_id_person"), "person", ["host_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_event_head_id_event"), "event", ["head_id"], ["id"])
        batch_op.create_check_constraint("eventkind", f"kind IN {KINDS}")
        batch_op.create_check_constraint(op.f("ck_event_walk_ins_are_counted"), "walk_ins >= 0")
        batch_op.create_index(op.f("ix_event_head_id"), ["head_id"])
        batch_op.create_index(op.f("ix_event_host_id"), ["host_id"])
    op.execute("UPDATE event SET kind = 'hybrid' WHERE online_url <> '' AND place <> ''")
    op.execute("UPDATE event SET kind = 'digital' WHERE online_url <> '' AND place = ''")
    # Those that were before there were such letters get none now.
    op.execute("UPDATE event SET thanked_at = ends_at WHERE state = 'past'")
    with op.batch_alter_table("event") as batch_op:
        for name in ("kind", "address", *TEXTS, "sends_thanks", "walk_ins"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.add_column(
            sa.Column("remotely", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.alter_column("remotely", server_default=None)
    op.create_table(
        "event_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("alt_en", sa.String(length=200), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_picture_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_picture")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_picture_public_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_picture_event_id")),
    )
    op.create_table(
        "event_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_event_feed")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_feed_public_id")),
    )


def downgrade() -> None:
    op.drop_table("event_feed")
    op.drop_table("event_picture")
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_column("remotely")
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_index(op.f("ix_event_host_id"))
        batch_op.drop_index(op.f("ix_event_head_id"))
        batch_op.drop_constraint(op.f("ck_event_walk_ins_are_counted"), type_="check")
        batch_op.drop_constraint("eventkind", type_="check")
        batch_op.drop_constraint(op.f("fk_event_head_id_event"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_event_host_id_person"), type_="foreignkey")
        for name in ("host_id", "head_id", "reply_from", *MOMENTS, "walk_ins", "sends_thanks"):
            batch_op.drop_column(name)
        for name in (*TEXTS, "address", "kind"):
            batch_op.drop_column(name)
