"""The career line as the midnight sun's path: above the horizon with us, below it elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import pi, sin

from alumni_portal.core.charts.curve import beziers, path, sampled
from alumni_portal.core.charts.paper import (
    Box,
    Point,
    anchored,
    apart,
    is_clear,
    shortened,
    text_width,
)
from alumni_portal.core.charts.stays import Stay, Stretch, stretches

FONT = 13


@dataclass(frozen=True)
class Frame:
    """The paper: where the line may run and where text may stand."""

    name: str
    first: float
    today: float
    after: float
    horizon: float
    peak: float
    valley: float
    sun: float
    text: Box
    gap: float
    most_letters: int
    most_marks: int


WIDE = Frame("wide", 52, 596, 72, 384, 144, 42, 17, Box(16, 186, 740, 456), 92, 28, 5)
NARROW = Frame("narrow", 26, 296, 46, 232, 140, 30, 13, Box(8, 42, 350, 292), 62, 17, 4)


@dataclass(frozen=True)
class Turn:
    """A moment at which the line turns or is marked."""

    day: date
    up: float
    with_us: bool
    title: str | None = None
    is_exit: bool = False


@dataclass(frozen=True)
class Stroke:
    """One piece of the line and the class that colours it."""

    css: str
    d: str


@dataclass(frozen=True)
class Dot:
    """One marked moment."""

    x: float
    y: float
    css: str


@dataclass(frozen=True)
class Label:
    """Two lines of text: the year and, below it, what began."""

    x: float
    y: float
    anchor: str
    year: str
    title: str


@dataclass(frozen=True)
class Wish:
    """A label that wants a place, `clear` of its point."""

    year: str
    title: str
    point: Point
    clear: float


@dataclass(frozen=True)
class Sky:
    """Everything that the sky shows."""

    frame: Frame
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    sun: Point
    is_up: bool


def career_sky(
    stays: Sequence[Stay], *, today: date, now: str, away: str = "", frame: Frame = WIDE
) -> Sky | None:
    """Return the sky of a career, or nothing for somebody who has not begun.

    `now` is the word at the sun (I dag), `away` what stands at the last departure.
    """
    times = stretches(stays, today)
    if not times or times[0].begins >= today:
        return None
    turns = _fewer(_turns(times, today, away), frame.most_marks)
    points = _placed(turns, frame)
    cubics = beziers(points)
    sun = points[-1]
    labels = _labels(turns, points, now, frame)
    dots = tuple(
        Dot(point.x, point.y, "dot-off" if turn.is_exit else "dot-on")
        for turn, point in zip(turns[:-1], points[:-1], strict=True)
        if turn.title is not None
    )
    goes_on = times[-1].goes_on
    return Sky(frame, (*_strokes(turns, cubics), _next(sun, frame)), dots, labels, sun, goes_on)


def _turns(times: Sequence[Stretch], today: date, away: str) -> list[Turn]:
    longest = max((t.ends - t.begins).days for t in times) or 1
    found: list[Turn] = []
    for index, time in enumerate(times):
        last = index == len(times) - 1
        found += _arc(time, 0.6 + 0.4 * (time.ends - time.begins).days / longest)
        until = today if last else times[index + 1].begins
        if last and time.goes_on:
            found.append(Turn(today, 0.92, with_us=True))
            break
        found.append(Turn(time.ends, 0.3, with_us=False, title=away if last else "", is_exit=True))
        found.append(Turn(time.ends + (until - time.ends) / 2, -1, with_us=False))
        if last:
            found.append(Turn(today, 0.04, with_us=True))
    return found


def _arc(time: Stretch, height: float) -> list[Turn]:
    whole = max((time.ends - time.begins).days, 1)
    shares = [(role, (role.begins - time.begins).days / whole) for role in time.roles]
    found = [
        Turn(role.begins, _up(share, height, time), with_us=True, title=role.title)
        for role, share in shares
    ]
    if not time.goes_on and not any(0.25 <= share <= 0.75 for _role, share in shares):
        found.append(Turn(time.begins + (time.ends - time.begins) / 2, height, with_us=True))
    return sorted(found, key=lambda turn: turn.day)


def _up(share: float, height: float, time: Stretch) -> float:
    """Return how high the sun stands: still rising in a time that goes on."""
    risen = share / 2 if time.goes_on else min(share, 1)
    return 0.42 + (height - 0.42) * sin(pi * risen)


def _fewer(turns: Sequence[Turn], most: int) -> list[Turn]:
    """Keep the words of the first moment, the last departure and the latest in between."""
    named = [n for n, turn in enumerate(turns[:-1]) if turn.title is not None]
    exits = [n for n in named if turns[n].is_exit][-1:]
    middle = [n for n in named[1:] if n not in exits and turns[n].title]
    room = max(most - 1 - len(exits), 0)
    kept = {*named[:1], *exits, *middle[max(len(middle) - room, 0) :]}
    return [
        turn if turn.title is None or n in kept else replace(turn, title=None)
        for n, turn in enumerate(turns)
        if turn.title is None or n in kept or turn.is_exit or _opens(turns, n)
    ]


def _opens(turns: Sequence[Turn], n: int) -> bool:
    return n == 0 or not turns[n - 1].with_us


def _placed(turns: Sequence[Turn], frame: Frame) -> list[Point]:
    first, whole = turns[0].day, max((turns[-1].day - turns[0].day).days, 1)
    width = frame.today - frame.first
    wished = [frame.first + width * (turn.day - first).days / whole for turn in turns]
    gap = min(frame.gap, width / max(len(turns) - 1, 1) * 0.8)
    across = apart(wished, gap, frame.first, frame.today)
    return [
        Point(x, round(frame.horizon - turn.up * (frame.peak if turn.up > 0 else frame.valley), 1))
        for x, turn in zip(across, turns, strict=True)
    ]


def _strokes(
    turns: Sequence[Turn], cubics: Sequence[tuple[Point, Point, Point, Point]]
) -> list[Stroke]:
    found: list[Stroke] = []
    run: list[tuple[Point, Point, Point, Point]] = []
    for n, (turn, cubic) in enumerate(zip(turns, cubics, strict=False)):
        run.append(cubic)
        if n + 1 == len(cubics) or turns[n + 1].with_us != turn.with_us:
            found.append(Stroke("path-on" if turn.with_us else "path-off", path(run)))
            run = []
    return found


def _next(sun: Point, frame: Frame) -> Stroke:
    """Return the dotted line of a possible return."""
    x, y = sun.x + frame.sun * 0.5, sun.y - frame.sun * 0.75
    end = Point(sun.x + frame.after, sun.y - frame.after * 1.1)
    start, rise, fall = Point(x, y), Point(x + 16, y - 24), Point(end.x - 28, end.y + 20)
    return Stroke("path-next", path([(start, rise, fall, end)]))


def _labels(
    turns: Sequence[Turn], points: Sequence[Point], now: str, frame: Frame
) -> tuple[Label, ...]:
    line = sampled(beziers(points))
    sun = points[-1]
    taken = [Box(sun.x - frame.sun, sun.y - frame.sun, sun.x + frame.sun, sun.y + frame.sun)]
    found: list[Label] = []
    marked = [(t, p) for t, p in zip(turns, points, strict=True) if t.title is not None]
    wishes = [Wish(now, "", sun, frame.sun + 8)]
    wishes += [
        Wish(str(turn.day.year), shortened(turn.title or "", frame.most_letters), point, 8)
        for turn, point in marked
    ]
    for wish in wishes:
        label = _set(wish, taken, line, frame)
        label = label or _set(replace(wish, title=""), taken, line, frame)
        if label:
            found.append(label)
            taken.append(_box(label))
    return tuple(found)


def _box(label: Label) -> Box:
    width = max(text_width(label.year, FONT + 1), text_width(label.title, FONT))
    left, right = anchored(label.x, width, label.anchor)
    return Box(left - 4, label.y - 16, right + 4, label.y + (25 if label.title else 7))


def _set(wish: Wish, taken: Sequence[Box], line: Sequence[Point], frame: Frame) -> Label | None:
    """Return the label in the first place around its point where nothing else stands."""
    for x, y, anchor in _places(wish):
        label = Label(round(x, 1), round(y, 1), anchor, wish.year, wish.title)
        box = _box(label)
        if box.within(frame.text) and is_clear(box, taken, line):
            return label
    return None


def _places(wish: Wish) -> tuple[tuple[float, float, str], ...]:
    point, clear = wish.point, wish.clear
    above, below = point.y - clear - 8 - (18 if wish.title else 0), point.y + clear + 18
    return (
        (point.x, above, "middle"),
        (point.x + clear + 4, point.y - 6, "start"),
        (point.x - 8, below, "start"),
        (point.x, below, "middle"),
        (point.x - clear, above, "start"),
        (point.x + clear, above, "end"),
        (point.x + clear + 8, above, "start"),
        (point.x - clear - 4, point.y - 6, "end"),
    )
