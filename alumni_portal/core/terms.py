"""Terms: words as the search compares them, made the same way for index and query."""

from collections.abc import Iterable
from typing import NamedTuple

from alumni_portal.core.text import stem, words, written_words

LONGEST_TERM = 40
#: From so many letters on, a word is also looked for inside longer ones: chef in butikschef.
SHORTEST_PART = 4


class Term(NamedTuple):
    """One word as it is indexed (the stem) and as it was written, without and with accents."""

    term: str
    plain: str
    written: str


def terms_of(texts: Iterable[str]) -> list[Term]:
    """Return the terms of texts in order."""
    return [term for text in texts for word in written_words(text) for term in _terms(word)]


def _terms(word: str) -> list[Term]:
    plain = words(word)
    if len(plain) != 1:  # a script we cannot fold, or signs inside the word
        return [Term(*(one[:LONGEST_TERM],) * 3) for one in plain]
    stems = words(stem(word)) or plain
    return [Term(stems[0][:LONGEST_TERM], plain[0][:LONGEST_TERM], word[:LONGEST_TERM])]


def is_inside(part: Term, term: str, plain: str) -> bool:
    """Say whether a word is this one, or holds it as a part: chef in butikschef.

    Without accents the ending may stay on, so the word as typed is tried beside its stem.
    """
    if term in {part.term, part.plain}:
        return True
    in_stem = len(part.term) >= SHORTEST_PART and part.term in term
    return in_stem or (len(part.plain) >= SHORTEST_PART and part.plain in plain)
