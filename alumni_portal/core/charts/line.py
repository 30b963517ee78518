"""A line over periods, with its grid, its target and its labels, wide and narrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from alumni_portal.core.charts.bars import round_up
from alumni_portal.core.charts.paper import Point

WIDE, NARROW = (460.0, 290.0), (320.0, 260.0)
LEFT, TOP, RIGHT, BOTTOM = 34.0, 26.0, 16.0, 44.0
LINES = 4


@dataclass(frozen=True)
class Tick:
    """A grid line and the number at its end, or a period below the line."""

    at: float
    text: str
    group: str = ""


@dataclass(frozen=True)
class Line:
    """The drawing; `area` closes the line down to its zero."""

    width: float
    height: float
    grid: tuple[Tick, ...]
    periods: tuple[Tick, ...]
    points: tuple[Point, ...]
    values: tuple[float, ...]
    zero: float
    target: float | None

    @property
    def polyline(self) -> str:
        """Return the points as SVG wants them."""
        return " ".join(f"{p.x:.1f},{p.y:.1f}" for p in self.points)

    @property
    def area(self) -> str:
        """Return the path of the surface between line and zero."""
        first, last = self.points[0], self.points[-1]
        middle = "".join(f"L{p.x:.1f} {p.y:.1f}" for p in self.points)
        return f"M{first.x:.1f} {self.zero:.1f}{middle}L{last.x:.1f} {self.zero:.1f}Z"


def line(
    rows: Sequence[tuple[str, str, float]],
    *,
    target: float | None = None,
    paper: tuple[float, float] = WIDE,
) -> Line | None:
    """Return the line of (period, group, value) rows, or nothing when there is nothing to join."""
    if len(rows) < 2:
        return None
    values = [value for _period, _group, value in rows]
    low, step, count = _scale([*values, 0, *([] if target is None else [target])])
    width, height = paper
    bottom = height - BOTTOM

    def up(value: float) -> float:
        return round(bottom - (value - low) / (step * count) * (bottom - TOP), 1)

    stride = (width - LEFT - RIGHT) / (len(rows) - 1)
    across = [round(LEFT + n * stride, 1) for n in range(len(rows))]
    grid = tuple(Tick(up(low + n * step), _signed(low + n * step, low)) for n in range(count + 1))
    return Line(
        width,
        height,
        grid,
        _periods(rows, across, stride),
        tuple(Point(x, up(value)) for x, value in zip(across, values, strict=True)),
        tuple(values),
        up(0),
        None if target is None else up(target),
    )


def _scale(values: Sequence[float]) -> tuple[float, float, int]:
    low, high = min(values), max(values)
    step = round_up((high - low) / LINES or 1)
    begin = floor(low / step) * step
    return begin, step, max(ceil((high - begin) / step), 1)


def _signed(value: float, low: float) -> str:
    if value == 0:
        return "0"
    sign = "−" if value < 0 else "+" if low < 0 else ""
    return f"{sign}{abs(value):g}"


def _periods(
    rows: Sequence[tuple[str, str, float]], across: Sequence[float], stride: float
) -> tuple[Tick, ...]:
    """Write every period, or every second when they would touch; a group's name only once."""
    every = 1 if stride >= 7 * max(len(period) for period, _g, _v in rows) else 2
    found: list[Tick] = []
    seen = ""
    for n, (x, (period, group, _value)) in enumerate(zip(across, rows, strict=True)):
        if (len(rows) - 1 - n) % every == 0:
            found.append(Tick(x, period, group if group != seen else ""))
            seen = group
    return tuple(found)
