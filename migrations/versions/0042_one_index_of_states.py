"""mail: one index of the states of copies, which is written with each of their steps"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_delivery_chunk", table_name="delivery")
    op.drop_index("ix_delivery_state", table_name="delivery")
    op.create_index("ix_delivery_state", "delivery", ["mailing_id", "state", "chunk"])


def downgrade() -> None:
    op.drop_index("ix_delivery_state", table_name="delivery")
    op.create_index("ix_delivery_state", "delivery", ["state", "mailing_id"])
    op.create_index("ix_delivery_chunk", "delivery", ["mailing_id", "chunk", "state"])
