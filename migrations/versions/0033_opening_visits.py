"""consents: who lets visits from newsletters be counted; newsletters: the visits"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_visits",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_counted_visits_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_counted_visits")),
    )
    op.create_table(
        "opening_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"],
            ["newsletter.id"],
            name=op.f("fk_opening_visit_newsletter_id_newsletter"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_opening_visit_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_visit")),
        sa.UniqueConstraint(
            "newsletter_id",
            "opening",
            "person_id",
            name=op.f("uq_opening_visit_newsletter_id_opening_person_id"),
        ),
    )
    op.create_index(op.f("ix_opening_visit_newsletter_id"), "opening_visit", ["newsletter_id"])
    op.create_index(op.f("ix_opening_visit_person_id"), "opening_visit", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_opening_visit_person_id"), table_name="opening_visit")
    op.drop_index(op.f("ix_opening_visit_newsletter_id"), table_name="opening_visit")
    op.drop_table("opening_visit")
    op.drop_table("counted_visits")
