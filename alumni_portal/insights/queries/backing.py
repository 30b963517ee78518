"""How many stand behind a theme that is told of in words (A9): asked of releases, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from alumni_portal.core.db import db
from alumni_portal.exit_interviews import queries as exits
from alumni_portal.insights.models import Action
from alumni_portal.insights.queries.cells import Cell, Figures, releases, series
from alumni_portal.insights.rules.effects import Share
from alumni_portal.insights.rules.measures import COMMENTS, THEMES
from alumni_portal.insights.rules.population import COMPANY, Place, first_day_after
from alumni_portal.insights.rules.telltales import maybe_names
from alumni_portal.insights.rules.texts import may_be_split_by, may_be_written
from alumni_portal.people.models import Person
from alumni_portal.people.queries import open_units


@dataclass(frozen=True)
class Backing:
    """The release and the place that a text may be about, and how many at least are behind it."""

    quarter: str
    #: Public id of the division; empty for the whole company.
    place: str
    people: int


def backing(action: Action) -> Backing | None:
    """Return what stands behind the theme of an action, or nothing while too few do.

    The division of the action, or else the whole company, in the newest release in which the theme
    is the main reason of enough people or in the comments of enough (A9), as few as the published
    figures allow, and in which three leavers have named it in answers of their own.
    """
    found = series(releases(), tables=("company", "unit"))
    for where in _places(action):
        for figures in found:
            people = _fewest_behind(figures, where, action.theme)
            is_voiced = action.theme in figures.release.voiced
            if may_be_written(people=people, is_voiced=is_voiced):
                return Backing(figures.release.quarter, "".join(where.values), people)
    return None


def _fewest_behind(figures: Figures, where: Place, theme: str) -> int:
    cells = (figures.at(where, f"{question}:{theme}") for question in (THEMES, COMMENTS))
    return max(map(_fewest, cells))


def _fewest(cell: Cell) -> int:
    if not cell.is_shown or cell.n is None or cell.value is None:
        return 0
    return Share(cell.value, cell.n).fewest


def may_be_quoted(theme: str) -> bool:
    """Say whether leavers may be quoted on a theme: ten comments are about it in a release (A9).

    Such a share is only ever shown of ten people or more.
    """
    found = series(releases(), tables=("company",))
    return any(
        one.at(COMPANY, f"{COMMENTS}:{theme}").is_shown and theme in one.release.voiced
        for one in found
    )


def quotes(theme: str) -> list[str]:
    """Return what leavers let us quote on a theme, or nothing while too few write of it.

    Each text once, in random order, without unit, time or person; only of quarters that are
    released: one text more, some day, would be that of who left last (A2). Whoever shows them notes
    it.
    """
    if not may_be_quoted(theme):
        return []
    until = first_day_after(releases()[0].quarter)
    return list(dict.fromkeys(exits.quotes_allowed(theme, until=until)))


def _places(action: Action) -> Iterator[Place]:
    """Yield the division in which an action is done, if it is done in one, and the company."""
    for depth, place in enumerate(_path(action.unit_id)):
        if depth and may_be_split_by("unit", depth=depth):
            yield Place("unit", (place,))
    yield COMPANY


def _path(unit_id: int | None) -> list[str]:
    """Return the public ids of the open units from the company down to one."""
    by_id = {one.id: one for one in open_units()} if unit_id else {}
    found: list[str] = []
    while unit_id in by_id and by_id[unit_id].public_id not in found:
        found.append(by_id[unit_id].public_id)
        unit_id = by_id[unit_id].parent_id
    return found[::-1]


def named_in(text: str) -> list[str]:
    """Return the full names of people of the register that stand in a text."""
    pairs = sorted(maybe_names(text))
    if not pairs:
        return []
    names = tuple_(Person.first_name, Person.last_name)
    rows = db.session.execute(
        select(Person.first_name, Person.last_name).where(names.in_(pairs)).distinct()
    )
    return sorted(f"{first} {last}" for first, last in rows)
