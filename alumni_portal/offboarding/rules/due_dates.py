"""When a task is due: so long after the notice, or so long before or after the last day."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: A task is announced so many days ahead; a late one every day.
REMIND_AHEAD = (7, 2)


class Anchor(StrEnum):
    """The day that a due date follows."""

    NOTICE = "notice"
    LAST_DAY = "last_day"
    #: A date that a person has set: it stays where it is.
    FIXED = "fixed"


@dataclass(frozen=True)
class Offset:
    """A distance from an anchor; negative before it."""

    days: int = 0
    months: int = 0

    def from_day(self, day: date) -> date:
        """Return the day at this distance; 31 March less one month is the end of February."""
        return months_later(day, self.months) + timedelta(days=self.days)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


@dataclass(frozen=True)
class Span:
    """The days that a case's dates follow."""

    #: Notice, or the day the case was opened when no notice is on record.
    notice_on: date
    last_day: date
    opened_on: date


def due_on(anchor: Anchor, offset: Offset, span: Span) -> date:
    """Return when a task is due.

    Never before the case was opened, so that nothing starts late; what follows the notice is due
    by the last day.
    """
    if anchor is Anchor.NOTICE:
        day = min(offset.from_day(span.notice_on), span.last_day)
    else:
        day = offset.from_day(span.last_day)
    return max(day, span.opened_on)


class Nudge(StrEnum):
    """Why somebody is reminded today."""

    SOON = "soon"
    LATE = "late"


def nudge(due: date, today: date) -> Nudge | None:
    """Return why a task that is due then is worth a reminder today, or nothing."""
    left = (due - today).days
    if left in REMIND_AHEAD:
        return Nudge.SOON
    return Nudge.LATE if left < 0 else None


def days_to_nudge(today: date) -> tuple[date, ...]:
    """Return the due dates ahead of us that are announced today."""
    return tuple(today + timedelta(days=ahead) for ahead in REMIND_AHEAD)
