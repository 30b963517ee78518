"""A whole release as data: every cell there could be, with its figure or without."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from alumni_portal.insights.queries.cells import (
    Figures,
    Released,
    State,
    last_shown,
    releases,
    series,
)
from alumni_portal.insights.rules import population
from alumni_portal.insights.rules.population import TABLES, Place

VERSION = 2
#: So many releases an earlier figure may be old; on the page, too.
BACK = 7


def places(released: Released) -> Iterator[Place]:
    """Yield every place of a release in a fixed order, with or without people in it."""
    values = {
        population.UNIT: released.units,
        population.TENURE: population.TENURES,
        population.EXIT_TYPE: population.EXIT_TYPES,
        population.QUARTER: released.window,
    }
    for table, dims in TABLES.items():
        for chosen in product(*(values[name] for name in dims)):
            yield Place(table, chosen)


def exported(released: Released) -> dict[str, Any]:
    """Return the release as JSON can hold it. The same rows in any order give the same bytes.

    A cell that is refused now and was shown in one of seven releases before has that figure, the
    state `earlier` and, as `from`, its quarter (A6).
    """
    before = [one for one in releases() if one.quarter < released.quarter]
    found = series([released, *before[:BACK]])
    return {
        "format": VERSION,
        "quarter": released.quarter,
        "window": list(released.window),
        "k": released.k,
        "cells": [
            _as_data(found, where, measure)
            for where in places(released)
            for measure in released.measures
        ],
    }


def _as_data(found: Sequence[Figures], where: Place, measure: str) -> dict[str, Any]:
    cell = last_shown(found, where, measure)
    data: dict[str, Any] = {
        "table": where.table,
        "dims": where.dims,
        "measure": measure,
        "state": cell.state.value,
    }
    if cell.state is not State.TOO_FEW:
        data |= {"n": cell.n, "about": True, "value": cell.value}
    if cell.state is State.EARLIER:
        data["from"] = cell.quarter
    return data
