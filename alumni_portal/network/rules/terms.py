"""Terms of the search: what is indexed, and what somebody who types a word may mean."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from alumni_portal.core.text import stem, words, written_words
from alumni_portal.network.rules.words import LONGEST_WORD, SHORTEST_GUESS, one_edit_away

#: From so many letters on, a word is also looked for inside longer ones: chef in butikschef.
SHORTEST_PART = 4
#: From so many letters on, a word that nobody has is taken for the beginning of one.
SHORTEST_BEGINNING = 2
MOST_WORDS = 8
LONGEST_TEXT = 200
#: A term that ends like this stands for every word that begins with it.
BEGINNING = "*"


class Term(NamedTuple):
    """One word as it is indexed (the stem) and as it was written, without and with accents."""

    term: str
    plain: str
    written: str


@dataclass(frozen=True)
class Known:
    """A word of the vocabulary and how many people have it."""

    term: str
    plain: str
    written: str
    n: int


@dataclass(frozen=True)
class Meant:
    """What a typed word stands for: any of these terms; nothing when nobody has such a word."""

    typed: Term
    terms: tuple[str, ...]
    #: The word that was searched instead, when nobody has the typed one.
    instead: str = ""


def terms_of(texts: Iterable[str]) -> list[Term]:
    """Return the terms of texts in order: the one making of words for index and query."""
    return [term for text in texts for word in written_words(text) for term in _terms(word)]


def _terms(word: str) -> list[Term]:
    plain = words(word)
    if len(plain) != 1:  # a script we cannot fold, or signs inside the word
        return [Term(*(one[:LONGEST_WORD],) * 3) for one in plain]
    stems = words(stem(word)) or plain
    return [Term(stems[0][:LONGEST_WORD], plain[0][:LONGEST_WORD], word[:LONGEST_WORD])]


def typed_terms(text: str) -> list[Term]:
    """Return the first terms of what somebody typed, each once."""
    return list(dict.fromkeys(terms_of([text[:LONGEST_TEXT]])))[:MOST_WORDS]


def is_inside(part: Term, term: str, plain: str) -> bool:
    """Say whether a word is this one, or holds it as a part: chef in butikschef.

    Without accents the ending may stay on, so the word as typed is tried beside its stem.
    """
    if term in {part.term, part.plain}:
        return True
    in_stem = len(part.term) >= SHORTEST_PART and part.term in term
    return in_stem or (len(part.plain) >= SHORTEST_PART and part.plain in plain)


def meanings(typed: Iterable[Term], known: Collection[Known]) -> list[Meant]:
    """Return what typed words stand for among known words that hold them or begin with them."""
    return [_meaning(one, known) for one in typed]


def _meaning(one: Term, known: Collection[Known]) -> Meant:
    found = sorted(word.term for word in known if is_inside(one, word.term, word.plain))
    if not found and len(one.plain) >= SHORTEST_BEGINNING:
        begun = any(word.plain.startswith(one.plain) for word in known)
        found = [one.plain + BEGINNING] if begun else []
    return Meant(one, tuple(found))


def slips_of(one: Term) -> set[str]:
    """Return the words one slip of the finger away from a typed word that nobody has."""
    if len(one.plain) < SHORTEST_GUESS:
        return set()
    return one_edit_away(one.plain) | one_edit_away(one.term)


def corrected(one: Meant, known: Mapping[str, Known]) -> Meant:
    """Return what a word that nobody has was most likely meant to be: the most common neighbour.

    `known` holds words of the vocabulary by their term and by their plain form.
    """
    near = {known[slip] for slip in slips_of(one.typed) if slip in known}
    if not near:
        return one
    best = min(near, key=lambda word: (-word.n, word.term))
    return Meant(one.typed, (best.term,), best.written)
