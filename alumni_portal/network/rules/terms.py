"""What somebody who types a word may mean, seen from the words that people have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from alumni_portal.core.terms import Term, is_inside, terms_of
from alumni_portal.network.rules.words import SHORTEST_GUESS, one_edit_away

#: From so many letters on, a word that nobody has is taken for the beginning of one.
SHORTEST_BEGINNING = 2
MOST_WORDS = 8
LONGEST_TEXT = 200
#: A term that ends like this stands for every word that begins with it.
BEGINNING = "*"


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


def typed_terms(text: str) -> list[Term]:
    """Return the first terms of what somebody typed, each once."""
    return list(dict.fromkeys(terms_of([text[:LONGEST_TEXT]])))[:MOST_WORDS]


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
