"""What the page of insights shows, read cell by cell through the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alumni_portal.core import clock
from alumni_portal.insights.queries.cells import Cell, Figures, Released, series
from alumni_portal.insights.rules import manager_view, measures
from alumni_portal.insights.rules.effects import Change, Share, change
from alumni_portal.insights.rules.finding import Finding, finding
from alumni_portal.insights.rules.population import (
    COMPANY,
    EXIT_TYPES,
    TENURES,
    WINDOW,
    Place,
    closes_on,
    latest_closed,
    quarter_of,
    shifted,
)
from alumni_portal.people.models import Unit
from alumni_portal.people.queries import open_units

#: So many columns of themes, and so many releases in a trend.
COLUMNS, TREND = 5, 8


@dataclass(frozen=True)
class Reason:
    """One theme in a release and in two earlier ones; changes only where both are shown."""

    theme: str
    now: Cell
    last: Cell | None
    year: Cell | None
    since_last: Change | None
    since_year: Change | None


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is called, and its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Overview:
    """Everything on the page, for one place of one release."""

    figures: Figures
    where: Place
    last: Figures | None
    year: Figures | None
    reasons: tuple[Reason, ...]
    finding: Finding
    trend: tuple[tuple[str, Cell, Cell], ...]

    def cell(self, measure: str) -> Cell:
        """Return a figure of the place itself."""
        return self.figures.at(self.where, measure)


def overview(released: Released, everything: Sequence[Released], where: Place) -> Overview:
    """Return what a release says about a place, with the release before and the year before."""
    known = [one for one in everything if one.quarter <= released.quarter][:TREND]
    by_quarter = {f.release.quarter: f for f in series(known, tables={where.table})}
    now = by_quarter[released.quarter]
    earlier = sorted((q for q in by_quarter if q < released.quarter), reverse=True)
    last = by_quarter[earlier[0]] if earlier else None
    year = by_quarter.get(shifted(released.quarter, -WINDOW))
    reasons = _reasons(now, last, year, where)
    return Overview(
        now,
        where,
        last,
        year,
        reasons,
        finding(_shares(reasons, "now"), _shares(reasons, "year")),
        tuple(
            (quarter, figures.at(where, "would_recommend:promoter"), _detractors(figures, where))
            for quarter, figures in sorted(by_quarter.items())
        ),
    )


def _detractors(figures: Figures, where: Place) -> Cell:
    return figures.at(where, "would_recommend:detractor")


def _shares(reasons: Sequence[Reason], which: str) -> dict[str, Share]:
    found = {reason.theme: getattr(reason, which) for reason in reasons}
    return {
        theme: share_of(cell)
        for theme, cell in found.items()
        if cell is not None and cell.is_shown and theme != measures.OTHER
    }


def share_of(cell: Cell) -> Share:
    """Return a shown cell as a share of so many people."""
    return Share(cell.value or 0.0, cell.n or 0)


def _reasons(
    now: Figures, last: Figures | None, year: Figures | None, where: Place
) -> tuple[Reason, ...]:
    found = []
    for measure in now.release.measures:
        question, _colon, theme = measure.partition(":")
        cell = now.at(where, measure)
        if question == measures.THEMES and cell.is_shown and (cell.value or theme != "other"):
            then, before = (f.at(where, measure) if f else None for f in (last, year))
            found.append(
                Reason(theme, cell, then, before, _changed(then, cell), _changed(before, cell))
            )
    return tuple(sorted(found, key=lambda r: (r.theme == "other", -(r.now.value or 0), r.theme)))


def _changed(before: Cell | None, now: Cell) -> Change | None:
    if before is None or not before.is_shown:
        return None
    return change(share_of(before), share_of(now))


def divisions() -> list[Unit]:
    """Return the open units right below the company, by name."""
    units = open_units()
    tops = [unit for unit in units if unit.parent_id is None]
    if len(tops) != 1:
        return tops
    return [unit for unit in units if unit.parent_id == tops[0].id]


@dataclass(frozen=True)
class Tables:
    """The tables of the page: by division, by time here, by kind of exit."""

    themes: tuple[str, ...]
    by_unit: tuple[Row, ...]
    by_tenure: tuple[Row, ...]
    would_return: tuple[Row, ...]
    by_type: tuple[Row, ...]


def tables(released: Released, reasons: Sequence[Reason], units: Mapping[str, str]) -> Tables:
    """Return the tables of a release; `units` are public ids with names."""
    figures = series([released], tables={"unit", "tenure", "type"})[0]
    themes = tuple(reason.theme for reason in reasons if reason.theme != measures.OTHER)[:COLUMNS]
    asked = [f"{measures.THEMES}:{theme}" for theme in themes]
    parts = [f"{measures.WOULD_RETURN}:{part}" for part in ("yes", "maybe", "no")]

    def row(name: str, where: Place, wanted: Sequence[str]) -> Row:
        return Row(name, tuple(figures.at(where, measure) for measure in wanted))

    return Tables(
        themes,
        tuple(row(name, Place("unit", (unit,)), asked) for unit, name in units.items()),
        tuple(row(band, Place("tenure", (band,)), asked) for band in TENURES),
        tuple(row(name, Place("unit", (unit,)), parts) for unit, name in units.items()),
        tuple(row(kind, Place("type", (kind,)), [measures.EXITS]) for kind in EXIT_TYPES),
    )


def for_manager(unit: Unit, everything: Sequence[Released]) -> tuple[Released, Place, str] | None:
    """Return which release and which place the lead of a unit may see (A10), and its name.

    The own unit, in the newest release in which it has enough people and a full quarter has passed
    since the newest exit; otherwise the unit above, at last the company.
    """
    today = quarter_of(clock.today())
    found = series(everything[:WINDOW], tables={"unit", "company"})
    for step in _upwards(unit):
        where = Place("unit", (step.public_id,)) if step else COMPANY
        for figures in found:
            stored = figures.stored(where, measures.ANSWERS)
            if stored and manager_view.may_see(
                is_for_managers=stored.is_for_managers, newest=stored.newest, today=today
            ):
                return figures.release, where, step.name if step else ""
    return None


def _upwards(unit: Unit) -> list[Unit | None]:
    by_id = {one.id: one for one in open_units()}
    found: list[Unit | None] = []
    step: Unit | None = unit
    while step is not None and step not in found:
        found.append(step)
        step = by_id.get(step.parent_id) if step.parent_id else None
    return [*found, None]


def next_quarter(everything: Sequence[Released]) -> str:
    """Return the quarter that can be released now, or nothing while there is none."""
    closed = latest_closed(clock.today())
    return "" if everything and everything[0].quarter >= closed else closed


def next_day(everything: Sequence[Released]) -> date:
    """Return the day from which the quarter after the latest release can be released."""
    return closes_on(shifted(everything[0].quarter, 1))
