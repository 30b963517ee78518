"""events: place, way, thanks and the reason of the end in English too; which letter told whom"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_LINES = ("place_en", "address_en", "cancel_reason_en")
_TEXTS = ("directions_en", "thanks_en")


def upgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        for name in _LINES:
            batch_op.add_column(
                sa.Column(name, sa.String(length=200), nullable=False, server_default="")
            )
        for name in _TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("event") as batch_op:
        for name in (*_LINES, *_TEXTS):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.add_column(
            sa.Column("told_by", sa.String(length=20), nullable=False, server_default="")
        )
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.alter_column("told_by", server_default=None)
        batch_op.create_index(batch_op.f("ix_event_reply_told_by"), ["told_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_reply_told_by"))
        batch_op.drop_column("told_by")
    with op.batch_alter_table("event") as batch_op:
        for name in reversed((*_LINES, *_TEXTS)):
            batch_op.drop_column(name)
