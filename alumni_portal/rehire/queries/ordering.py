"""Pages of hits by keyset, in each of the orders: the next page begins after the last one shown."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alumni_portal.core.paging import decode, encode
from alumni_portal.rehire.queries.columns import Columns, Places
from alumni_portal.rehire.rules import Order

SIZE = 25
_ID = 32  # bits
Points = NDArray[np.int64]
Keys = NDArray[np.int64]


@dataclass(frozen=True)
class PlacesPage:
    """Where those stand who are on one page, with the marks of the pages around."""

    places: Places
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Cut:
    """Which page: after a mark, before one, or the first."""

    after: str | None = None
    before: str | None = None
    size: int = SIZE


def page_of(
    columns: Columns, hits: Places, order: Order, points: Callable[[], Points], cut: Cut
) -> PlacesPage:
    """Return one page of hits. A mark of another order counts as the first page."""
    if order is Order.NAME:
        hits = hits[np.lexsort((columns["ids"][hits], columns["name"][hits]))]
        keys = 2 * np.arange(len(hits), dtype=np.int64)
        start, end = (_name_key(columns, hits, mark) for mark in (cut.after, cut.before))
    else:
        keys = _keys(columns, hits, order, points)
        start, end = (_key(order, mark) for mark in (cut.after, cut.before))
    backwards = end is not None
    left = _left(keys, start, end)
    some = _first(keys, left, cut.size + 1, backwards=backwards)
    more, chosen = len(some) > cut.size, some[: cut.size]
    if backwards:
        chosen = chosen[::-1]
    found = hits[chosen]
    has_next = len(found) > 0 and (more or backwards)
    has_previous = len(found) > 0 and (more if backwards else start is not None)
    return PlacesPage(
        found,
        _mark(columns, found[-1], keys[chosen[-1]], order) if has_next else None,
        _mark(columns, found[0], keys[chosen[0]], order) if has_previous else None,
    )


def _keys(columns: Columns, hits: Places, order: Order, points: Callable[[], Points]) -> Keys:
    """Return one number per hit that sorts as (value falling, id rising)."""
    values: dict[Order, Callable[[], Points]] = {
        Order.ANSWERED: lambda: columns["answered"][hits].astype(np.int64),
        Order.TENURE: lambda: columns["days_here"][hits].astype(np.int64),
        Order.POINTS: points,
    }
    keys: Keys = (-values[order]() << _ID) + columns["ids"][hits].astype(np.int64)
    return keys


def _left(keys: Keys, start: int | None, end: int | None) -> Places:
    if end is not None:
        return np.flatnonzero(keys < end)
    return np.arange(len(keys)) if start is None else np.flatnonzero(keys > start)


def _first(keys: Keys, left: Places, number: int, *, backwards: bool) -> Places:
    """Return where the first of those that are left stand, in order, without sorting them all."""
    wanted = -keys[left] if backwards else keys[left]
    if len(left) > number:
        some = np.argpartition(wanted, number - 1)[:number]
        left, wanted = left[some], wanted[some]
    return left[np.argsort(wanted, kind="stable")]


def _mark(columns: Columns, place: np.intp, key: np.int64, order: Order) -> str:
    if order is Order.NAME:
        name = bytes(columns["name"][place]).decode("latin-1")
        return encode([str(order), name, int(columns["ids"][place])])
    return encode([str(order), int(key)])


def _key(order: Order, mark: str | None) -> int | None:
    key = decode(mark)
    if key is None or len(key) != 2 or key[0] != order or not isinstance(key[1], int):
        return None
    return key[1]


def _name_key(columns: Columns, hits: Places, mark: str | None) -> int | None:
    """Return where a name stands, or would stand, among sorted hits, counted in halves.

    Nothing for a mark that is not ours.
    """
    key = decode(mark)
    if key is None or len(key) != 3 or key[0] != Order.NAME:
        return None
    name, person_id = key[1], key[2]
    if not isinstance(name, str) or not isinstance(person_id, int):
        return None
    try:
        wanted = np.bytes_(name.encode("latin-1"))
    except UnicodeEncodeError:
        return None
    names, ids = columns["name"][hits], columns["ids"][hits]
    ahead = int(np.count_nonzero((names < wanted) | ((names == wanted) & (ids < person_id))))
    is_here = bool(np.any((names == wanted) & (ids == person_id)))
    return 2 * ahead - (0 if is_here else 1)
