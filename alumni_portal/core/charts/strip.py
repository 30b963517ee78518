"""The thin career strip: several careers on one shared axis of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alumni_portal.core.charts.stays import DAYS_A_YEAR, Stay, stretches

#: Room at both ends, so that dots and round ends are not cut off.
EDGE = 1.56
SHORTEST_BAR = 0.8


@dataclass(frozen=True)
class Axis:
    """The years that all strips of one list share."""

    first: date
    today: date

    def at(self, day: date) -> float:
        """Return where a day lies, in per cent of the width."""
        whole = max((self.today - self.first).days, 1)
        share = min(max((day - self.first).days / whole, 0), 1)
        return round(EDGE + share * (100 - 2 * EDGE), 2)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Return place and year of each tick: three to seven of them."""
        years = (self.today - self.first).days / DAYS_A_YEAR
        step = next((s for s in (1, 2, 5, 10, 20) if years / s <= 5.5), 50)
        begin = self.first.year - self.first.year % step + step
        marks = [date(year, 1, 1) for year in range(begin, self.today.year + 1, step)]
        return [(self.at(day), str(day.year)) for day in marks if self.at(day) < 97]


@dataclass(frozen=True)
class Bar:
    """One time with us: its ends, its middle and its length in years, in per cent."""

    left: float
    right: float
    middle: float
    years: int


@dataclass(frozen=True)
class Strip:
    """One career on the shared axis."""

    axis: Axis
    begins: float
    now: float
    bars: tuple[Bar, ...]


def shared_axis(careers: Iterable[Sequence[Stay]], *, today: date) -> Axis:
    """Return the axis from the earliest first day of all careers until today, by whole years."""
    begun = [stay.begins for stays in careers for stay in stays if stay.begins <= today]
    earliest = min(begun, default=date(today.year - 1, 1, 1))
    return Axis(date(earliest.year, 1, 1), today)


def career_strip(stays: Sequence[Stay], axis: Axis) -> Strip:
    """Return one career on an axis. What has not begun is not drawn."""
    times = stretches(stays, axis.today)
    bars = tuple(_bar(axis.at(t.begins), axis.at(t.ends), t.years) for t in times)
    return Strip(axis, bars[0].left if bars else axis.at(axis.today), axis.at(axis.today), bars)


def _bar(left: float, right: float, years: int) -> Bar:
    right = max(right, round(left + SHORTEST_BAR, 2))
    return Bar(left, right, round((left + right) / 2, 2), years)
