"""Words to choose from while typing: roles, skills, units and places of who can be found now.

No names: a letter typed by chance would look at people whom nobody searched for.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from alumni_portal.core.text import words
from alumni_portal.rehire.queries.columns import Codes, Columns, Places, current

MOST = 8
LONGEST = 60
SHORTEST = 2


class Labels:
    """What may be suggested now, the most common first, found by the beginning of any word."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        self._words = [frozenset(_parts(label)) for label in labels]
        self._starts = sorted((word, at) for at, here in enumerate(self._words) for word in here)

    def begun(self, whole: Sequence[str], last: str) -> Iterator[str]:
        """Yield the labels that have all these words and one that begins with the last."""
        wanted = set(whole)
        first = bisect_left(self._starts, (last, 0))
        behind = bisect_left(self._starts, (last + "\U0010ffff", 0))
        for at in sorted({at for _word, at in self._starts[first:behind]}):
            if wanted <= self._words[at]:
                yield self.labels[at]


Mark = tuple[tuple[int, date | None], int]
_kept: WeakKeyDictionary[Columns, tuple[Mark, Labels]] = WeakKeyDictionary()


def suggestions(typed: str) -> list[str]:
    """Return what may be meant by a beginning, the most common first.

    What was typed before the last word stays, unless a suggestion says all of it.
    """
    begun = words(typed[:LONGEST])
    if not begun or len(begun[-1]) < SHORTEST:
        return []
    known = _known()
    found = list(known.begun(begun[:-1], begun[-1]))
    head = typed[:LONGEST].rstrip().rpartition(" ")[0]
    if head:
        said = set(found)
        found += [f"{head} {one}" for one in known.begun([], begun[-1]) if one not in said]
    return found[:MOST]


def _known() -> Labels:
    """Return what may be suggested: gathered anew when a profile, or who can be found, changes."""
    columns = current()
    with columns.lock:
        columns.refresh()
        pool = np.flatnonzero(columns.standing())
        mark = (columns.state, len(pool))
        kept = _kept.get(columns)
        if kept is None or kept[0] != mark:
            kept = _kept[columns] = (mark, Labels(_labels(columns, pool)))
        return kept[1]


def _labels(columns: Columns, pool: Places) -> list[str]:
    counted: dict[str, int] = {}
    for codes, name in _lists(columns):
        counts = np.bincount(columns[name][pool].ravel(), minlength=len(codes))
        for code in np.flatnonzero(counts):
            if code:
                counted[codes.labels[code]] = int(counts[code])
    return sorted(counted, key=lambda label: (-counted[label], label))


@lru_cache(maxsize=16384)
def _parts(label: str) -> list[str]:
    return words(label)


def _lists(columns: Columns) -> list[tuple[Codes, str]]:
    return [
        (columns.titles, "titles"),
        (columns.skills, "skills"),
        (columns.units, "units"),
        (columns.cities, "city"),
    ]
