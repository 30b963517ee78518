"""Many members at once, with their addresses and their consent: for faults and benches."""

from collections.abc import Iterator

from sqlalchemy import insert, select

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import StandingConsent
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.people.models import AddressKind, EmailAddress, Person

NAMES = ("Zoë", "Anna", "Li", "Jürgen", "Åsa", "Siân", "Bo", "O'Neil")
UNITS = ("Forskning & Utveckling", "Försäljning", "Ekonomi", "")
_BATCH = 5_000


def invent(number: int) -> list[int]:
    """Make so many members who agreed to the newsletter and return their ids."""
    with unit():
        first = Person(language="sv")
        first.call("Anna", "Ek")
        db.session.add(first)
        db.session.flush()
        for purpose in (Purpose.MEMBERSHIP, Purpose.NEWSLETTER):
            consents.give(first, purpose, language="sv", how=How.JOIN_REQUEST, by=SYSTEM)
        db.session.flush()
        given = db.session.execute(select(StandingConsent.purpose, StandingConsent.entry_id))
        entries = [(row.purpose, row.entry_id) for row in given]
    start = first.id + 1
    for at in range(start, start + number, _BATCH):
        with unit():
            _some(range(at, min(at + _BATCH, start + number)), entries)
    return [start, start + number]


def _some(ids: range, entries: list[tuple[Purpose, int]]) -> None:
    now = clock.now()
    db.session.execute(
        insert(Person),
        [
            {
                "id": one, "public_id": f"p{one:019d}", "first_name": NAMES[one % 8],
                "last_name": f"Ek{one}", "sort_key": f"ek{one}", "search_name": f"ek{one}",
            }
            for one in ids
        ],
    )  # fmt: skip
    db.session.execute(
        insert(EmailAddress),
        [
            {
                "person_id": one, "kind": AddressKind.PRIVATE, "address": address(one),
                "canonical": address(one), "verified_at": now,
            }
            for one in ids
        ],
    )  # fmt: skip
    db.session.execute(
        insert(StandingConsent),
        [
            {"person_id": one, "purpose": purpose, "since": now, "entry_id": entry}
            for one in ids
            for purpose, entry in entries
        ],
    )


def address(person_id: int) -> str:
    """Return where somebody gets mail."""
    return f"anna{person_id}@post.example"


def recipients(bounds: list[int]) -> Iterator[mail.Recipient]:
    """Yield these people as receivers of a mailing."""
    for one in range(*bounds):
        values = {
            "first_name": f"{NAMES[one % 8]}{one % 97}", "unit": UNITS[one % 4],
            "year": str(1990 + one % 35), "web": f"https://alumni.example/l/{one:024x}",
            "preferences": f"https://alumni.example/p/{one * 2654435761:024x}",
        }  # fmt: skip
        yield mail.Recipient(person_id=one, address=address(one), language="sv", values=values)
