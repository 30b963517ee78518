"""exit interviews: a mark of its own for each row that releases count"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exit_interview") as batch_op:
        batch_op.add_column(
            sa.Column("mark", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("led_unit_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_exit_interview_led_unit_id_unit"), "unit", ["led_unit_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_exit_interview_led_unit_id"), ["led_unit_id"])
    op.execute("UPDATE exit_interview SET mark = public_id")
    with op.batch_alter_table("exit_interview") as batch_op:
        batch_op.alter_column("mark", server_default=None, existing_type=sa.String(length=20))


def downgrade() -> None:
    with op.batch_alter_table("exit_interview") as batch_op:
        batch_op.drop_constraint(op.f("fk_exit_interview_led_unit_id_unit"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_exit_interview_led_unit_id"))
        batch_op.drop_column("led_unit_id")
        batch_op.drop_column("mark")
