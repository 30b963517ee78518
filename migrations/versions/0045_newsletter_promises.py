"""mail, newsletters: a mailing rests at night and asks for its topic; one letter a month, the archive"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.add_column(
            sa.Column("about", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.alter_column("about", server_default=None)
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.add_column(
            sa.Column("spares_second", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(
            sa.Column("shown_to_all", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.alter_column("spares_second", server_default=None)
        batch_op.alter_column("shown_to_all", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_column("shown_to_all")
        batch_op.drop_column("spares_second")
    with op.batch_alter_table("mailing") as batch_op:
        for name in ("quiet_until", "quiet_from", "about"):
            batch_op.drop_column(name)
