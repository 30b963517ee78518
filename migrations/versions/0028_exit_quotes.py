"""exit interviews: texts without names and dates; which answers may be quoted"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_FLAGS = ("is_quotable", "is_cleaned")


def upgrade() -> None:
    with op.batch_alter_table("exit_answer") as batch_op:
        for name in _FLAGS:
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
    with op.batch_alter_table("exit_answer") as batch_op:
        for name in _FLAGS:
            batch_op.alter_column(name, server_default=None, existing_type=sa.Boolean())
    op.create_table(
        "exit_redaction",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["exit_interview.id"],
            name=op.f("fk_exit_redaction_interview_id_exit_interview"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_exit_redaction_by_id_person")
        ),
        sa.PrimaryKeyConstraint("interview_id", "question", name=op.f("pk_exit_redaction")),
    )
    with op.batch_alter_table("exit_redaction") as batch_op:
        batch_op.create_index(op.f("ix_exit_redaction_by_id"), ["by_id"])


def downgrade() -> None:
    op.drop_table("exit_redaction")
    with op.batch_alter_table("exit_answer") as batch_op:
        for name in _FLAGS:
            batch_op.drop_column(name)
