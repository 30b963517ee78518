"""Pure decisions about the two home pages: what a career amounts to, how far something is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alumni_portal.core.charts.stays import Stay, stretches

MONTHS_A_YEAR = 12
#: Under this a time is told in months.
_SHORT = 18
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Career:
    """What the years with us amount to."""

    rounds: int
    months: int
    is_here: bool
    first_day: date
    last_day: date | None

    @property
    def years(self) -> int:
        """Return whole years, rounded to the nearest."""
        return round(self.months / MONTHS_A_YEAR)

    @property
    def is_told_in_months(self) -> bool:
        """Say whether the time is too short to speak of years."""
        return self.months < _SHORT


def career(stays: Sequence[Stay], *, today: date) -> Career | None:
    """Return what a person's stays amount to, or nothing for somebody who has not begun."""
    times = stretches(stays, today)
    if not times:
        return None
    days = sum((time.ends - time.begins).days + 1 for time in times)
    is_here = times[-1].goes_on
    return Career(
        rounds=len(times),
        months=max(round(days / _DAYS_A_MONTH), 1),
        is_here=is_here,
        first_day=times[0].begins,
        last_day=None if is_here else times[-1].ends,
    )


@dataclass(frozen=True)
class Day:
    """One day of the strip: how many leave, and whether it is a working day."""

    day: date
    number: int
    is_weekend: bool


def coming_days(last_days: Sequence[date], *, today: date, many: int = 14) -> list[Day]:
    """Return the coming days with how many have their last day on each, today first."""
    days = [today + timedelta(days=n) for n in range(many)]
    return [Day(day, sum(last == day for last in last_days), day.weekday() >= 5) for day in days]
