"""newsletters: who got a mailing lately can be spared"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.add_column(
            sa.Column("spares_recent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.alter_column("spares_recent", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_column("spares_recent")
