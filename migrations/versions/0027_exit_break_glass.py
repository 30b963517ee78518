"""exit interviews: readings in an emergency"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_PEOPLE = ("asked_by_id", "decided_by_id", "reviewed_by_id")


def upgrade() -> None:
    op.create_table(
        "exit_break_glass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["exit_interview.id"],
            name=op.f("fk_exit_break_glass_interview_id_exit_interview"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_exit_break_glass_{name}_person")
            )
            for name in _PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_break_glass")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exit_break_glass_public_id")),
    )
    with op.batch_alter_table("exit_break_glass") as batch_op:
        for name in ("interview_id", *_PEOPLE):
            batch_op.create_index(op.f(f"ix_exit_break_glass_{name}"), [name])


def downgrade() -> None:
    op.drop_table("exit_break_glass")
