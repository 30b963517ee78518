"""events: gatherings, replies with seats, invitations"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("online_url", sa.String(length=500), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("next_queue_no", sa.Integer(), nullable=False),
        sa.Column("guests_allowed", sa.Integer(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "state", _choice("eventstate", "draft", "open", "cancelled", "past"), nullable=False
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "capacity IS NULL OR seats_taken <= capacity", name=op.f("ck_event_never_oversold")
        ),
        sa.CheckConstraint("seats_taken >= 0", name=op.f("ck_event_seats_are_counted")),
        sa.CheckConstraint("guests_allowed BETWEEN 0 AND 2", name=op.f("ck_event_few_guests")),
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_event_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_event_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_public_id")),
    )
    op.create_index("ix_event_coming", "event", ["state", "starts_at"])
    op.create_index(op.f("ix_event_starts_at"), "event", ["starts_at"])
    op.create_index(op.f("ix_event_unit_id"), "event", ["unit_id"])
    op.create_table(
        "event_reply",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            _choice("answer", "yes", "no", "waiting", "offered", "lapsed"),
            nullable=False,
        ),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queue_no", sa.Integer(), nullable=True),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs", sa.LargeBinary(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("guests BETWEEN 0 AND 2", name=op.f("ck_event_reply_few_guests")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_reply_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_reply_person_id_person")
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_reply")),
    )
    op.create_index("ix_event_reply_line", "event_reply", ["event_id", "answer", "queue_no"])
    op.create_index("ix_event_reply_offer", "event_reply", ["offered_until"])
    op.create_index(op.f("ix_event_reply_person_id"), "event_reply", ["person_id"])
    op.create_table(
        "event_invitation",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("mailing", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_invitation_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_invitation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_invitation_public_id")),
    )
    op.create_index(op.f("ix_event_invitation_mailing"), "event_invitation", ["mailing"])
    op.create_index(op.f("ix_event_invitation_person_id"), "event_invitation", ["person_id"])


def downgrade() -> None:
    op.drop_table("event_invitation")
    op.drop_table("event_reply")
    op.drop_table("event")
