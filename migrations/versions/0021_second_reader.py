"""insights: what everybody reads is a copy that a second person has approved"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("publication") as batch_op:
        batch_op.add_column(sa.Column("told", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("written_by", "approved_by"):
            batch_op.add_column(
                sa.Column(name, sa.String(length=200), nullable=False, server_default="")
            )
    with op.batch_alter_table("publication") as batch_op:
        for name in ("written_by", "approved_by"):
            batch_op.alter_column(name, server_default=None, existing_type=sa.String(length=200))
    # Nobody but the writer has read these: they are drafts again.
    op.execute("UPDATE publication SET published_at = NULL")


def downgrade() -> None:
    with op.batch_alter_table("publication") as batch_op:
        for name in ("told", "asked_at", "written_by", "approved_by"):
            batch_op.drop_column(name)
