"""The search once more, slow and obvious, over what is told of a town: what the real one must say.

It goes through everybody for every question. Only the making of terms is shared with the real one.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from alumni_portal.core.terms import Term
from alumni_portal.core.text import normalise
from alumni_portal.network.rules import Known, Meant, corrected, meanings, typed_terms
from alumni_portal.rehire.rules import Facet, Order, Query
from tests.rehire.town import Told

_BEGINNING = "*"


@lru_cache(maxsize=4)
def vocabulary(people: tuple[Told, ...]) -> list[Known]:
    forms: dict[str, Term] = {}
    counts: Counter[str] = Counter()
    for one in people:
        for term, form in one.terms.items():
            counts[term] += 1
            if term not in forms or len(form.plain) < len(forms[term].plain):
                forms[term] = form
    return [Known(*forms[term], counts[term]) for term in sorted(forms)]


def meant(people: tuple[Told, ...], text: str) -> list[Meant]:
    known = vocabulary(people)
    by_form = {form: word for word in known for form in (word.plain, word.term)}
    found = meanings(typed_terms(text), known)
    return [one if one.terms else corrected(one, by_form) for one in found]


def has(one: Told, word: Meant) -> bool:
    for term in word.terms:
        if term.endswith(_BEGINNING):
            if any(mine.startswith(term[:-1]) for mine in one.terms):
                return True
        elif term in one.terms:
            return True
    return False


def values_of(one: Told, facet: Facet) -> list[str]:
    return {
        Facet.ANSWER: [str(one.level)],
        Facet.UNIT: [one.unit.public_id],
        Facet.SKILL: [normalise(name) for name in one.skills],
        Facet.CITY: [normalise(one.city)] if one.city else [],
    }[facet]


def passes(one: Told, query: Query, *, besides: Facet | None = None) -> bool:
    for facet, chosen in query.chosen.items():
        if chosen and facet is not besides and not set(chosen) & set(values_of(one, facet)):
            return False
    first, last = query.left_from or 0, query.left_to or 9999
    return min(first, last) <= one.left.year <= max(first, last)


def found(people: Sequence[Told], query: Query, *, besides: Facet | None = None) -> list[Told]:
    words = meant(tuple(one for one in people if one.has_doc), query.text)
    return [
        one
        for one in people
        if one.is_findable
        and passes(one, query, besides=besides)
        and all(has(one, word) for word in words)
    ]


def counts(people: Sequence[Told], query: Query, facet: Facet) -> dict[str, int]:
    hits = found(people, query, besides=facet)
    return dict(Counter(value for one in hits for value in values_of(one, facet)))


def in_order(hits: Sequence[Told], order: Order) -> list[int]:
    keys = {
        Order.ANSWERED: lambda one: (-one.answered, one.person_id),
        Order.NAME: lambda one: (one.sort_key.encode()[:40], one.person_id),
        Order.TENURE: lambda one: (-(one.left - one.begins).days, one.person_id),
    }
    return [one.person_id for one in sorted(hits, key=keys[order])]
