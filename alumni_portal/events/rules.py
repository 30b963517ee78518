"""Pure decisions about events: who may come, who is next, how long an offer stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alumni_portal.core.clock import local


class EventState(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    OPEN = "open"
    CANCELLED = "cancelled"
    PAST = "past"


#: What may become of an event.
MOVES = {
    EventState.DRAFT: {EventState.OPEN, EventState.CANCELLED},
    EventState.OPEN: {EventState.CANCELLED, EventState.PAST},
    EventState.CANCELLED: frozenset[EventState](),
    EventState.PAST: frozenset[EventState](),
}


class Answer(StrEnum):
    """What somebody answered, or where their answer stands."""

    YES = "yes"
    NO = "no"
    #: Wants to come; the seats are taken.
    WAITING = "waiting"
    #: A seat came free and is kept until the person says yes or the offer lapses.
    OFFERED = "offered"
    #: Did not take the offered seat in time.
    LAPSED = "lapsed"


class Closed(StrEnum):
    """Why nobody can say yes (any more)."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    OVER = "over"
    TOO_LATE = "too_late"
    NOT_INVITED = "not_invited"


class Missing(StrEnum):
    """Why an event cannot be opened for replies yet."""

    TEXT = "text"
    PLACE = "place"
    OVER = "over"


#: An offered seat goes on to the next after this long.
OFFER_LASTS = timedelta(hours=48)
#: What somebody told about food and access is forgotten so long after the event.
NEEDS_KEPT = timedelta(days=14)
#: Replies are forgotten so long after the event.
REPLIES_KEPT = timedelta(days=730)
#: Answers that hold seats.
HOLDS_SEATS = frozenset({Answer.YES, Answer.OFFERED})
#: Answers that lead to a seat without one.
IN_LINE = frozenset({Answer.WAITING, Answer.OFFERED})


def reasons_not_to_come(
    state: EventState,
    *,
    starts_at: datetime,
    reply_by: date | None,
    is_invited: bool,
    now: datetime,
) -> list[Closed]:
    """Return why somebody cannot say yes now, the most final reason first. Empty: they can.

    The day `reply_by` counts to its end, as the reader's calendar does.
    """
    reasons = []
    if state is EventState.DRAFT:
        reasons.append(Closed.DRAFT)
    if state is EventState.CANCELLED:
        reasons.append(Closed.CANCELLED)
    if state is EventState.PAST or starts_at <= now:
        reasons.append(Closed.OVER)
    if reply_by is not None and local(now).date() > reply_by:
        reasons.append(Closed.TOO_LATE)
    if not is_invited:
        reasons.append(Closed.NOT_INVITED)
    return reasons


def may_decline(state: EventState, *, starts_at: datetime, now: datetime) -> bool:
    """Say whether a no still means something: until the event begins, whoever says it."""
    return state is EventState.OPEN and now < starts_at


def reasons_not_to_open(
    *, text: str, place: str, online_url: str, starts_at: datetime, now: datetime
) -> list[Missing]:
    """Return what is missing before people can be asked to come."""
    reasons = []
    if not text:
        reasons.append(Missing.TEXT)
    if not (place or online_url):
        reasons.append(Missing.PLACE)
    if starts_at <= now:
        reasons.append(Missing.OVER)
    return reasons


def seats_left(capacity: int | None, taken: int) -> int | None:
    """Return how many seats are free; nothing when there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def offer_until(now: datetime, starts_at: datetime) -> datetime:
    """Return when an offer made now lapses: after 48 hours, and never after the start."""
    return min(now + OFFER_LASTS, starts_at)


@dataclass(frozen=True)
class InLine:
    """One place on the waiting list: who, and how many seats are needed."""

    person_id: int
    seats: int


def next_in_line(waiting: Iterable[InLine], left: int | None) -> InLine | None:
    """Return the first on the waiting list whose whole party fits into the free seats.

    A party too large for what is free waits; those behind it are not made to wait with it.
    """
    return next((one for one in waiting if left is None or one.seats <= left), None)
