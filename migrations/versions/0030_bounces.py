"""bounces: what came back, scores, files of addresses; suppressions: how and by whom"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SOURCES = ("relay", "bounce", "complaint", "hand", "file")
WAYS = ("listener", "hook", "file")
KINDS = ("bounce", "delay", "complaint", "auto_reply", "receipt", "unsubscribe", "unreadable")
SEVERITIES = ("nobody", "hard", "soft", "none")
VERDICTS = ("nobody", "complaint", "nothing")
OUTCOMES = ("bounced", "complained")


def one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    """Return the type of a column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def name_suppressions() -> None:
    table = sa.table("suppression", sa.column("id"), sa.column("public_id"))
    connection = op.get_bind()
    for (row,) in connection.execute(sa.select(table.c.id)).all():
        named = table.update().where(table.c.id == row).values(public_id=secrets.token_hex(7))
        connection.execute(named)


def extend_suppressions() -> None:
    with op.batch_alter_table("suppression") as batch_op:
        batch_op.add_column(sa.Column("public_id", sa.String(length=20), nullable=True))
        batch_op.add_column(
            sa.Column("source", sa.String(length=40), nullable=False, server_default="relay")
        )
        batch_op.add_column(
            sa.Column("by", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.create_check_constraint("suppressedby", f"source IN {SOURCES}")
    name_suppressions()
    with op.batch_alter_table("suppression") as batch_op:
        batch_op.alter_column("public_id", nullable=False, existing_type=sa.String(length=20))
        batch_op.alter_column("source", server_default=None)
        batch_op.alter_column("by", server_default=None)
        batch_op.create_unique_constraint(op.f("uq_suppression_public_id"), ["public_id"])


def create_returned_mail() -> None:
    op.create_table(
        "returned_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("way", one_of("way", WAYS), nullable=False),
        sa.Column("kind", one_of("kind", KINDS), nullable=False),
        sa.Column("severity", one_of("severity", SEVERITIES), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("canonical", sa.String(length=320), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=False),
        sa.Column("verdict", one_of("verdict", VERDICTS), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_returned_mail_mailing_id_mailing")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_returned_mail_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_returned_mail_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_returned_mail_public_id")),
    )
    op.create_index("ix_returned_mail_waits", "returned_mail", ["waits", "id"])
    op.create_index("ix_returned_mail_kind", "returned_mail", ["kind", "id"])
    op.create_index("ix_returned_mail_received_at", "returned_mail", ["received_at"])
    for name in ("mailing_id", "letter_id", "person_id"):
        op.create_index(op.f(f"ix_returned_mail_{name}"), "returned_mail", [name])


def upgrade() -> None:
    extend_suppressions()
    create_returned_mail()
    op.create_table(
        "bounce_score",
        sa.Column("canonical", sa.String(length=320), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("canonical", name=op.f("pk_bounce_score")),
    )
    op.create_index(op.f("ix_bounce_score_last_on"), "bounce_score", ["last_on"])
    op.create_table(
        "returned_copy",
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", one_of("outcome", OUTCOMES), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_returned_copy_mailing_id_mailing")
        ),
        sa.PrimaryKeyConstraint("mailing_id", "person_id", name=op.f("pk_returned_copy")),
    )
    op.create_index(op.f("ix_returned_copy_at"), "returned_copy", ["at"])
    op.create_index(op.f("ix_returned_copy_person_id"), "returned_copy", ["person_id"])
    op.create_table(
        "returned_tally",
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("bounced", sa.Integer(), nullable=False),
        sa.Column("complained", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_returned_tally_mailing_id_mailing")
        ),
        sa.PrimaryKeyConstraint("mailing_id", name=op.f("pk_returned_tally")),
    )
    op.create_table(
        "suppression_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_suppression_draft_public_id")),
    )
    op.create_index(op.f("ix_suppression_draft_at"), "suppression_draft", ["at"])


def downgrade() -> None:
    op.drop_table("suppression_draft")
    op.drop_table("returned_tally")
    op.drop_table("returned_copy")
    op.drop_table("bounce_score")
    op.drop_table("returned_mail")
    with op.batch_alter_table("suppression") as batch_op:
        batch_op.drop_constraint(op.f("uq_suppression_public_id"), type_="unique")
        batch_op.drop_constraint("suppressedby", type_="check")
        batch_op.drop_column("by")
        batch_op.drop_column("source")
        batch_op.drop_column("public_id")
