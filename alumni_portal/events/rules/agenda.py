"""The agenda of an event, as it is written: one point a line."""

import re
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Point:
    """One point of an agenda: when, what, and perhaps who or where; or the name of a day."""

    at: time | None
    what: str
    more: str = ""


_POINT = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\s+(?P<what>[^|]*[^|\s])(\s*\|\s*(?P<more>.*))?"
)


def agenda_of(written: str) -> list[Point]:
    """Return the points of an agenda, one a line: `08.00 Luleå på rekordtid | Karin Öhman`.

    A line that ends with a colon names the day that the points after it are of: `Fredag:`. Lines
    that are neither are left out; `wrong_line` names the first of them.
    """
    return [one for one in map(_point, written.splitlines()) if one is not None]


def _point(line: str) -> Point | None:
    line = line.strip()
    one = _POINT.fullmatch(line)
    if one:
        at = time(int(one["hour"]), int(one["minute"]))
        return Point(at, one["what"], (one["more"] or "").strip())
    is_day = line.endswith(":") and line.rstrip(": ")
    return Point(None, line.rstrip(": ")) if is_day else None


def wrong_line(written: str) -> int | None:
    """Return the number of the first line of an agenda that is no point, or nothing."""
    for number, line in enumerate(map(str.strip, written.splitlines()), 1):
        if line and _point(line) is None:
            return number
    return None
