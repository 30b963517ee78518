"""The timeline of a case: from the first moment to the last day, and dotted beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alumni_portal.core.charts.paper import Box, anchored, apart, is_clear, text_width

#: The drawing is given in per cent across; text is measured on paper this wide, the narrowest
#: at which the wide drawing is shown.
PAPER = 704.0
LEFT, RIGHT = 3.0, 97.0
GAP = 2.6
#: Where the last day stands when something comes after it, and how far away that begins.
TURN, AFTER = 87.0, 4.0
FONT = 13
#: First baseline of each place for a label: near above, near below, far above, far below.
NEAR, FAR = (-36.0, 28.0), (-76.0, 68.0)


@dataclass(frozen=True)
class Moment:
    """Something that happens on a day. `when` is the day as it is written on the page."""

    day: date
    when: str
    title: str
    is_done: bool = False


@dataclass(frozen=True)
class Stop:
    """A moment on the line with its label; the label stands on `rows` of two lines each."""

    moment: Moment
    x: float
    kind: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class CasePath:
    """The line: behind us, before us, and dotted after the last day."""

    stops: tuple[Stop, ...]
    y: float
    height: float
    gone: tuple[float, float] | None
    left: tuple[float, float] | None
    after: tuple[float, float] | None


def case_path(moments: Sequence[Moment], *, today: Moment, last_day: date) -> CasePath:
    """Return the drawing of a case. `today` is drawn among the moments as where we are now."""
    ordered = sorted([*moments, today], key=lambda moment: (moment.day, moment is today))
    across = _across(ordered, last_day)
    labels = _labels(ordered, across)
    is_tall = any(abs(y) > 40 for _x, y, _anchor in labels)
    line = 96.0 if is_tall else 56.0
    stops = tuple(
        Stop(moment, x, _kind(moment, today), at, line + y, anchor)
        for moment, x, (at, y, anchor) in zip(ordered, across, labels, strict=True)
    )
    here = across[ordered.index(today)]
    final = max((s.x for s in stops if s.moment.day <= last_day), default=LEFT)
    return CasePath(
        stops,
        line,
        2 * line,
        (LEFT, min(here, final)) if here > LEFT else None,
        (here, final) if here < final else None,
        (max(here, final) if here > final else final, across[-1]) if across[-1] > final else None,
    )


def _kind(moment: Moment, today: Moment) -> str:
    if moment is today:
        return "now"
    return "done" if moment.is_done else "later"


def _across(moments: Sequence[Moment], last_day: date) -> list[float]:
    """Return the places by time; what comes after the last day has the end of the line."""
    before = [moment for moment in moments if moment.day <= last_day]
    after = [moment for moment in moments if moment.day > last_day]
    if not before or not after:
        return _spread(moments, LEFT, RIGHT)
    return [*_spread(before, LEFT, TURN), *_spread(after, TURN + AFTER, RIGHT)]


def _spread(moments: Sequence[Moment], low: float, high: float) -> list[float]:
    if len(moments) == 1:
        return [high]
    first, whole = moments[0].day, (moments[-1].day - moments[0].day).days
    wished = [low + (high - low) * ((m.day - first).days / whole if whole else 0) for m in moments]
    return apart(wished, GAP, low, high)


def _labels(moments: Sequence[Moment], across: Sequence[float]) -> list[tuple[float, float, str]]:
    taken: list[Box] = []
    found = []
    for n, (moment, x) in enumerate(zip(moments, across, strict=True)):
        near = NEAR if n % 2 else NEAR[::-1]
        far = FAR if n % 2 else FAR[::-1]
        place, box = _first_free(moment, x, (*near, *far), taken)
        taken.append(box)
        found.append(place)
    return found


def _first_free(
    moment: Moment, x: float, rows: Sequence[float], taken: Sequence[Box]
) -> tuple[tuple[float, float, str], Box]:
    width = max(text_width(moment.when, FONT), text_width(moment.title, FONT - 1))
    at = x * PAPER / 100
    fits = [a for a in ("middle", "start", "end") if _fits(at, width, a)] or ["middle"]
    tries = [(row, anchor) for row in rows for anchor in fits]
    for row, anchor in tries:
        box = _box(at, row, width, anchor)
        if is_clear(box, taken):
            return (x, row, anchor), box
    row, anchor = tries[-1]
    return (x, row, anchor), _box(at, row, width, anchor)


def _fits(at: float, width: float, anchor: str) -> bool:
    left, right = anchored(at, width, anchor)
    return left >= 0 and right <= PAPER


def _box(at: float, row: float, width: float, anchor: str) -> Box:
    left, right = anchored(at, width, anchor)
    return Box(left - 5, row - 12, right + 5, row + 20)
