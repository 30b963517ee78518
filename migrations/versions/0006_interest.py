"""interest: what members answer about coming back"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "interest",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "level", _choice("level", "looking", "open", "curious", "not_now"), nullable=False
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("hours", _choice("hours", "any", "full", "part"), nullable=False),
        sa.Column("places", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interest_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_interest")),
    )
    op.create_index("ix_interest_expires_at", "interest", ["expires_at"])
    op.create_table(
        "interest_unit",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["interest.person_id"],
            name=op.f("fk_interest_unit_person_id_interest"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_interest_unit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("person_id", "unit_id", name=op.f("pk_interest_unit")),
    )
    op.create_index("ix_interest_unit_unit_id", "interest_unit", ["unit_id"])


def downgrade() -> None:
    op.drop_table("interest_unit")
    op.drop_table("interest")
