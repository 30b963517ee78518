"""events: what a letter about a change says is new"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(sa.Column("news", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("event") as batch_op:
        batch_op.alter_column("news", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_column("news")
