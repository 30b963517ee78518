"""The tables of the page of insights: one row for each division, tenure, kind of exit or theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alumni_portal.insights.queries.cells import Cell, last_shown
from alumni_portal.insights.queries.overview import Overview, largest
from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.population import EXIT_TYPES, TENURES, Place
from alumni_portal.people.models import Unit
from alumni_portal.people.queries import open_units

#: The tables of a release that these are made from.
TABLES = ("unit", "tenure", "type")


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is called, and its cells."""

    name: str
    cells: tuple[Cell, ...]


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
    #: Questions with a mean, and their means by division.
    questions: tuple[str, ...]
    means: tuple[Row, ...]


def tables(page: Overview, units: Mapping[str, str]) -> Tables:
    """Return the tables of a release; `units` are public ids with names.

    The page has read the tables that are named in `TABLES`. Where a figure is refused now, the
    last one that was published of it stands (A6).
    """
    released, found = page.figures.release, page.read
    themes = largest(page.reasons)
    asked = [f"{measures.THEMES}:{theme}" for theme in themes]
    questions = tuple(one for one in released.measures if measures.is_mean(one))
    parts = [f"{measures.WOULD_RETURN}:{part}" for part in ("yes", "maybe", "no")]

    def row(name: str, where: Place, wanted: Sequence[str]) -> Row:
        return Row(name, tuple(last_shown(found, where, measure) for measure in wanted))

    return Tables(
        themes,
        tuple(row(name, Place("unit", (unit,)), asked) for unit, name in units.items()),
        tuple(row(band, Place("tenure", (band,)), asked) for band in TENURES),
        tuple(row(name, Place("unit", (unit,)), parts) for unit, name in units.items()),
        tuple(
            row(kind, Place("type", (kind,)), [measures.EXITS, measures.RESPONSE_RATE])
            for kind in EXIT_TYPES
        ),
        questions,
        tuple(row(name, Place("unit", (unit,)), questions) for unit, name in units.items()),
    )
