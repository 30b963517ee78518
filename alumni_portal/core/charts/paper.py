"""Boxes of text on a drawing, and how points and labels keep clear of one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: Width of an average letter as a share of the font size, with some air.
LETTER = 0.53


class Point(NamedTuple):
    """A place on the paper; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A rectangle that something fills."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes share any paper."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, point: Point) -> bool:
        """Say whether a point lies inside."""
        return self.left < point.x < self.right and self.top < point.y < self.bottom

    def within(self, outer: "Box") -> bool:
        """Say whether the whole box lies inside another."""
        across = outer.left <= self.left and self.right <= outer.right
        return across and outer.top <= self.top and self.bottom <= outer.bottom


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is in the portal's font."""
    return len(text) * size * LETTER


def shortened(text: str, most: int) -> str:
    """Return the text with at most so many letters, cut at a word when it can be."""
    if len(text) <= most:
        return text
    cut = text[: most - 1].rstrip()
    whole_words = cut.rpartition(" ")[0].rstrip(" ,–-")
    return f"{whole_words if len(whole_words) > most // 2 else cut}…"


def anchored(x: float, width: float, anchor: str) -> tuple[float, float]:
    """Return the left and right edge of a text set at x with an SVG text-anchor."""
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, left + width


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return sorted places moved as little as needed to lie `gap` apart between low and high.

    When they cannot all have that gap they share the room evenly.
    """
    if not places:
        return []
    room = (high - low) / max(len(places) - 1, 1)
    gap = min(gap, room)
    moved: list[float] = []
    for place in places:
        least = moved[-1] + gap if moved else low
        moved.append(max(place, least))
    most = high
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], most)
        most = moved[index] - gap
    return [round(place, 2) for place in moved]


def is_clear(box: Box, taken: Iterable[Box], line: Iterable[Point] = ()) -> bool:
    """Say whether nothing lies where the box would."""
    return not any(box.meets(other) for other in taken) and not any(map(box.holds, line))
