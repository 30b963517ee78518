"""mail, rehire: numbers of a mailing once its copies are forgotten; letters that were kept back"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mailing", sa.Column("kept_counts", sa.JSON(), nullable=True))
    op.add_column("contact", sa.Column("kept_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contact") as batch_op:
        batch_op.drop_column("kept_back_at")
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.drop_column("kept_counts")
