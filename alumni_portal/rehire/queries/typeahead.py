"""Words to choose from while typing: roles, skills, units and places of who can be found now.

No names: a letter typed by chance would look at people whom nobody searched for.
"""

import numpy as np

from alumni_portal.core.text import words
from alumni_portal.rehire.queries.columns import Codes, Columns, current

MOST = 8
SHORTEST = 2


def suggestions(typed: str) -> list[str]:
    """Return what may be meant by a beginning, the most common first."""
    begun = words(typed[:60])
    if not begun or len(begun[-1]) < SHORTEST:
        return []
    columns = current()
    with columns.lock:
        columns.refresh()
        pool = np.flatnonzero(columns.standing())
        counted = [
            (int(count), label)
            for codes, name in _lists(columns)
            for count, label in _counted(codes, np.bincount(columns[name][pool].ravel()), begun)
        ]
    best = sorted({label: count for count, label in counted}.items(), key=lambda i: (-i[1], i[0]))
    return [label for label, _count in best[:MOST]]


def _lists(columns: Columns) -> list[tuple[Codes, str]]:
    return [
        (columns.titles, "titles"),
        (columns.skills, "skills"),
        (columns.units, "units"),
        (columns.cities, "city"),
    ]


def _counted(codes: Codes, counts: np.ndarray, begun: list[str]) -> list[tuple[int, str]]:
    return [
        (int(counts[code]), codes.labels[code])
        for code in np.flatnonzero(counts)
        if code and _begins(words(codes.labels[code]), begun)
    ]


def _begins(here: list[str], begun: list[str]) -> bool:
    """Say whether every word but the last is here, and the last one begins a word here."""
    *whole, last = begun
    return set(whole) <= set(here) and any(word.startswith(last) for word in here)
