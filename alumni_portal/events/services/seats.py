"""Seats: the one place that counts them, so that no two people sit on one chair (S76, S77).

Every change begins with `lock`: on PostgreSQL the event's row is held until the commit, on SQLite
the whole transaction is (BEGIN IMMEDIATE). The guarded update and the check of the table hold even
for code that forgets to.
"""

from sqlalchemy import or_, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Answer, Event, EventState, Reply
from alumni_portal.events.rules import InLine, next_in_line, offer_until, seats_left


def lock(event_id: int) -> Event:
    """Return an event as it stands, kept from all others until the work under way ends.

    Raises NotFound when there is no such event.
    """
    event = db.session.scalar(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if event is None:
        raise NotFound
    return event


def take(event: Event, seats: int) -> bool:
    """Take seats, or give some back when negative. False: there are not so many."""
    taken = db.session.execute(
        update(Event)
        .where(
            Event.id == event.id,
            or_(Event.capacity.is_(None), Event.seats_taken + seats <= Event.capacity),
        )
        .values(seats_taken=Event.seats_taken + seats)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(event, ["seats_taken"])
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def give_back(event: Event, seats: int) -> None:
    """Give seats back, also where more were taken than there are now."""
    db.session.execute(
        update(Event)
        .where(Event.id == event.id)
        .values(seats_taken=Event.seats_taken - seats)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(event, ["seats_taken"])


def queue_up(event: Event, reply: Reply) -> None:
    """Put somebody last on the waiting list. The event is locked."""
    reply.answer, reply.queue_no = Answer.WAITING, event.next_queue_no
    reply.offered_until = None
    event.next_queue_no += 1


def pass_on(event: Event) -> int:
    """Offer free seats to the waiting list in its order and return how many were offered.

    Who is no longer invited is passed over and leaves the list. The event is locked.
    """
    if event.state is not EventState.OPEN or event.starts_at <= clock.now():
        return 0
    line = queries.waiting(event.id)
    invited = queries.reachable([one.person_id for one in line])
    for gone in (one for one in line if one.person_id not in invited):
        gone.answer, gone.queue_no = Answer.LAPSED, None
        gone.forget_told()
    by_person = {one.person_id: one for one in line if one.person_id in invited}
    offered = 0
    while chosen := next_in_line(
        (InLine(one.person_id, one.seats) for one in by_person.values()),
        seats_left(event.capacity, event.seats_taken),
    ):
        _offer(event, by_person.pop(chosen.person_id))
        offered += 1
    db.session.flush()
    return offered


def _offer(event: Event, reply: Reply) -> None:
    take(event, reply.seats)
    reply.answer, reply.queue_no = Answer.OFFERED, None
    reply.offered_until = offer_until(clock.now(), event.starts_at, event.offer_hours)
    db.session.flush()
    audit.record("event.seat_offered", by=SYSTEM, subject=event.public_id, seats=reply.seats)
    emails.offered(event, reply)
