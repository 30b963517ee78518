"""insights: a leaver's own words in a publication; themes that three leavers' answers name"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("publication") as batch_op:
        batch_op.add_column(sa.Column("quote", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("release") as batch_op:
        batch_op.add_column(sa.Column("voiced", sa.JSON(), nullable=False, server_default="[]"))
    for table, name, kind in (
        ("publication", "quote", sa.Text()),
        ("release", "voiced", sa.JSON()),
    ):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(name, server_default=None, existing_type=kind)


def downgrade() -> None:
    with op.batch_alter_table("release") as batch_op:
        batch_op.drop_column("voiced")
    with op.batch_alter_table("publication") as batch_op:
        batch_op.drop_column("quote")
