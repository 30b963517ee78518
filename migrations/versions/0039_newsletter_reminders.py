"""newsletters: a reminder to those who have not answered, and a link that died holds one back"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

HELD = ("late", "quiet", "not_ready", "no_sender")


def held_for(values: tuple[str, ...]) -> None:
    """Let newsletters be held back for these reasons."""
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_constraint("heldwhy", type_="check")
        batch_op.create_check_constraint("heldwhy", f"held_why IN {values}")


def upgrade() -> None:
    held_for((*HELD, "links"))
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.add_column(sa.Column("reminder_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("reminder_cancelled_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.create_foreign_key(
            op.f("fk_newsletter_reminder_id_mailing"), "mailing", ["reminder_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_newsletter_reminder_id"), ["reminder_id"])


def downgrade() -> None:
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_index(op.f("ix_newsletter_reminder_id"))
        batch_op.drop_constraint(op.f("fk_newsletter_reminder_id_mailing"), type_="foreignkey")
        for name in ("reminder_cancelled_at", "reminder_id"):
            batch_op.drop_column(name)
    op.execute("UPDATE newsletter SET held_why = 'late' WHERE held_why = 'links'")
    held_for(HELD)
