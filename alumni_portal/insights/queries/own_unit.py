"""Which release, and which part of the company, the lead of a unit may see (A10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from alumni_portal.core import clock
from alumni_portal.insights.queries.cells import Figures, Released, series
from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.population import COMPANY, WINDOW, Place, quarter_of
from alumni_portal.people.models import Unit
from alumni_portal.people.queries import open_units


@dataclass(frozen=True)
class Seen:
    """What the lead of a unit may see: a release, a place in it, and what the place is called."""

    release: Released
    where: Place
    name: str
    #: Whether the whole company may stand beside it.
    is_compared: bool


def for_manager(unit: Unit, everything: Sequence[Released]) -> Seen | None:
    """Return which release and which place the lead of a unit may see (A10).

    The own unit, in the newest release in which it has enough people and a full quarter has passed
    since the newest exit; otherwise the unit above, at last the company.
    """
    today = quarter_of(clock.today())
    found = [
        figures.for_managers(today)
        for figures in series(everything[:WINDOW], tables={"unit", "company"})
    ]
    for step in _upwards(unit):
        where = Place("unit", (step.public_id,)) if step else COMPANY
        for figures in found:
            if _is_seen(figures, where):
                name = step.name if step else ""
                return Seen(figures.release, where, name, _is_seen(figures, COMPANY))
    return None


def _is_seen(figures: Figures, where: Place) -> bool:
    return figures.at(where, measures.ANSWERS).is_shown


def _upwards(unit: Unit) -> list[Unit | None]:
    by_id = {one.id: one for one in open_units()}
    found: list[Unit | None] = []
    step: Unit | None = unit
    while step is not None and step not in found:
        found.append(step)
        step = by_id.get(step.parent_id) if step.parent_id else None
    return [*found, None]
