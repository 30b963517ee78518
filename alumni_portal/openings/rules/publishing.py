"""When an opening is open, and what it must say before it is published."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alumni_portal.core.text import lazy as _l

#: Weights of a skill wanted, set by people: the least first.
WEIGHTS = {
    1: _l("Bra att ha"),
    2: _l("Viktig"),
    3: _l("Avgörande"),
}
LONGEST_CRITERION = 200
MOST_CRITERIA = 8
MOST_SKILLS = 12
_LEAST_PAY, _MOST_PAY = 10_000, 300_000
MOST_SEATS = 99


class OpeningState(StrEnum):
    """Where an opening stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    #: Closed because somebody was hired for it.
    FILLED = "filled"


class Hours(StrEnum):
    """How much of full time an opening is for."""

    FULL = "full"
    PART = "part"
    #: The one who gets it chooses.
    EITHER = "either"


STATES = {
    OpeningState.DRAFT: _l("Utkast"),
    OpeningState.PUBLISHED: _l("Öppen"),
    OpeningState.CLOSED: _l("Stängd"),
    OpeningState.FILLED: _l("Tillsatt"),
}
HOURS = {
    Hours.FULL: _l("Heltid"),
    Hours.PART: _l("Deltid"),
    Hours.EITHER: _l("Heltid eller deltid"),
}


@dataclass(frozen=True)
class Missing:
    """One thing that an opening lacks: the field where it is put right, and what is wrong."""

    field: str
    message: object


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What an opening says, as far as publishing asks."""

    title: str
    place: str
    agreement: str
    pay_from: int | None
    pay_to: int | None
    text: str
    seats: int
    closes_on: date | None
    has_unit: bool
    has_recruiter: bool
    criteria: int


def is_open(state: OpeningState, closes_on: date | None, today: date) -> bool:
    """Say whether somebody may apply: published, and the last day is not over."""
    return state is OpeningState.PUBLISHED and (closes_on is None or closes_on >= today)


def wrong_pay(pay_from: int | None, pay_to: int | None) -> Missing | None:
    """Return what is wrong with a pay range that was given: upside down, or not pay by month."""
    for field, sum_ in (("pay_from", pay_from), ("pay_to", pay_to)):
        if sum_ is not None and not _LEAST_PAY <= sum_ <= _MOST_PAY:
            return Missing(field, _l("Skriv lönen i kronor per månad, för heltid."))
    if pay_from is not None and pay_to is not None and pay_to < pay_from:
        return Missing("pay_to", _l("Den högsta lönen är lägre än den lägsta."))
    return None


def reasons_not_to_publish(stated: Stated, *, today: date) -> list[Missing]:
    """Return everything that stands between an opening and its readers, in the form's order.

    Pay range and collective agreement: directive (EU) 2023/970 art. 5.1; criteria: art. 4.4 and
    the objective reason that every ending must give.
    """
    lacks = [
        ("title", not stated.title, _l("Ge tjänsten en titel.")),
        ("unit", not stated.has_unit, _l("Välj en avdelning.")),
        ("place", not stated.place, _l("Skriv var arbetet utförs.")),
        (
            "pay_from",
            stated.pay_from is None,
            _l("Skriv den lägsta lönen. Den som söker ska veta lönespannet innan."),
        ),
        (
            "pay_to",
            stated.pay_to is None,
            _l("Skriv den högsta lönen. Den som söker ska veta lönespannet innan."),
        ),
        (
            "agreement",
            not stated.agreement,
            _l("Skriv vilket kollektivavtal som gäller för tjänsten."),
        ),
        ("text", not stated.text, _l("Beskriv arbetet.")),
        ("criteria", not stated.criteria, _l("Skriv minst ett krav, alla bedöms efter samma.")),
        ("closes_on", stated.closes_on is None, _l("Välj sista ansökningsdag.")),
        (
            "closes_on",
            stated.closes_on is not None and stated.closes_on <= today,
            _l("Sista ansökningsdag ska ligga framåt i tiden."),
        ),
        ("recruiter", not stated.has_recruiter, _l("Välj vem som svarar för rekryteringen.")),
    ]
    found = [Missing(field, message) for field, is_lacking, message in lacks if is_lacking]
    wrong = wrong_pay(stated.pay_from, stated.pay_to)
    return [*found, wrong] if wrong else found
