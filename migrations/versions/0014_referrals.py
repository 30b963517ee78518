"""referrals: tips about people outside, told at once and forgotten without a yes"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("written_once", sa.String(length=100), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "told",
                "confirmed",
                "declined",
                "expired",
                "hired",
                name="referralstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("was_written_to", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_referral_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_referral_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_referral_opening_id_opening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("public_id", name=op.f("uq_referral_public_id")),
        sa.UniqueConstraint("written_once", name=op.f("uq_referral_written_once")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referral_by_person_id"), ["by_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_referral_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index("ix_referral_mark", ["mark", "told_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index("ix_referral_state", ["state", "told_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_state")
        batch_op.drop_index(batch_op.f("ix_referral_opening_id"))
        batch_op.drop_index("ix_referral_mark")
        batch_op.drop_index(batch_op.f("ix_referral_letter_id"))
        batch_op.drop_index(batch_op.f("ix_referral_by_person_id"))

    op.drop_table("referral")
