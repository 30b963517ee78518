"""Leavers by the thousand, as a payroll system exports them. No national ids, `.example` only."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from alumni_portal.demo import names
from alumni_portal.demo.organisation import UNITS

HEADINGS = (
    "Anstnr",
    "Förnamn",
    "Efternamn",
    "E-post arbete",
    "Privat e-post",
    "Mobil",
    "Avdelning",
    "Driftsenhet",
    "Befattning",
    "Chef anstnr",
    "Anställningsform",
    "Anst.datum",
    "Uppsägningsdatum",
    "Slutdatum",
    "Avgångsorsak",
    "Avtalsområde",
    "Födelsedatum",
)
_OPEN = tuple(unit for unit in UNITS if unit.closed is None)
_KINDS = ("Tillsvidare",) * 8 + ("SÄVA", "Vikariat")
_GROUNDS = ("Egen begäran",) * 6 + ("Arbetsbrist", "Pension", "Tidsbegränsad upphör")
_FIRST_NUMBER = 100_000


def leavers(many: int, *, seed: int, today: date) -> Iterator[tuple[str, ...]]:
    """Yield rows under HEADINGS; the same seed and day give the same rows."""
    chance = Random(seed)
    for number in range(many):
        yield row(chance, today, number)


def row(chance: Random, today: date, number: int) -> tuple[str, ...]:
    """Return one leaver under HEADINGS."""
    first, last = names.full_name(chance)
    unit = chance.choice(_OPEN)
    ends = today - timedelta(days=chance.randrange(-90, 3650))
    notice = ends - timedelta(days=chance.choice((30, 61, 92)))
    begins = notice - timedelta(days=chance.randrange(200, 7000))
    born = begins - timedelta(days=chance.randrange(20 * 365, 45 * 365))
    box = names.mailbox(first, last, number)
    private = f"{box}@{chance.choice(names.HOSTS)}" if chance.random() < 0.8 else ""
    return (
        str(_FIRST_NUMBER + number),
        first,
        last,
        f"{box}@sundmark.example",
        private,
        names.phone(chance),
        unit.name,
        chance.choice(unit.places),
        chance.choice(unit.titles),
        str(90_000 + chance.randrange(40)),
        chance.choice(_KINDS),
        begins.isoformat(),
        notice.isoformat(),
        ends.isoformat(),
        chance.choice(_GROUNDS),
        "Tjänstemannaavtalet",
        born.isoformat(),
    )
