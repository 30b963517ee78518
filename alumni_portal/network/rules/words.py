"""Words of the directory: what is indexed, and what somebody may have meant to type."""

import re
from collections.abc import Iterable
from datetime import date

from alumni_portal.core.text import clean_line, normalise, words

LONGEST_WORD = 40
MOST_SKILLS = 40
LONGEST_SKILL = 60
#: Shorter words have too many neighbours to guess from.
SHORTEST_GUESS = 4

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BETWEEN = re.compile(r"[,;\n]+")


def tokens_of(texts: Iterable[str]) -> set[str]:
    """Return the normalised words by which texts are found."""
    return {word[:LONGEST_WORD] for text in texts for word in words(text)}


def years_of(times: Iterable[tuple[date, date | None]], *, today: date) -> set[str]:
    """Return the years in which somebody worked here, as words: `elkraft 2015` finds them."""
    return {
        str(year)
        for begins, ends in times
        for year in range(begins.year, (ends.year if ends else today.year) + 1)
    }


def one_edit_away(word: str) -> set[str]:
    """Return every word that one slip of the finger turns into this one."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + sign + b[1:] for a, b in cuts if b for sign in _LETTERS}
    added = {a + sign + b for a, b in cuts for sign in _LETTERS}
    return (left_out | swapped | other | added) - {word, ""}


def skill_names(typed: str) -> list[str]:
    """Return the skills of a text with commas between, each once, as first written."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(typed):
        name = clean_line(part)[:LONGEST_SKILL].strip()
        if normalise(name):
            found.setdefault(normalise(name), name)
    return list(found.values())[:MOST_SKILLS]
