"""newsletters: since when greetings are off, which is a reason of its own for being left out"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

WHY = (
    "no_free_day",
    "paused",
    "no_consent",
    "no_address",
    "suppressed",
    "ended",
    "returned",
    "not_sent",
)
#: What were off are told of as not sent, together with those that were.
_ADDED = """
UPDATE greeting_left_out SET number = number + (
    SELECT gone.number FROM greeting_left_out AS gone
    WHERE gone."on" = greeting_left_out."on" AND gone.step = greeting_left_out.step
    AND gone.why = 'off')
WHERE why = 'not_sent' AND EXISTS (
    SELECT 1 FROM greeting_left_out AS gone
    WHERE gone."on" = greeting_left_out."on" AND gone.step = greeting_left_out.step
    AND gone.why = 'off')
"""
_DROPPED = """
DELETE FROM greeting_left_out WHERE why = 'off' AND EXISTS (
    SELECT 1 FROM greeting_left_out AS kept
    WHERE kept."on" = greeting_left_out."on" AND kept.step = greeting_left_out.step
    AND kept.why = 'not_sent')
"""


def left_out_for(values: tuple[str, ...]) -> None:
    """Let greetings be left out for these reasons."""
    with op.batch_alter_table("greeting_left_out") as batch_op:
        batch_op.drop_constraint("leftout", type_="check")
        batch_op.create_check_constraint("leftout", f"why IN {values}")


def upgrade() -> None:
    left_out_for((*WHY, "off"))
    with op.batch_alter_table("greeting_plan") as batch_op:
        batch_op.add_column(sa.Column("off_since", sa.Date(), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE greeting_plan SET on_since = NULL WHERE off_since IS NOT NULL")
    with op.batch_alter_table("greeting_plan") as batch_op:
        batch_op.drop_column("off_since")
    for said in (_ADDED, _DROPPED):
        op.execute(said)
    op.execute("UPDATE greeting_left_out SET why = 'not_sent' WHERE why = 'off'")
    left_out_for(WHY)
