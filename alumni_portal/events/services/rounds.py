"""Mails that go by the clock: one reminder before the event, and one word of thanks after it."""

from collections.abc import Sequence

from alumni_portal.core import audit, clock
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries
from alumni_portal.events.models import Event
from alumni_portal.events.rules import (
    ASKED_RECENTLY,
    is_time_to_remind,
    is_time_to_thank,
    reasons_not_to_come,
    seats_left,
)
from alumni_portal.events.services import mailings, seats


def remind(event_id: int) -> int:
    """Remind those who were asked and have not answered, once per event; return how many."""
    event, now = seats.lock(event_id), clock.now()
    if event.reminded_at is not None or not _is_worth_reminding(queries.dates_ahead(event)):
        return 0
    people = queries.unanswered(event, asked_before=now - ASKED_RECENTLY)
    if not people:
        return 0
    event.reminded_at = now
    mailings.send(event, mailings.REMINDER, event.public_id, people, by=SYSTEM)
    audit.record("event.reminded", by=SYSTEM, subject=event.public_id, number=len(people))
    return len(people)


def _is_worth_reminding(dates: Sequence[Event]) -> bool:
    """Say whether it is time before the next date, and whether a yes to one leads to a seat."""
    if not any(map(_takes_answers, dates)):
        return False
    return is_time_to_remind(dates[0].starts_at, dates[0].reply_by, now=clock.now())


def _takes_answers(event: Event) -> bool:
    closed = reasons_not_to_come(
        event.state,
        starts_at=event.starts_at,
        window=event.window,
        is_invited=True,
        now=clock.now(),
    )
    return not closed and seats_left(event.capacity, event.seats_taken) != 0


def thank(event_id: int) -> int:
    """Thank those who were there, once per event; return how many are written to."""
    event, now = seats.lock(event_id), clock.now()
    if event.thanked_at is not None or not is_time_to_thank(event.ends_at, now=now):
        return 0
    event.thanked_at = now
    people = queries.took_part(event)
    if not people:
        return 0
    mailings.send(event, mailings.THANKS, event.public_id, people, by=SYSTEM)
    audit.record("event.thanked", by=SYSTEM, subject=event.public_id, number=len(people))
    return len(people)
