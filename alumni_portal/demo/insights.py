"""Four years of releases: invented exits by unit and quarter, and one theme that got better."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from sqlalchemy import select, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.exit_interviews.queries import REASONS, ReleaseRow
from alumni_portal.insights import services
from alumni_portal.insights.models import Release
from alumni_portal.insights.rules.population import (
    EXIT_TYPES,
    TENURES,
    Leaver,
    closes_on,
    latest_closed,
    shifted,
    window,
)
from alumni_portal.people.models import Unit

#: Releases, and how many left in each quarter before the interviews begin.
RELEASES, PEOPLE = 16, 18
#: So many of the last quarters have interviews.
ASKED = 7
SCALES = ("workload", "balance", "leadership", "recognition", "processes", "development", "climate")
#: Theme, and how many of a hundred name it first: interviews go on with the same.
_THEMES = {
    "workload": 40,
    "development": 22,
    "leadership": 12,
    "pay": 12,
    "private_life": 8,
    "processes": 6,
}


def seed(found: Sundmark, chance: Random) -> None:
    """Write sixteen quarterly releases, made by HR's lead four weeks after each quarter.

    The last ones are of the interviews alone; in those before, who left is invented for quarters
    without.
    """
    last, paths = latest_closed(clock.today()), _paths()
    quarters = [shifted(last, by) for by in range(1 - RELEASES, 1)]
    asked = services.material(last).rows
    first = shifted(last, 1 - ASKED)
    earlier = window(quarters[0])[:-1] + tuple(one for one in quarters if one < first)
    rows: list[Leaver] = [
        _row(chance, (at, number), quarter, paths)
        for at, quarter in enumerate(earlier)
        for number in range(PEOPLE)
    ]
    rows += [one for one in asked if one.quarter >= first]
    by = found.actor("petra", Role.HR_LEAD)
    services.release_series(rows, quarters, by=by, theme_of=services.themes())
    _date_back(quarters)


def _date_back(quarters: list[str]) -> None:
    noon = clock.now().replace(hour=9, minute=0)
    for quarter in quarters:
        ago = timedelta(days=(clock.today() - closes_on(quarter)).days)
        db.session.execute(
            update(Release).where(Release.quarter == quarter).values(made_at=noon - ago)
        )


def _paths() -> list[tuple[str, ...]]:
    """Return the way from the company down to every open unit that has none below it."""
    units = {unit.id: unit for unit in db.session.scalars(select(Unit).order_by(Unit.id))}
    parents = {unit.parent_id for unit in units.values()}

    def upwards(unit: Unit) -> Iterator[str]:
        yield unit.public_id
        if unit.parent_id:
            yield from upwards(units[unit.parent_id])

    return [
        tuple(upwards(unit))[::-1]
        for unit in units.values()
        if unit.id not in parents and unit.closed_on is None
    ]


def _row(
    chance: Random, place: tuple[int, int], quarter: str, paths: list[tuple[str, ...]]
) -> ReleaseRow:
    at, number = place
    along = at / RELEASES
    path = paths[min(int(chance.expovariate(3.5) * len(paths)), len(paths) - 1)]
    plain = {
        "token": f"demo-{at}-{number}",
        "unit_path": path,
        "quarter": quarter,
        "tenure_band": chance.choices(TENURES, (15, 35, 30, 20))[0],
        "exit_type": chance.choices(EXIT_TYPES, (4, 1))[0],
    }
    if chance.random() > 0.7 + 0.1 * along:
        return ReleaseRow(**plain, answered=False)  # type: ignore[arg-type]  # fields by name
    theme = _named((PEOPLE * at + number) * 0.382)
    low = {"workload": theme == "workload", "leadership": theme == "leadership"}
    scales = {
        name: chance.choices(range(1, 6), _leaning(is_low=low.get(name, False)))[0]
        for name in SCALES
    }
    scales["would_return"] = _spread(number * 0.7549, (2, 5, 8), (0.26 - 0.1 * along, 0.3))
    scales["would_recommend"] = _spread(number * 0.618, (4, 8, 9), (0.3 - 0.12 * along, 0.36))
    reason = next(code for code, one in REASONS.items() if one.theme == theme)
    return ReleaseRow(**plain, answered=True, scales=scales, reasons=(reason,))  # type: ignore[arg-type]  # fields by name


def _named(place: float) -> str:
    """Return the theme at a place along all of them: every release has its share of each."""
    part = 100 * (place % 1)
    for theme, share in _THEMES.items():
        part -= share
        if part < 0:
            return theme
    return "workload"


def _spread(place: float, answers: tuple[int, int, int], parts: tuple[float, float]) -> int:
    """Return a low, middle or high answer, so that every release has its parts of each."""
    low, middle = parts
    part = place % 1
    return answers[0] if part < low else answers[1] if part < low + middle else answers[2]


def _leaning(*, is_low: bool) -> tuple[int, ...]:
    return (30, 35, 20, 10, 5) if is_low else (5, 12, 28, 35, 20)
