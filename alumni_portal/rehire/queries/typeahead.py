"""Words to choose from while typing: roles, skills, units and places of who can be found now.

No names: a letter typed by chance would look at people whom nobody searched for.
"""

from functools import lru_cache

import numpy as np

from alumni_portal.core.text import words
from alumni_portal.rehire.queries.columns import Codes, Columns, current

MOST = 8
LONGEST = 60
SHORTEST = 2


def suggestions(typed: str) -> list[str]:
    """Return what may be meant by a beginning, the most common first.

    What was typed before the last word stays, unless a suggestion says all of it.
    """
    begun = words(typed[:LONGEST])
    if not begun or len(begun[-1]) < SHORTEST:
        return []
    known = _known()
    whole = [label for label, here in known if _says(here, begun)]
    last = [label for label, here in known if _says(here, begun[-1:])]
    head = typed[:LONGEST].rstrip().rpartition(" ")[0]
    found = whole + ([f"{head} {label}" for label in last if label not in whole] if head else [])
    return found[:MOST]


def _known() -> list[tuple[str, list[str]]]:
    """Return every word that may be suggested, with its parts, the most common first."""
    columns = current()
    counted: dict[str, int] = {}
    with columns.lock:
        columns.refresh()
        pool = np.flatnonzero(columns.standing())
        for codes, name in _lists(columns):
            counts = np.bincount(columns[name][pool].ravel(), minlength=len(codes))
            for code in np.flatnonzero(counts):
                if code:
                    counted[codes.labels[code]] = int(counts[code])
    labels = sorted(counted, key=lambda label: (-counted[label], label))
    return [(label, _parts(label)) for label in labels]


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


def _says(here: list[str], begun: list[str]) -> bool:
    """Say whether every word but the last is here, and the last one begins a word here."""
    *whole, last = begun
    return set(whole) <= set(here) and any(word.startswith(last) for word in here)
