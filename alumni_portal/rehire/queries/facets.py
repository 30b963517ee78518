"""Facets with exact counts: each shows what choosing one of its values would find.

A facet leaves its own choice out of its counts, all others stay in: so two values of one facet can
be compared, and no number is a promise that the result does not keep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alumni_portal.core.text import sort_key
from alumni_portal.rehire.queries.columns import LEVELS, Codes, Column, Columns, Mask, Places
from alumni_portal.rehire.rules import Facet, Query

#: So many values of a facet stand open; those chosen always do.
OPEN = 5
#: The years, which narrow like a facet but have no counts.
LEFT = "left"
_COLUMN = {Facet.UNIT: "units", Facet.SKILL: "skills", Facet.CITY: "city"}
Masks = Mapping[str, Mask]


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many it would find."""

    value: str
    label: str
    n: int
    is_chosen: bool


@dataclass(frozen=True)
class Shown:
    """A facet as it stands on the page."""

    facet: Facet
    choices: list[Choice]
    #: How many more values there are.
    folded: int


def masks_of(columns: Columns, base: Places, query: Query) -> Masks:
    """Return, per facet that narrows, who of the base has a chosen value."""
    found: dict[str, Mask] = {}
    for facet, values in query.chosen.items():
        if values:
            codes = codes_of(columns, facet)
            found[facet] = _has(_column(columns, facet)[base], codes.known(values), len(codes))
    if query.left_from is not None or query.left_to is not None:
        year = columns["left_year"][base]
        first, last = query.left_from or 1, query.left_to or 9999
        found[LEFT] = (year >= min(first, last)) & (year <= max(first, last))
    return found


def _column(columns: Columns, facet: Facet) -> Column:
    return columns["level" if facet is Facet.ANSWER else _COLUMN[facet]]


_ANSWERS = Codes(
    ["", *LEVELS], ["", *LEVELS], {str(level): code for code, level in enumerate(LEVELS, 1)}
)


def codes_of(columns: Columns, facet: Facet) -> Codes:
    """Return the values of a facet and their codes."""
    if facet is Facet.ANSWER:
        return _ANSWERS
    return {Facet.UNIT: columns.units, Facet.SKILL: columns.skills, Facet.CITY: columns.cities}[
        facet
    ]


def _has(column: Column, wanted: Sequence[int], number: int) -> Mask:
    table = np.zeros(number, np.bool_)
    table[list(wanted)] = True
    table[0] = False
    hits: Mask = table[column]
    return hits if hits.ndim == 1 else np.asarray(hits.any(axis=1))


def hits_of(base: Places, masks: Masks, *, besides: str = "") -> Places:
    """Return who of the base has a chosen value of every facet, one left out."""
    chosen = [mask for facet, mask in masks.items() if facet != besides]
    return base[np.logical_and.reduce(chosen)] if chosen else base


def count(columns: Columns, base: Places, masks: Masks, query: Query) -> list[Shown]:
    """Return every facet with its counts."""
    hits = hits_of(base, masks)
    return [
        _shown(
            columns,
            facet,
            hits_of(base, masks, besides=facet) if facet in masks else hits,
            query,
        )
        for facet in Facet
    ]


def _shown(columns: Columns, facet: Facet, places: Places, query: Query) -> Shown:
    codes, chosen = codes_of(columns, facet), list(query.chosen[facet])
    counts = np.bincount(_column(columns, facet)[places].ravel(), minlength=len(codes))
    counts[0] = 0
    is_whole = facet is Facet.ANSWER or facet in query.unfolded
    shown = np.flatnonzero(counts) if is_whole else _most_common(counts, codes.known(chosen))
    choices = [
        Choice(value, codes.labels[code], int(counts[code]), value in chosen)
        for code, value in ((int(code), codes.values[code]) for code in shown)
    ]
    there = {choice.value for choice in choices}
    choices += [_empty(codes, value) for value in chosen if value not in there]
    if facet is Facet.ANSWER:
        return Shown(facet, _every_level(choices), 0)
    choices.sort(key=lambda one: (-one.n, sort_key(one.label), one.value))
    if is_whole:
        return Shown(facet, choices, 0)
    open_ones = [one for at, one in enumerate(choices) if at < OPEN or one.is_chosen]
    with_some = sum(one.n > 0 for one in open_ones)
    return Shown(facet, open_ones, int(np.count_nonzero(counts)) - with_some)


def _most_common(counts: NDArray[np.intp], chosen: Sequence[int]) -> NDArray[np.intp]:
    """Return the codes that may stand open: the most common ones with their equals, and chosen."""
    if len(counts) <= OPEN:
        return np.flatnonzero(counts)
    least = np.partition(counts, len(counts) - OPEN)[len(counts) - OPEN]
    common = (counts >= max(least, 1)).nonzero()[0]
    return np.union1d(common, [code for code in chosen if counts[code]]).astype(np.intp)


def _empty(codes: Codes, value: str) -> Choice:
    code = codes.codes.get(value)
    return Choice(value, codes.labels[code] if code else value, 0, is_chosen=True)


def _every_level(choices: Sequence[Choice]) -> list[Choice]:
    by_value = {one.value: one for one in choices}
    return [
        by_value.get(level, Choice(level, level, 0, is_chosen=False)) for level in map(str, LEVELS)
    ]
