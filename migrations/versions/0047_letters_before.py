"""events: which letters about a change or the end came before the latest"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.add_column(
            sa.Column("told_before", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.alter_column("told_before", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_column("told_before")
