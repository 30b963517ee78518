"""Pure decisions about events: who may come, who is next, how long an offer stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from alumni_portal.core.clock import HOME, local
from alumni_portal.core.night import is_quiet, morning_after
from alumni_portal.events.rules.agenda import Point, agenda_of, wrong_line
from alumni_portal.events.rules.changes import (
    QUIET,
    News,
    Said,
    languages_told,
    news_of,
    texts_in,
    with_earlier,
)
from alumni_portal.events.rules.door import guests_at, no_show_share, party_of
from alumni_portal.events.rules.timing import (
    ASKED_RECENTLY,
    THANKS_WITHIN,
    is_time_to_remind,
    is_time_to_thank,
    rests_at_night,
    waits_until,
)

__all__ = [
    "ASKED_RECENTLY",
    "HOLDS_SEATS",
    "IN_LINE",
    "LONGEST",
    "MOST_GUESTS",
    "MOVES",
    "NEEDS_KEPT",
    "OFFER_HOURS",
    "QUIET",
    "REPLIES_KEPT",
    "THANKS_WITHIN",
    "Answer",
    "Closed",
    "EventKind",
    "EventState",
    "InLine",
    "Missing",
    "News",
    "Point",
    "Said",
    "Window",
    "agenda_of",
    "guests_at",
    "is_time_to_remind",
    "is_time_to_thank",
    "languages_told",
    "may_decline",
    "may_tick_off",
    "news_of",
    "next_in_line",
    "no_show_share",
    "offer_until",
    "party_of",
    "reasons_not_to_come",
    "reasons_not_to_open",
    "rests_at_night",
    "seats_left",
    "texts_in",
    "waits_until",
    "window_of",
    "with_earlier",
    "wrong_line",
]


class EventKind(StrEnum):
    """How people come together."""

    MEETING = "meeting"
    DIGITAL = "digital"
    #: In a room and from elsewhere at once.
    HYBRID = "hybrid"


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
    #: Stood at the door without a seat, and was let in.
    WALKED_IN = "walked_in"


class Closed(StrEnum):
    """Why nobody can say yes (any more)."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    OVER = "over"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_INVITED = "not_invited"


class Missing(StrEnum):
    """Why an event cannot be opened for replies yet."""

    TEXT = "text"
    PLACE = "place"
    LINK = "link"
    OVER = "over"


#: An offered seat goes on to the next after so many hours, when nothing else is said …
OFFER_HOURS = 48
#: … and sooner near the start: so many can be asked in turn, and nobody has less than an hour.
_OFFERS_LEFT = 4
_SHORTEST_OFFER = timedelta(hours=1)
#: Guests that one person can bring, where the event allows it.
MOST_GUESTS = 10
#: What somebody told about food and access is forgotten so long after the event.
#: Longer than this no event is: whoever types more has typed a wrong year.
LONGEST = timedelta(days=31)
NEEDS_KEPT = timedelta(days=14)
#: Replies are forgotten so long after the event.
REPLIES_KEPT = timedelta(days=730)
#: Answers that hold seats.
HOLDS_SEATS = frozenset({Answer.YES, Answer.OFFERED})
#: Answers that lead to a seat without one.
IN_LINE = frozenset({Answer.WAITING, Answer.OFFERED})


@dataclass(frozen=True)
class Window:
    """When one can say yes: from a moment on, and until just before another one."""

    opens: datetime | None = None
    closes: datetime | None = None


def window_of(
    first: date | None, last: date | None, *, opens: time | None = None, closes: time | None = None
) -> Window:
    """Return the window between two days, by the employer's clock.

    It opens at midnight of the first day and the last counts to its end, as the reader's calendar
    does, unless an hour is said.
    """
    end = last + timedelta(days=1) if last and closes is None else last
    return Window(
        datetime.combine(first, opens or time(), tzinfo=HOME) if first else None,
        datetime.combine(end, closes or time(), tzinfo=HOME) if end else None,
    )


def reasons_not_to_come(
    state: EventState,
    *,
    starts_at: datetime,
    window: Window,
    is_invited: bool,
    now: datetime,
) -> list[Closed]:
    """Return why somebody cannot say yes now, the most final reason first. Empty: they can."""
    reasons = []
    if state is EventState.DRAFT:
        reasons.append(Closed.DRAFT)
    if state is EventState.CANCELLED:
        reasons.append(Closed.CANCELLED)
    if state is EventState.PAST or starts_at <= now:
        reasons.append(Closed.OVER)
    if window.opens is not None and now < window.opens:
        reasons.append(Closed.TOO_EARLY)
    if window.closes is not None and now >= window.closes:
        reasons.append(Closed.TOO_LATE)
    if not is_invited:
        reasons.append(Closed.NOT_INVITED)
    return reasons


def may_decline(state: EventState, *, starts_at: datetime, now: datetime) -> bool:
    """Say whether a no still means something: until the event begins, whoever says it."""
    return state is EventState.OPEN and now < starts_at


def reasons_not_to_open(
    kind: EventKind, *, text: str, place: str, online_url: str, starts_at: datetime, now: datetime
) -> list[Missing]:
    """Return what is missing before people can be asked to come: each kind needs its way in."""
    reasons = []
    if not text:
        reasons.append(Missing.TEXT)
    if kind is not EventKind.DIGITAL and not place:
        reasons.append(Missing.PLACE)
    if kind is not EventKind.MEETING and not online_url:
        reasons.append(Missing.LINK)
    if starts_at <= now:
        reasons.append(Missing.OVER)
    return reasons


def seats_left(capacity: int | None, taken: int) -> int | None:
    """Return how many seats are free; nothing when there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def offer_until(now: datetime, starts_at: datetime, hours: int = OFFER_HOURS) -> datetime:
    """Return when an offer made now lapses: after so many hours, sooner near the start.

    It stands for a quarter of the time that is left at most, so that others can be asked too; for
    an hour at least, and what is made in the evening or at night for an hour of the morning; never
    past the start.
    """
    stands = max(min(timedelta(hours=hours), (starts_at - now) / _OFFERS_LEFT), _SHORTEST_OFFER)
    read_by = morning_after(now) if is_quiet(now) else now
    return min(max(now + stands, read_by + _SHORTEST_OFFER), starts_at)


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


def may_tick_off(state: EventState, starts_at: datetime, *, now: datetime) -> bool:
    """Say whether guests can be ticked off: from the day of an event that takes place."""
    return state in {EventState.OPEN, EventState.PAST} and (
        local(starts_at).date() <= local(now).date()
    )
