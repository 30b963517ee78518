"""The timeline of a case: from the first moment to the last day, and dotted beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alumni_portal.core.charts.paper import Box, anchored, apart, is_clear, text_width

#: The drawing is given in per cent across; text is measured on paper this wide, the narrowest
#: at which the wide drawing is shown.
PAPER = 704.0
LEFT, RIGHT = 3.0, 97.0
#: How far apart neighbouring dots may come to lie; more when their labels would touch.
GAPS = (2.6, 4.0, 6.0, 8.0, 10.0, 14.0)
#: Where the last day stands when something comes after it, and how far away that begins.
TURN, AFTER = 87.0, 4.0
FONT = 13
#: First baseline of each place for a label: near above, near below, far above, far below.
NEAR, FAR = (-36.0, 28.0), (-76.0, 68.0)
#: Room above or below the line for one row of labels, and for two.
SHORT, TALL = 56.0, 96.0


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
    across, labels = _settled(ordered, last_day)
    rows = {row for _x, row, _anchor in labels}
    line = TALL if FAR[0] in rows else SHORT
    stops = tuple(
        Stop(moment, x, _kind(moment, today), at, line + y, anchor)
        for moment, x, (at, y, anchor) in zip(ordered, across, labels, strict=True)
    )
    here = across[ordered.index(today)]
    final = max((s.x for s in stops if s.moment.day <= last_day), default=LEFT)
    return CasePath(
        stops,
        line,
        line + (TALL if FAR[1] in rows else SHORT),
        (LEFT, min(here, final)) if here > LEFT else None,
        (here, final) if here < final else None,
        (max(here, final) if here > final else final, across[-1]) if across[-1] > final else None,
    )


def _kind(moment: Moment, today: Moment) -> str:
    if moment is today:
        return "now"
    return "done" if moment.is_done else "later"


def _settled(
    moments: Sequence[Moment], last_day: date
) -> tuple[list[float], list[tuple[float, float, str]]]:
    """Return places and labels, with the dots only as far from their days as the labels need."""
    for gap in GAPS[:-1]:
        across = _across(moments, last_day, gap)
        labels, are_clear = _labels(moments, across)
        if are_clear:
            return across, labels
    across = _across(moments, last_day, GAPS[-1])
    return across, _labels(moments, across)[0]


def _across(moments: Sequence[Moment], last_day: date, gap: float) -> list[float]:
    """Return the places by time; what comes after the last day has the end of the line."""
    before = [moment for moment in moments if moment.day <= last_day]
    after = [moment for moment in moments if moment.day > last_day]
    if not before or not after:
        return _spread(moments, LEFT, RIGHT, gap)
    return [*_spread(before, LEFT, TURN, gap), *_spread(after, TURN + AFTER, RIGHT, gap)]


def _spread(moments: Sequence[Moment], low: float, high: float, gap: float) -> list[float]:
    if len(moments) == 1:
        return [high]
    first, whole = moments[0].day, (moments[-1].day - moments[0].day).days
    wished = [low + (high - low) * ((m.day - first).days / whole if whole else 0) for m in moments]
    return apart(wished, gap, low, high)


def _labels(
    moments: Sequence[Moment], across: Sequence[float]
) -> tuple[list[tuple[float, float, str]], bool]:
    taken: list[Box] = []
    found = []
    are_clear = True
    for n, (moment, x) in enumerate(zip(moments, across, strict=True)):
        step = 1 if n % 2 else -1
        (row, anchor, box), is_free = _first_free(moment, x, (*NEAR[::step], *FAR[::step]), taken)
        are_clear = are_clear and is_free
        taken.append(box)
        found.append((x, row, anchor))
    return found, are_clear


def _first_free(
    moment: Moment, x: float, rows: Sequence[float], taken: Sequence[Box]
) -> tuple[tuple[float, str, Box], bool]:
    width = max(text_width(moment.when, FONT), text_width(moment.title, FONT - 1))
    at = x * PAPER / 100
    anchors = [a for a in ("middle", "start", "end") if _fits(at, width, a)] or ["middle"]
    tries = [(row, anchor, _box(at, row, width, anchor)) for row in rows for anchor in anchors]
    free = [place for place in tries if is_clear(place[2], taken)]
    return (free[0], True) if free else (tries[0], False)


def _fits(at: float, width: float, anchor: str) -> bool:
    left, right = anchored(at, width, anchor)
    return left >= 0 and right <= PAPER


def _box(at: float, row: float, width: float, anchor: str) -> Box:
    left, right = anchored(at, width, anchor)
    return Box(left - 5, row - 12, right + 5, row + 20)
