"""events: up to ten guests and their names, how long a seat is offered, hours of the window"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_EVENT, _REPLY = "ck_event_few_guests", "ck_event_reply_few_guests"
_BEFORE = ("yes", "no", "waiting", "offered", "lapsed")
_NOW = (*_BEFORE, "walked_in")


def _most(guests: int) -> None:
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint(op.f(_EVENT), type_="check")
        batch_op.create_check_constraint(op.f(_EVENT), f"guests_allowed BETWEEN 0 AND {guests}")
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_constraint(op.f(_REPLY), type_="check")
        batch_op.create_check_constraint(op.f(_REPLY), f"guests BETWEEN 0 AND {guests}")


def _answers(allowed: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{one}'" for one in allowed)
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_constraint("answer", type_="check")
        batch_op.create_check_constraint("answer", f"answer IN ({listed})")


def upgrade() -> None:
    _most(10)
    _answers(_NOW)
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(
            sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="48")
        )
        batch_op.add_column(sa.Column("reply_from_time", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("reply_by_time", sa.Time(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_event_offers_last"), "offer_hours BETWEEN 1 AND 168"
        )
    with op.batch_alter_table("event") as batch_op:
        batch_op.alter_column("offer_hours", server_default=None)
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.add_column(sa.Column("guest_names", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE event_reply SET guests = 2 WHERE guests > 2")
    op.execute("UPDATE event SET guests_allowed = 2 WHERE guests_allowed > 2")
    op.execute("DELETE FROM event_reply WHERE answer = 'walked_in'")
    with op.batch_alter_table("event_reply") as batch_op:
        batch_op.drop_column("guest_names")
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint(op.f("ck_event_offers_last"), type_="check")
        batch_op.drop_column("reply_by_time")
        batch_op.drop_column("reply_from_time")
        batch_op.drop_column("offer_hours")
    _answers(_BEFORE)
    _most(2)
