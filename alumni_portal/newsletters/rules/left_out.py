"""Greetings that do not go on their day: which move, which are left out and what kept them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.rules.greetings import (
    APART,
    STEPS,
    WINDOW,
    Standing,
    StopWhy,
    free_on,
)

_DAY = timedelta(days=1)
#: The last day on which a greeting may go, counted from its own.
_LAST = WINDOW - _DAY


class LeftOut(StrEnum):
    """Why somebody did not get a greeting that was theirs."""

    NO_FREE_DAY = "no_free_day"
    PAUSED = "paused"
    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"
    ENDED = "ended"
    RETURNED = "returned"
    OFF = "off"
    NOT_SENT = "not_sent"


LEFT_OUT = {
    LeftOut.NO_FREE_DAY: _l("Ingen av de 60 dagarna låg 30 dagar efter ett annat brev"),
    LeftOut.PAUSED: _l("Hade tagit en paus"),
    LeftOut.NO_CONSENT: _l("Samtycket till nyhetsbrev hade upphört"),
    LeftOut.NO_ADDRESS: _l("Hade ingen bekräftad privat adress"),
    LeftOut.SUPPRESSED: _l("Adressen tar inte emot utskick"),
    LeftOut.ENDED: _l("Hade svarat eller sagt nej till fler"),
    LeftOut.RETURNED: _l("Arbetade här igen"),
    LeftOut.OFF: _l("Hälsningarna var avstängda"),
    LeftOut.NOT_SENT: _l("Portalen skickade inget de dagarna"),
}
_STOPPED = {
    StopWhy.ANSWERED: LeftOut.ENDED,
    StopWhy.WROTE_BACK: LeftOut.ENDED,
    StopWhy.NO_MORE: LeftOut.ENDED,
    StopWhy.WITHDRAWN: LeftOut.NO_CONSENT,
    StopWhy.RETURNED: LeftOut.RETURNED,
}


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether somebody can be reached by mailings at this moment."""

    agrees: bool = True
    has_address: bool = True
    is_suppressed: bool = False
    stop: StopWhy | None = None


class Fate(StrEnum):
    """What becomes of a greeting to come, as things stand."""

    ON_ITS_DAY = "on_its_day"
    MOVED = "moved"
    LEFT_OUT = "left_out"


def closing(begun_on: date, after: date, today: date) -> list[tuple[int, date, date]]:
    """Return for each greeting the first and last day of those whose last chance it was.

    The chance is the last day of the window, from the day that comes after `after` up to today.
    """
    return _left_when_due(max(begun_on, after + _DAY - _LAST), today - _LAST)


def cut_short(begun_on: date, after: date, today: date) -> list[tuple[int, date, date]]:
    """Return for each greeting the first and last day of those who lose it for good today.

    Greetings that were off are turned on again: whose day was before today has no chance any more.
    Whose last chance was up to `after` was told of before.
    """
    return _left_when_due(max(begun_on, after + _DAY - _LAST), today - _DAY)


def _left_when_due(first: date, last: date) -> list[tuple[int, date, date]]:
    """Return for each greeting whose last day makes it due between two days; none: no days."""
    if first > last:
        return []
    return [(step, first - timedelta(days=step), last - timedelta(days=step)) for step in STEPS]


def why_left_out(
    step: int, one: Standing, reach: Reach, *, off_since: date | None = None
) -> LeftOut | None:
    """Return why somebody did not get a greeting by the last day for it; nothing: not theirs.

    What is final comes before what passes: an end, then the address, then a pause, then mails. That
    greetings are off since a day is the reason where nothing else would have kept it.
    """
    due = one.left_on + timedelta(days=step)
    if step in one.done or due < one.agreed_on:
        return None
    if reach.stop is not None:
        return _STOPPED[reach.stop]
    last, never = due + _LAST, date.min
    kept = {
        LeftOut.NO_CONSENT: not reach.agrees,
        LeftOut.NO_ADDRESS: not reach.has_address,
        LeftOut.SUPPRESSED: reach.is_suppressed,
        LeftOut.PAUSED: (one.paused_to or never) >= last,
        LeftOut.NO_FREE_DAY: (one.last_mail_on or never) + APART > last,
    }
    if off_since is not None:
        kept[LeftOut.OFF] = off_since <= last
    return next((why for why, is_so in kept.items() if is_so), LeftOut.NOT_SENT)


def fates(
    one: Standing, reach: Reach, *, begun_on: date, today: date, until: date
) -> Iterator[tuple[int, Fate]]:
    """Yield what becomes of each greeting of somebody whose day is by then, its window open."""
    for step in _open_steps(one, begun_on=begun_on, today=today, until=until):
        due = one.left_on + timedelta(days=step)
        goes = max(due, free_on(one, today))
        if not reach.has_address or reach.is_suppressed or goes > due + _LAST:
            yield step, Fate.LEFT_OUT
        else:
            yield step, Fate.MOVED if goes > due else Fate.ON_ITS_DAY


def _open_steps(one: Standing, *, begun_on: date, today: date, until: date) -> list[int]:
    """Return the greetings that are somebody's, have not gone and have not missed their time."""
    days = [(step, one.left_on + timedelta(days=step)) for step in STEPS]
    theirs = max(begun_on, one.agreed_on, today - _LAST)
    return [step for step, due in days if step not in one.done and theirs <= due <= until]
