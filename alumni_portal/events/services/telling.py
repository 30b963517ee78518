"""Telling those who come about a change or the end, and forgetting what is no longer needed."""

from sqlalchemy import delete, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventInvitation, EventState, Reply
from alumni_portal.events.rules import NEEDS_KEPT, REPLIES_KEPT


def tell_some(event_id: int, *, limit: int = 100) -> int:
    """Write the next letters about the latest change of an event and return how many were due.

    Each person hears of each change once, however often this is called.
    """
    event = queries.event_by_id(event_id)
    if event is None:
        return 0
    due = queries.untold(event, limit=limit)
    write_to = queries.reachable([one.person_id for one in due])
    letter = emails.cancelled if event.state is EventState.CANCELLED else emails.changed
    for reply in due:
        reply.told_sequence = event.sequence
        if reply.person_id in write_to:
            letter(event, reply, write_to[reply.person_id])
    db.session.flush()
    return len(due)


def forget_needs() -> int:
    """Forget food and access fourteen days after the event and return how many were forgotten."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - NEEDS_KEPT)
    result = db.session.execute(
        update(Reply)
        .where(Reply.event_id.in_(over), Reply.needs.is_not(None))
        .values(needs=None)
        .execution_options(synchronize_session=False)
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count
    if number:
        audit.record("event.needs_forgotten", by=SYSTEM, number=number)
    return number


def forget_replies() -> int:
    """Forget who came to events two years ago, and who was host; return how many rows went."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - REPLIES_KEPT)
    number = 0
    for table in (Reply, EventInvitation):
        result = db.session.execute(
            delete(table)
            .where(table.event_id.in_(over))
            .execution_options(synchronize_session=False)
        )
        number += int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    db.session.execute(
        update(Event)
        .where(Event.ends_at <= clock.now() - REPLIES_KEPT, Event.host_id.is_not(None))
        .values(host_id=None)
        .execution_options(synchronize_session=False)
    )
    return number
