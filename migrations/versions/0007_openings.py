"""openings: posts to be filled, skills wanted, criteria."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("workplace", sa.String(length=200), nullable=False),
        sa.Column("agreement_area", sa.String(length=200), nullable=False),
        sa.Column("agreement", sa.String(length=200), nullable=False),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("pay_to", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "hours",
            sa.Enum(
                "full",
                "part",
                "either",
                name="hours",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "permanent",
                "sava",
                "substitute",
                "seasonal",
                "probationary",
                "other",
                name="employmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "closed",
                "filled",
                name="openingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recruiter_id", sa.Integer(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("names_recruiter", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "pay_to IS NULL OR pay_from <= pay_to", name=op.f("ck_opening_pay_range_is_upright")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["person.id"], name=op.f("fk_opening_manager_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recruiter_id"], ["person.id"], name=op.f("fk_opening_recruiter_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_opening_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opening_public_id")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opening_recruiter_id"), ["recruiter_id"], unique=False)
        batch_op.create_index("ix_opening_state", ["state", "closes_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_opening_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "opening_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
            name=op.f("fk_opening_criterion_opening_id_opening"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_criterion")),
        sa.UniqueConstraint(
            "opening_id", "place", name=op.f("uq_opening_criterion_opening_id_place")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_opening_criterion_public_id")),
    )
    op.create_table(
        "opening_skill",
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_opening_skill_weight_is_known")),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
            name=op.f("fk_opening_skill_opening_id_opening"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_opening_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("opening_id", "skill_id", name=op.f("pk_opening_skill")),
    )
    with op.batch_alter_table("opening_skill", schema=None) as batch_op:
        batch_op.create_index("ix_opening_skill_skill_id", ["skill_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("opening_skill", schema=None) as batch_op:
        batch_op.drop_index("ix_opening_skill_skill_id")

    op.drop_table("opening_skill")
    op.drop_table("opening_criterion")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_unit_id"))
        batch_op.drop_index("ix_opening_state")
        batch_op.drop_index(batch_op.f("ix_opening_recruiter_id"))
        batch_op.drop_index(batch_op.f("ix_opening_manager_id"))

    op.drop_table("opening")
