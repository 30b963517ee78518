"""Greetings: three letters after somebody's last day, which of them goes when, what ends them.

The wording of the newsletter's consent says "at most once a month": a greeting counts as one of
those mails, so it waits until a month has passed since the last one (docs/adr/0024).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l

#: So many days after the last day.
STEPS = (30, 180, 365)
#: What its mailings are for: asked for on its own, ends what it rests on.
GREETINGS = "newsletter.greetings"
#: A greeting that has to wait goes within so long, or not at all.
WINDOW = timedelta(days=60)
#: So long after a mail that rests on the same consent.
APART = timedelta(days=30)
#: So long after it went a greeting's link still answers for its reader; it stops them always.
ANSWERS_FOR = timedelta(days=90)
#: So far ahead HR sees what goes.
AHEAD = timedelta(days=30)
_DAY = timedelta(days=1)


class StopWhy(StrEnum):
    """Why somebody gets no more greetings after this time here."""

    ANSWERED = "answered"
    WROTE_BACK = "wrote_back"
    NO_MORE = "no_more"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


STOPS = {
    StopWhy.ANSWERED: _l("Svarade på frågan om att komma tillbaka"),
    StopWhy.WROTE_BACK: _l("Skrev tillbaka"),
    StopWhy.NO_MORE: _l("Ville inte ha fler hälsningar"),
    StopWhy.WITHDRAWN: _l("Slutade få nyhetsbrev"),
    StopWhy.RETURNED: _l("Började arbeta här igen"),
}
#: Which of them are a reply.
REPLIES = frozenset({StopWhy.ANSWERED, StopWhy.WROTE_BACK})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides when somebody who has left gets the next greeting."""

    left_on: date
    #: The day of the yes that greetings rest on.
    agreed_on: date
    #: The greetings that were sent, or begun.
    done: Collection[int] = ()
    #: The last mail that rests on the same consent.
    last_mail_on: date | None = None
    #: The last day of a pause.
    paused_to: date | None = None
    #: Why there are no more.
    is_stopped: bool = False


@dataclass(frozen=True, order=True)
class Coming:
    """A greeting to come: the first day on which it may go."""

    on: date
    step: int


def coming(one: Standing, *, begun_on: date, today: date) -> Coming | None:
    """Return the next greeting of somebody who has left, or nothing when there is none.

    `begun_on` is the day on which greetings were turned on. A greeting whose day was before that,
    or before the yes, is not theirs: who joins late begins with the next one. One that has to wait
    (a pause, another mail) goes within its window or not at all; then the next one's turn comes.
    """
    if one.is_stopped:
        return None
    free = free_on(one, today)
    for step in STEPS:
        due = one.left_on + timedelta(days=step)
        goes = max(due, free)
        is_theirs = step not in one.done and due >= max(begun_on, one.agreed_on)
        if is_theirs and goes < due + WINDOW:
            return Coming(goes, step)
    return None


def free_on(one: Standing, today: date) -> date:
    """Return the first day on which nothing keeps a greeting waiting."""
    days = [today]
    if one.last_mail_on is not None:
        days.append(one.last_mail_on + APART)
    if one.paused_to is not None:
        days.append(one.paused_to + _DAY)
    return max(days)


def left_between(begun_on: date, today: date, until: date) -> list[tuple[int, date, date]]:
    """Return for each greeting the first and the last day of those it may go to by a day."""
    found = []
    for step in STEPS:
        after = timedelta(days=step)
        first = max(begun_on, today - WINDOW + _DAY) - after
        found.append((step, first, until - after))
    return [(step, first, last) for step, first, last in found if first <= last]


def latest_of_interest(today: date) -> date:
    """Return the last day of the employment before which no greeting can come any more."""
    return today - timedelta(days=STEPS[-1]) - WINDOW


def by_day(found: Iterable[Coming]) -> list[tuple[Coming, int]]:
    """Return what goes on which day and to how many, soonest first."""
    return sorted(Counter(found).items())
