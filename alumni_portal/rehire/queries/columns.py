"""Candidates as columns of numbers, one set per process: read once, patched by what changed.

Facets, points and order are computed here; the rows that are shown come from the database, which
asks for consent and answer once more. So a column that lags behind can miscount for a moment, but
never show somebody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.terms import Term
from alumni_portal.network.queries import Changes, changes_since, last_change
from alumni_portal.rehire.queries import reading
from alumni_portal.rehire.queries.reading import Candidate, UnitRow
from alumni_portal.rehire.rules import FINDABLE, Level, is_named

Column = NDArray[Any]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

#: Levels by their code in the columns; 0 is nobody's.
LEVELS: tuple[Level, ...] = tuple(level for level in Level if level in FINDABLE)
#: More changes than this are not patched in one by one.
MOST_CHANGES = 50_000
#: So much of the name decides the order by name; equal beginnings stand by their ids.
_NAME = "S40"
_STEP = 4
_REMEMBERED = 200


@dataclass
class Codes:
    """Values and the small numbers that stand for them; 0 stands for none."""

    values: list[str] = field(default_factory=lambda: [""])
    labels: list[str] = field(default_factory=lambda: [""])
    codes: dict[str, int] = field(default_factory=dict)
    #: What the latest words named, as long as no value is added.
    _named: dict[tuple[Term, ...], list[int]] = field(default_factory=dict)
    _named_of: int = 0

    def code(self, value: str, label: str = "") -> int:
        """Return the number of a value, a new one when it is new."""
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
            self.labels.append(label or value)
        return found

    def named(self, words: tuple[Term, ...]) -> list[int]:
        """Return the numbers of values that one of these words names."""
        if not words:
            return []
        if len(self._named) > _REMEMBERED or self._named_of != len(self.values):
            self._named, self._named_of = {}, len(self.values)
        if words not in self._named:
            labels = enumerate(self.labels)
            self._named[words] = [code for code, name in labels if code and is_named(name, words)]
        return self._named[words]

    def known(self, values: Iterable[str]) -> list[int]:
        """Return the numbers of those values that somebody has."""
        return [self.codes[value] for value in values if value in self.codes]

    def __len__(self) -> int:
        return len(self.values)


_PLAIN: dict[str, str] = {
    "ids": "i4",
    "ends": "i8",
    "level": "u1",
    "answered": "i8",
    "city": "i4",
    "left_year": "i2",
    "days_here": "i4",
    "name": _NAME,
}
_WIDE = {"titles": "i4", "units": "i4", "skills": "i4"}


class Columns:
    """The columns of one database. Use them inside `with columns.lock`."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.seq = 0
        self._built_on: date | None = None
        self._clear()

    def _clear(self) -> None:
        self.titles, self.units, self.skills, self.cities = Codes(), Codes(), Codes(), Codes()
        #: Row ids by code.
        self.skill_ids, self.unit_ids = [0], [0]
        self._units: dict[int, UnitRow] = {}
        self._skill_codes: dict[int, int] = {}
        self.of: dict[str, Column] = {}
        self._keep([])

    def __getitem__(self, name: str) -> Column:
        return self.of[name]

    @property
    def state(self) -> tuple[int, date | None]:
        """Return what changes with what is here: the latest change, and the day of reading all."""
        return self.seq, self._built_on

    def refresh(self) -> None:
        """Catch up with the database: one small statement when nothing has changed."""
        is_new_day = self._built_on != clock.today()  # names of units may have changed meanwhile
        changes = None if is_new_day else changes_since(self.seq, most=MOST_CHANGES)
        if changes is None or changes.is_too_much:
            self._build(changes)
        elif changes.person_ids:
            self._patch(changes.person_ids)
            self.seq = changes.seq

    def _build(self, changes: Changes | None) -> None:
        seq = changes.seq if changes else last_change()
        self._clear()
        people = list(reading.candidates())
        self._learn(people)
        self._keep(people)
        self.seq, self._built_on = seq, clock.today()

    def _patch(self, person_ids: Sequence[int]) -> None:
        """Put these people's rows in anew; who may not be found any more has none."""
        people = list(reading.candidates(person_ids))
        self._learn(people)
        new, asked = self._made(people), np.asarray(person_ids, np.int32)
        if len(people) == len(asked) and self._has_room(new):
            places = np.searchsorted(self.of["ids"], new["ids"])
            for name, column in new.items():
                self.of[name][places] = _widened(column, self.of[name])
            return
        stays = ~np.isin(self.of["ids"], asked)
        kept = {name: column[stays] for name, column in self.of.items()}
        where = np.searchsorted(kept["ids"], new["ids"])
        self.of = {name: _inserted(kept[name], where, new[name]) for name in kept}

    def _has_room(self, new: dict[str, Column]) -> bool:
        """Say whether all these people stand here already, in rows that are wide enough."""
        stand = bool(np.isin(new["ids"], self.of["ids"]).all())
        return stand and all(new[n].shape[1] <= self.of[n].shape[1] for n in _WIDE)

    def _learn(self, people: Sequence[Candidate]) -> None:
        """Give numbers to units and skills that are new here."""
        self.know_units(unit for one in people for unit in one.unit_ids)
        new = {i for one in people for i in one.skill_ids} - self._skill_codes.keys()
        for skill_id, (key, name) in sorted(reading.skill_names(new).items()):
            self._skill_codes[skill_id] = self.skills.code(key, name)
            self.skill_ids.append(skill_id)

    def know_units(self, unit_ids: Iterable[int] = ()) -> None:
        """Read the units when one of these is new here, or none is known."""
        if not self._units or any(unit not in self._units for unit in unit_ids):
            self._units = {row.unit_id: row for row in reading.units()}

    def _unit_codes(self, unit_ids: Sequence[int]) -> list[int]:
        """Return the codes of units and of those above them, the latest unit first."""
        rows = [self._units[i] for i in unit_ids if i in self._units]
        above = [i for row in rows for i in row.with_above]
        return [self._unit_code(i) for i in dict.fromkeys([r.unit_id for r in rows] + above)]

    def _unit_code(self, unit_id: int) -> int:
        row = self._units[unit_id]
        code = self.units.code(row.public_id, row.name)
        if code == len(self.unit_ids):
            self.unit_ids.append(unit_id)
        return code

    def _keep(self, people: Sequence[Candidate]) -> None:
        self.of = self._made(people)

    def _made(self, people: Sequence[Candidate]) -> dict[str, Column]:
        """Return columns of these people, in the order given."""
        rows = [self._row(one) for one in people]
        plain = {
            name: np.array([row[at] for row in rows], dtype=kind)
            for at, (name, kind) in enumerate(_PLAIN.items())
        }
        wide = {
            "titles": [[self.titles.code(title) for title in one.titles] for one in people],
            "units": [self._unit_codes(one.unit_ids) for one in people],
            "skills": [
                [self._skill_codes[i] for i in one.skill_ids if i in self._skill_codes]
                for one in people
            ],
        }
        return {**plain, **{name: _table(lists, _WIDE[name]) for name, lists in wide.items()}}

    def _row(self, one: Candidate) -> tuple[object, ...]:
        city = self.cities.code(*one.city) if one.city else 0
        level = LEVELS.index(Level(one.level)) + 1
        name = one.sort_key.encode()[:40]
        return (
            one.person_id, one.ends, level, one.answered, city, one.left_year, one.days_here, name,
        )  # fmt: skip

    def units_of(self, unit_ids: Sequence[int]) -> dict[int, str]:
        """Return the names of units and of those above them, the latest unit first."""
        codes = self._unit_codes(unit_ids)
        return {self.unit_ids[code]: self.units.labels[code] for code in codes}

    def standing(self) -> Mask:
        """Return who can be found by the clock at this moment."""
        mask: Mask = self.of["ends"] > int(clock.now().timestamp())
        return mask

    def places_of(self, ids: NDArray[np.int32]) -> Places:
        """Return where people with these sorted ids stand; who is not here is left out."""
        mine = self.of["ids"]
        if not len(mine):
            return np.empty(0, np.intp)
        at = np.minimum(np.searchsorted(mine, ids), len(mine) - 1)
        return at[mine[at] == ids]


def _table(lists: Sequence[Sequence[int]], kind: str) -> Column:
    """Return lists as rows of one width, zeros behind."""
    longest = max(map(len, lists), default=0)
    width = max(-(-longest // _STEP), 1) * _STEP
    table = np.zeros((len(lists), width), dtype=kind)
    for at, values in enumerate(lists):
        table[at, : len(values)] = values
    return table


def _widened(column: Column, like: Column) -> Column:
    if column.ndim == 1 or column.shape[1] == like.shape[1]:
        return column
    return np.pad(column, ((0, 0), (0, like.shape[1] - column.shape[1])))


def _inserted(kept: Column, where: Places, new: Column) -> Column:
    if kept.ndim > 1 and kept.shape[1] < new.shape[1]:
        kept = _widened(kept, new)
    return np.insert(kept, where, _widened(new, kept), axis=0)


_columns: WeakKeyDictionary[Engine, Columns] = WeakKeyDictionary()
_making = RLock()


def current() -> Columns:
    """Return the columns of the database in use, as they were last refreshed."""
    with _making:
        return _columns.setdefault(db.engine, Columns())
