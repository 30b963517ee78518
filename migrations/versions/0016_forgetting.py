"""mail: how many copies of a mailing ended how, once it is forgotten whose they were"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mailing", sa.Column("kept_counts", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.drop_column("kept_counts")
