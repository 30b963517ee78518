"""What in a text may give somebody away: days, months, and words that may be somebody's name (A9).

A machine finds only the plain cases. The second person who reads the text finds the others.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise

_MONTH = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    "|january|february|march|may|june|july|august|october"
)
#: A month alone is said only when it is surely one: "may" and "march" are words of their own.
_DATES = re.compile(
    rf"\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b|\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b"
    rf"|\b(?:den\s+)?\d{{1,2}}(?:st|nd|rd|th|:e)?\s+(?:of\s+)?(?:{_MONTH})\b(?:\s+\d{{4}})?"
    rf"|\b(?:{_MONTH})\s+\d{{1,4}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\b(?:i|in)\s+(?:{_MONTH})\b"
    rf"|\b(?:v\.|vecka|week)\s*\d{{1,2}}\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def dates_in(text: str) -> list[str]:
    """Return what in a text is nearer to a day than a quarter, as it is written."""
    return [found.group().strip() for found in _DATES.finditer(text)]


def maybe_names(text: str) -> set[tuple[str, str]]:
    """Return every pair of words side by side that begin with a capital: first and last name."""
    found = list(_WORD.finditer(text))
    return {
        (one.group(), two.group())
        for one, two in pairwise(found)
        if one.group()[0].isupper()
        and two.group()[0].isupper()
        and text[one.end() : two.start()].isspace()
    }


def print_of(words: Mapping[str, str]) -> str:
    """Return a mark of the words, so that nobody approves other words than those that were read."""
    plain = "\0".join(f"{name}={words[name]}" for name in sorted(words))
    return sha256(plain.encode()).hexdigest()[:32]
