"""A whole release as data: every cell there could be, with its figure or without."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from alumni_portal.insights.queries.cells import Figures, Released, figures
from alumni_portal.insights.rules import population
from alumni_portal.insights.rules.population import TABLES, Place

VERSION = 1


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
    """Return the release as JSON can hold it. The same rows in any order give the same bytes."""
    found = figures(released)
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


def _as_data(found: Figures, where: Place, measure: str) -> dict[str, Any]:
    cell = found.at(where, measure)
    data: dict[str, Any] = {
        "table": where.table,
        "dims": where.dims,
        "measure": measure,
        "state": cell.state.value,
    }
    if cell.is_shown:
        data |= {"n": cell.n, "about": cell.is_about, "value": cell.value}
    return data
