"""Who counts, and where: one person once, four fixed dimensions, at most two at once (A1, A3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Protocol

from alumni_portal.insights.rules.texts import may_be_split_by

#: How many quarters one release looks back on.
WINDOW = 4
#: Forms close four weeks after the last day.
CLOSES_AFTER = timedelta(days=28)
TENURES = ("<1", "1-3", "3-7", "7+")
EXIT_TYPES = ("own", "other")

#: Names of the dimensions, in the order in which they stand in a cell's key.
UNIT, TENURE, EXIT_TYPE, QUARTER = "unit", "tenure", "type", "quarter"
#: Every table there is: its dimensions, in the order in which candidates are audited (A5).
TABLES: Mapping[str, tuple[str, ...]] = {
    "company": (),
    "unit": (UNIT,),
    "tenure": (TENURE,),
    "type": (EXIT_TYPE,),
    "quarter": (QUARTER,),
    "unit_tenure": (UNIT, TENURE),
    "unit_type": (UNIT, EXIT_TYPE),
    "unit_quarter": (UNIT, QUARTER),
    "tenure_type": (TENURE, EXIT_TYPE),
}


class Leaver(Protocol):
    """What a release needs to know of an exit."""

    @property
    def token(self) -> str: ...
    @property
    def unit_path(self) -> tuple[str, ...]: ...
    @property
    def quarter(self) -> str: ...
    @property
    def tenure_band(self) -> str: ...
    @property
    def exit_type(self) -> str: ...
    @property
    def answered(self) -> bool: ...
    @property
    def scales(self) -> Mapping[str, int]: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def coded(self) -> tuple[str, ...]: ...
    @property
    def manager_of(self) -> str | None: ...
    @property
    def is_imported(self) -> bool: ...


@dataclass(frozen=True)
class Counted:
    """One person as this release counts them."""

    token: str
    #: Units below the company, highest first.
    units: tuple[str, ...]
    quarter: str
    row: Leaver


@dataclass(frozen=True, order=True)
class Place:
    """Where a cell stands: a table and one value for each of its dimensions."""

    table: str
    values: tuple[str, ...] = ()

    @property
    def dims(self) -> dict[str, str]:
        """Return dimension and value."""
        return dict(zip(TABLES[self.table], self.values, strict=True))


COMPANY = Place("company")


def place(table: str, dims: Mapping[str, str]) -> Place | None:
    """Return the place that a table and its dimensions name, or nothing when there is none."""
    names = TABLES.get(table)
    if names is None or set(names) != set(dims):
        return None
    return Place(table, tuple(dims[name] for name in names))


def quarter_of(day: date) -> str:
    """Return the quarter in which a day lies: 2026Q3."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def _number(quarter: str) -> int:
    return int(quarter[:4]) * 4 + int(quarter[5:]) - 1


def is_quarter(text: str) -> bool:
    """Say whether a text names a quarter."""
    year, sign, number = text[:4], text[4:5], text[5:]
    return year.isascii() and year.isdigit() and len(year) == 4 and sign == "Q" and number in "1234"


def shifted(quarter: str, by: int) -> str:
    """Return the quarter so many quarters later."""
    number = _number(quarter) + by
    return f"{number // 4}Q{number % 4 + 1}"


def apart(earlier: str, later: str) -> int:
    """Return how many quarters lie from one to the other."""
    return _number(later) - _number(earlier)


def first_day_after(quarter: str) -> date:
    """Return the day on which a quarter is over."""
    following = shifted(quarter, 1)
    return date(int(following[:4]), int(following[5:]) * 3 - 2, 1)


def latest_closed(today: date) -> str:
    """Return the latest quarter whose forms are closed: four weeks after its last day."""
    return shifted(quarter_of(today - CLOSES_AFTER), -1)


def closes_on(quarter: str) -> date:
    """Return the day on which a quarter can be released with all its answers."""
    return first_day_after(quarter) + CLOSES_AFTER


def window(quarter: str) -> tuple[str, ...]:
    """Return the quarters that the release of a quarter looks back on, oldest first."""
    return tuple(shifted(quarter, by) for by in range(1 - WINDOW, 1))


def counted(rows: Iterable[Leaver], quarter: str) -> list[Counted]:
    """Return who counts in the release of a quarter, each person once, in a fixed order (A1).

    Whoever led a unit is counted from the unit above it: a manager's own exit is never part of
    what that unit's manager sees, and no cell differs from another by just that person (A10).
    """
    quarters = window(quarter)
    latest: dict[str, Leaver] = {}
    for row in rows:
        known = latest.get(row.token)
        if row.quarter in quarters and (known is None or _rank(row) > _rank(known)):
            latest[row.token] = row
    tops = {row.unit_path[:1] for row in latest.values()}
    below = 1 if len(tops) == 1 else 0
    return [
        Counted(token, _own_units(row)[below:], row.quarter, row)
        for token, row in sorted(latest.items())
    ]


def _rank(row: Leaver) -> tuple[str, bool, tuple[str, ...], str, str]:
    return row.quarter, row.answered, row.unit_path, row.tenure_band, row.exit_type


def _own_units(row: Leaver) -> tuple[str, ...]:
    if row.manager_of in row.unit_path:
        return row.unit_path[: row.unit_path.index(row.manager_of)]
    return row.unit_path


def divisions(people: Sequence[Counted]) -> frozenset[str]:
    """Return the units right below the company."""
    return frozenset(chain.from_iterable(person.units[:1] for person in people))


def is_broad(where: Place, highest: frozenset[str]) -> bool:
    """Say whether a cell is of the whole company or a division: nothing finer is told of texts."""
    depth = 1 if where.values and where.values[0] in highest else 2
    return may_be_split_by(where.table, depth=depth)


def in_order(sizes: Mapping[Place, int], highest: frozenset[str]) -> list[Place]:
    """Return candidate cells in the fixed order of A5: what matters most is asked first.

    Company, divisions, tenure, type, quarter, other units, tables of two; inside each the largest
    first, and equal ones by name.
    """
    rank = {"company": 0, "tenure": 2, "type": 3, "quarter": 4}

    def key(where: Place) -> tuple[int, int, Place]:
        if where.table == "unit":
            step = 1 if where.values[0] in highest else 5
        else:
            step = rank.get(where.table, 6 + list(TABLES).index(where.table))
        return step, -sizes[where], where

    return sorted(sizes, key=key)
