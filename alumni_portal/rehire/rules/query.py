"""What a recruiter may ask for: nothing here is about age, sex, origin, name or photo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.rehire.rules.interest import FINDABLE, Level

E = TypeVar("E", bound=StrEnum)
LONGEST_TEXT = 200
#: More boxes than this are not ticked by hand.
MOST_CHOICES = 30
_YEARS = range(1900, 2101)


class Facet(StrEnum):
    """What a search is narrowed by: a closed list, reviewed for discrimination (S22)."""

    ANSWER = "answer"
    UNIT = "unit"
    SKILL = "skill"
    CITY = "city"


class Order(StrEnum):
    """In which order hits stand; the latest own answer comes first unless asked otherwise."""

    ANSWERED = "answered"
    POINTS = "points"
    NAME = "name"
    TENURE = "tenure"


FACETS = {
    Facet.ANSWER: _l("Eget svar om att återvända"),
    Facet.UNIT: _l("Avdelning"),
    Facet.SKILL: _l("Kompetens"),
    Facet.CITY: _l("Ort"),
}
ORDERS = {
    Order.ANSWERED: _l("Senast svarat"),
    Order.POINTS: _l("Flest poäng"),
    Order.NAME: _l("Namn"),
    Order.TENURE: _l("Längst tid hos oss"),
}


@dataclass(frozen=True, kw_only=True)
class Query:
    """One search: typed words, chosen values per facet, years, order, and for which opening."""

    text: str = ""
    chosen: Mapping[Facet, Sequence[str]]
    left_from: int | None = None
    left_to: int | None = None
    order: Order = Order.ANSWERED
    #: Public id of the opening that the search is made for.
    opening: str = ""
    #: Facets of which every value is shown.
    unfolded: frozenset[Facet] = frozenset()

    @property
    def levels(self) -> list[Level]:
        """Return the chosen answers."""
        return [Level(value) for value in self.chosen[Facet.ANSWER]]

    @property
    def number_chosen(self) -> int:
        """Return how many filters narrow the search."""
        years = self.left_from is not None or self.left_to is not None
        return sum(map(len, self.chosen.values())) + years

    @property
    def is_open(self) -> bool:
        """Say whether nothing narrows the search."""
        return not self.text and not self.number_chosen

    def without(self, facet: Facet, value: str) -> "Query":
        """Return this search with one value less."""
        left = [one for one in self.chosen[facet] if one != value]
        return replace(self, chosen={**self.chosen, facet: left})


EMPTY = Query(chosen=dict.fromkeys(Facet, ()))


def asked(given: Mapping[str, Sequence[str]]) -> Query:
    """Return the search that the values of an address ask for; what is no choice is left out."""
    return Query(
        text=clean_line(_one(given, "q")[:LONGEST_TEXT]),
        chosen={facet: _chosen(facet, given.get(facet, ())) for facet in Facet},
        left_from=_year(_one(given, "left_from")),
        left_to=_year(_one(given, "left_to")),
        order=_member(Order, _one(given, "sort")) or Order.ANSWERED,
        opening=_one(given, "opening")[:20],
        unfolded=frozenset(
            facet for facet in map(_facet, given.get("unfold", ())) if facet is not None
        ),
    )


def _one(given: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(given.get(name, ())), "")


def _chosen(facet: Facet, values: Iterable[str]) -> tuple[str, ...]:
    short = dict.fromkeys(value[:200] for value in values if value)
    if facet is Facet.ANSWER:
        return tuple(value for value in short if _member(Level, value) in FINDABLE)
    return tuple(short)[:MOST_CHOICES]


def _facet(value: str) -> Facet | None:
    return _member(Facet, value)


def _member(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None


def _year(value: str) -> int | None:
    """Return a year; words that are none count as no choice."""
    return int(value) if value.isdecimal() and value.isascii() and int(value) in _YEARS else None


def parameters(query: Query) -> dict[str, Any]:
    """Return a search as the values of an address, defaults left out."""
    plain = {
        "q": query.text,
        "left_from": query.left_from,
        "left_to": query.left_to,
        "sort": query.order if query.order is not Order.ANSWERED else None,
        "opening": query.opening,
    }
    found: dict[str, Any] = {name: value for name, value in plain.items() if value}
    found.update({str(facet): list(values) for facet, values in query.chosen.items() if values})
    if query.unfolded:
        found["unfold"] = sorted(query.unfolded)
    return found
