"""Bars, shares, funnels and shades of a heat table, in per cent of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor, log10

#: A share that exists is seen, however small.
LEAST = 0.6
SHADES = 4
GAP = 0.5


@dataclass(frozen=True)
class Bar:
    """One bar. `before` is where the mark of an earlier value stands; `words` say another value."""

    label: str
    value: float
    width: float
    before: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a stacked bar."""

    left: float
    width: float
    value: float


def round_up(value: float) -> float:
    """Return the next number that reads well at the end of an axis: 1, 2, 2.5 or 5, with zeros."""
    if value <= 0:
        return 1
    power: float = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value - 1e-9)


def _width(value: float, whole: float) -> float:
    if value <= 0 or whole <= 0:
        return 0.0
    return round(min(max(100 * value / whole, LEAST), 100), 2)


def bars(
    rows: Sequence[tuple[str, float] | tuple[str, float, float | None]],
    *,
    most: float | None = None,
) -> list[Bar]:
    """Return bars on one scale from nothing to `most`, or to a round number above the highest."""
    values = [value for row in rows for value in row[1:] if isinstance(value, int | float)]
    whole = most or round_up(max(values, default=1))
    found = []
    for row in rows:
        before = row[2] if len(row) > 2 else None
        mark = None if before is None else _width(before, whole)
        found.append(Bar(row[0], row[1], _width(row[1], whole), mark))
    return found


def funnel(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return bars as shares of the first step."""
    first = rows[0][1] if rows else 0
    return [Bar(label, value, _width(value, first)) for label, value in rows]


def stacked(values: Sequence[float]) -> list[Part]:
    """Return the parts of one bar that together fill it, with a hair of paper between them."""
    whole = sum(values)
    if whole <= 0:
        return []
    starts = [0.0, *accumulate(100 * value / whole for value in values)]
    last = max(n for n, value in enumerate(values) if value)
    return [
        Part(round(starts[n], 2), _inside(100 * value / whole, is_last=n == last), value)
        for n, value in enumerate(values)
        if value
    ]


def _inside(width: float, *, is_last: bool) -> float:
    return round(width if is_last else max(width - GAP, 0.1), 2)


def shade(value: float | None, highest: float) -> str:
    """Return the class of a heat cell: h1 to h4 by value, h0 for nothing, hx for a hidden cell."""
    if value is None:
        return "hx"
    if value <= 0 or highest <= 0:
        return "h0"
    return f"h{min(max(ceil(SHADES * value / highest), 1), SHADES)}"


@dataclass(frozen=True)
class Cell:
    """One cell of a heat table and its shade; a hidden one may have words of its own."""

    value: float | None
    shade: str
    words: str = ""


def heat_row(values: Sequence[float | None], highest: float) -> list[Cell]:
    """Return the cells of one row, shaded against the highest value of the whole table."""
    return [Cell(value, shade(value, highest)) for value in values]
