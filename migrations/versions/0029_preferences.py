"""consents: topics turned off, pauses, who said no from which mailing; newsletters: their topic"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TOPICS = ("news", "people", "jobs", "events")
REASONS = ("too_often", "not_relevant", "never_asked", "other")
PURPOSES = ("membership", "newsletter", "events", "recruiter_contact", "mentoring")


def one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    """Return the type of a column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "muted_topic",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", one_of("lettertopic", TOPICS), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_muted_topic_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_muted_topic")),
    )
    op.create_table(
        "mail_pause",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_pause_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_pause")),
    )
    op.create_index(op.f("ix_mail_pause_until"), "mail_pause", ["until"])
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("purpose", one_of("purpose", PURPOSES), nullable=False),
        sa.Column("mailing", sa.String(length=20), nullable=False),
        sa.Column("reason", one_of("departurereason", REASONS), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_departure_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
    )
    op.create_index(op.f("ix_departure_person_id"), "departure", ["person_id"])
    op.create_index("ix_departure_mailing", "departure", ["mailing", "purpose"])
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.add_column(
            sa.Column("topic", sa.String(length=40), nullable=False, server_default="news")
        )
        batch_op.create_check_constraint("lettertopic", f"topic IN {TOPICS}")
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.alter_column("topic", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_constraint("lettertopic", type_="check")
        batch_op.drop_column("topic")
    op.drop_index("ix_departure_mailing", table_name="departure")
    op.drop_index(op.f("ix_departure_person_id"), table_name="departure")
    op.drop_table("departure")
    op.drop_index(op.f("ix_mail_pause_until"), table_name="mail_pause")
    op.drop_table("mail_pause")
    op.drop_table("muted_topic")
