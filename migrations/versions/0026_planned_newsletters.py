"""newsletters: planned for a moment, held back, broken off; copies of mailings broken off"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STATES = ("draft", "sent")
NEW_STATES = ("draft", "planned", "held", "sent")
WHYS = ("not_agreed", "address_gone", "suppressed")
HELD = ("late", "quiet", "not_ready", "no_sender")


def checked(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold these values."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({listed})")


def upgrade() -> None:
    checked("delivery", "why", "why", (*WHYS, "cancelled"))
    checked("newsletter", "newsletterstate", "state", NEW_STATES)
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.add_column(sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("planned_by", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("held_why", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint("heldwhy", f"held_why IN {HELD}")
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.alter_column("planned_by", server_default=None)


def downgrade() -> None:
    op.execute("UPDATE delivery SET why = NULL WHERE why = 'cancelled'")
    op.execute("UPDATE newsletter SET state = 'draft' WHERE state IN ('planned', 'held')")
    with op.batch_alter_table("newsletter") as batch_op:
        batch_op.drop_constraint("heldwhy", type_="check")
        for name in ("cancelled_at", "held_why", "planned_by", "planned_at"):
            batch_op.drop_column(name)
    checked("newsletter", "newsletterstate", "state", STATES)
    checked("delivery", "why", "why", WHYS)
