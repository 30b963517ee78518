"""events: which guests came, and mails that wait for the morning"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.add_column(
            sa.Column("guests_here", sa.String(length=10), nullable=False, server_default="")
        )
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.alter_column("guests_here", server_default=None)
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(sa.Column("mails_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("mails_by", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("mails_to", sa.String(length=20), nullable=False, server_default="")
        )
    with op.batch_alter_table("event") as batch_op:
        for name in ("mails_by", "mails_to"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        for name in ("mails_to", "mails_by", "mails_at"):
            batch_op.drop_column(name)
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_column("guests_here")
