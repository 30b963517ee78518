"""A smooth line through points that never swings beyond them (monotone cubic, as Bézier)."""

from collections.abc import Sequence
from itertools import pairwise

from alumni_portal.core.charts.paper import Point

SAMPLES = 40


def _slopes(points: Sequence[Point]) -> list[float]:
    steps = [(b.y - a.y) / (b.x - a.x) if b.x > a.x else 0.0 for a, b in pairwise(points)]
    middle = [_mean(before, after) for before, after in pairwise(steps)]
    if not middle:
        return [steps[0], steps[0]]
    return [_end(steps[0], middle[0]), *middle, _end(steps[-1], middle[-1])]


def _end(step: float, neighbour: float) -> float:
    """Return the slope at an end of the line, steeper than its chord when the line bends."""
    return 2 * step - neighbour


def _mean(before: float, after: float) -> float:
    """Return the harmonic mean, and level at every peak and valley (Fritsch and Butland)."""
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)


def beziers(points: Sequence[Point]) -> list[tuple[Point, Point, Point, Point]]:
    """Return one cubic per pair of neighbours: start, two handles, end. Needs growing x."""
    slopes = _slopes(points)
    found = []
    for (a, b), (rise, fall) in zip(pairwise(points), pairwise(slopes), strict=True):
        third = (b.x - a.x) / 3
        found.append(
            (a, Point(a.x + third, a.y + rise * third), Point(b.x - third, b.y - fall * third), b)
        )
    return found


def path(cubics: Sequence[tuple[Point, Point, Point, Point]]) -> str:
    """Return the `d` of an SVG path for neighbouring cubics."""
    if not cubics:
        return ""
    start = cubics[0][0]
    curves = (" ".join(f"{p.x:.1f} {p.y:.1f}" for p in cubic[1:]) for cubic in cubics)
    return f"M{start.x:.1f} {start.y:.1f}" + "".join(f"C{curve}" for curve in curves)


def sampled(cubics: Sequence[tuple[Point, Point, Point, Point]]) -> list[Point]:
    """Return points along the curve, close enough to keep text off it."""
    return [_at(cubic, n / SAMPLES) for cubic in cubics for n in range(SAMPLES + 1)]


def _at(cubic: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x = sum(w * p.x for w, p in zip(weights, cubic, strict=True))
    return Point(x, sum(w * p.y for w, p in zip(weights, cubic, strict=True)))
