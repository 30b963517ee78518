"""The one reader of numbers (A12): pages, files, letters and commands all ask `cell`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.insights.models import Release, ReleaseCell
from alumni_portal.insights.rules import manager_view, measures, population
from alumni_portal.insights.rules.population import COMPANY, Place


class State(StrEnum):
    """Whether a cell has a figure. Why it has none is never told: none may look like few."""

    SHOWN = "shown"
    TOO_FEW = "too_few"
    #: Refused now, but shown in an earlier release: that figure stands, with its quarter (A6).
    EARLIER = "earlier"


@dataclass(frozen=True)
class Cell:
    """One published figure. Without it there is neither n nor value."""

    state: State
    n: int | None = None
    value: float | None = None
    #: The quarter of an earlier figure.
    quarter: str = ""

    @property
    def is_shown(self) -> bool:
        """Say whether there is a figure."""
        return self.state is State.SHOWN


TOO_FEW = Cell(State.TOO_FEW)


@dataclass(frozen=True)
class Released:
    """A release, as readers may know it."""

    public_id: str
    quarter: str
    k: int
    made_at: datetime
    units: tuple[str, ...]
    measures: tuple[str, ...]
    #: Themes that three leavers have named in their own answers (A9).
    voiced: frozenset[str] = frozenset()

    def asks(self, question: str) -> bool:
        """Say whether a question stands in the release, shown or not."""
        return any(measures.question_of(one) == question for one in self.measures)

    @property
    def window(self) -> tuple[str, ...]:
        """Return the quarters whose exits are counted, oldest first."""
        return population.window(self.quarter)


@dataclass(frozen=True)
class _Stored:
    n: int
    values: Mapping[str, Any]
    newest: str
    is_for_managers: bool


class Figures:
    """The figures of one release, read at once."""

    def __init__(self, release: Released, cells: Mapping[tuple[str, str, str], _Stored]) -> None:
        self.release = release
        self._cells = cells

    def cell(self, table: str, dims: Mapping[str, str], measure: str) -> Cell:
        """Return one figure; what does not exist is too few as well."""
        where = population.place(table, dims)
        return TOO_FEW if where is None else self.at(where, measure)

    def at(self, where: Place, measure: str) -> Cell:
        """Return one figure of a place."""
        question = measures.question_of(measure)
        stored = self._cells.get((where.table, "|".join(where.values), question))
        if stored is None:
            return TOO_FEW
        value = _value(stored, measure)
        return TOO_FEW if value is None else Cell(State.SHOWN, stored.n, value)

    def for_managers(self, today: str) -> "Figures":
        """Return those of them that a manager may see in the quarter of today, each cell (A10)."""
        seen = {
            key: one
            for key, one in self._cells.items()
            if manager_view.may_see(
                is_for_managers=one.is_for_managers, newest=one.newest, today=today
            )
        }
        return Figures(self.release, seen)


def last_shown(found: Sequence[Figures], where: Place, measure: str) -> Cell:
    """Return a figure of the first of several releases, latest first, or the last one shown (A6).

    What was published is known for good: it gives nothing away that is not out already.
    """
    now = found[0].at(where, measure)
    if now.is_shown:
        return now
    for figures in found[1:]:
        cell = figures.at(where, measure)
        if cell.is_shown:
            return Cell(State.EARLIER, cell.n, cell.value, figures.release.quarter)
    return TOO_FEW


def _value(stored: _Stored, measure: str) -> float | None:
    if measure in stored.values:
        return float(stored.values[measure])
    return float(stored.n) if measure in {measures.EXITS, measures.ANSWERS} else None


@once_per_page
def releases() -> list[Released]:
    """Return every release, latest first."""
    return [_released(row) for row in db.session.scalars(_newest_first())]


def latest_release() -> Released | None:
    """Return the latest release, or nothing before the first."""
    row = db.session.scalar(_newest_first().limit(1))
    return _released(row) if row else None


def _newest_first() -> Any:  # noqa: ANN401 - a select of whole rows
    return select(Release).order_by(Release.quarter.desc())


def _released(row: Release) -> Released:
    return Released(
        row.public_id,
        row.quarter,
        row.k,
        row.made_at,
        tuple(row.units),
        tuple(row.measures),
        frozenset(row.voiced),
    )


def release(public_id: str) -> Released:
    """Return a release by its public id or its quarter. Raises NotFound."""
    row = db.session.scalar(
        select(Release).where((Release.public_id == public_id) | (Release.quarter == public_id))
    )
    if row is None:
        raise NotFound
    return _released(row)


def figures(wanted: Released, *, tables: Collection[str] | None = None) -> Figures:
    """Return the figures of a release, of some tables or of all, in one statement."""
    return series([wanted], tables=tables)[0]


def series(wanted: Collection[Released], *, tables: Collection[str] | None = None) -> list[Figures]:
    """Return the figures of several releases, in their order, in one statement."""
    query = (
        select(Release.public_id, *_COLUMNS)
        .join(Release, Release.id == ReleaseCell.release_id)
        .where(
            Release.public_id.in_([one.public_id for one in wanted]),
            ReleaseCell.withdrawn_at.is_(None),
        )
    )
    if tables is not None:
        query = query.where(ReleaseCell.place.in_(tables))
    found: dict[str, dict[tuple[str, str, str], _Stored]] = {one.public_id: {} for one in wanted}
    for public_id, place, key, question, *rest in db.session.execute(query):
        found[public_id][place, key, question] = _Stored(*rest)
    return [Figures(one, found[one.public_id]) for one in wanted]


_COLUMNS = (
    ReleaseCell.place,
    ReleaseCell.key,
    ReleaseCell.question,
    ReleaseCell.n,
    ReleaseCell.values,
    ReleaseCell.newest,
    ReleaseCell.is_for_managers,
)


def cell(release_id: str, table: str, dims: Mapping[str, str], measure: str) -> Cell:
    """Return one figure of a release: the gate that everything else reads through.

    `table` and `dims` name a place (`"unit_tenure"`, `{"unit": …, "tenure": "1-3"}`), `measure`
    what is told about it (`"themes:pay"`, `"would_return:yes"`, `"workload"`). Raises NotFound when
    there is no such release.
    """
    return figures(release(release_id), tables=[table]).cell(table, dims, measure)


def shares(wanted: Released, where: Place = COMPANY) -> dict[str, Cell]:
    """Return theme to its share among the main reasons, for one place of a release."""
    found = figures(wanted, tables=[where.table])
    return {
        measure.partition(":")[2]: found.at(where, measure)
        for measure in wanted.measures
        if measure.startswith(f"{measures.THEMES}:")
    }
