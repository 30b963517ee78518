"""Tips of the demo: outsiders named by members, in every state a tip can have."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import Person
from alumni_portal.referrals import queries, services
from alumni_portal.referrals.models import Referral, ReferralState

_DAY = timedelta(days=1)
#: Who said yes: name, who tipped, beginning of the opening's title, days since the yes, why, and
#: whether a recruiter has been in touch.
_YES = (
    ("Saga Lindberg", "amira", "Projektledare, trans", 3, "Ledde ombyggnaden i Hurva.", False),
    ("Mattias Roos", "johan", "Projektledare, trans", 6, "Lugn när det brinner.", True),
    ("Hodan Warsame", "linnea", "Elkonstruktör, st", 2, "Bäst på EPLAN jag har sett.", False),
    ("Jonatan Vik", "farah", "Sektionschef", 8, "Har lett tolv personer i fem år.", True),
    ("Elsa Norrman", "bjorn", "Dammsäkerhet", 5, "Skrev sin uppsats om Letsi.", False),
    ("Tove Grip", "oskar", "", 12, "Vill hem till Skåne.", True),
    ("Amir Nikzad", "daniel", "Signalprojektör", 4, "Har behörigheten redan.", False),
)
#: The same for who was hired, with openings of earlier years.
_HIRED = (
    ("Nils Fjäll", "amira", "Elkraftsingenjör, stationer", 75, "Vi arbetade ihop i Lund.", True),
    ("Petra Sund", "hakan", "Drifttekniker", 430, "Felsöker med örat.", True),
)
#: Days since they were told, for who said no or nothing; their names are gone.
_NO, _SILENT = (4, 16, 51), (38, 44, 67, 90, 133, 180, 260)
#: Who has been told and has not answered: name, who tipped, the opening's beginning, days, why.
_TOLD = (
    ("Frida Askling", "johan", "Senior konsult", 2, "Räknar på batterier i sömnen."),
    ("Leo Hammar", "siobhan", "Projektör, vind", 9, "Kan GIS och läser norska."),
    ("Maja Ström", "linnea", "Elkonstruktör, st", 14, "Noggrann och snabb."),
    ("Yusuf Demir", "oskar", "", 21, "Söker sig bort från konsultlivet."),
)
_NEWEST = services.Tip(
    name="Klara Wennberg",
    address="klara.wennberg@post.example",
    why="Klara höll ihop vårt hårdaste projekt. Hon kan stationer.",
)


def seed(found: Sundmark, chance: Random) -> None:
    """Write about twenty-five tips; the newest is Amira's, with its notice in the mailbox."""
    openings = list(db.session.scalars(select(Opening).where(Opening.published_at.is_not(None))))
    rows = [*_known(found, openings, chance), *_forgotten(found, openings, chance)]
    add(Referral, rows)
    first = _opening(openings, "Projektledare, trans")
    amira = db.session.get_one(Person, found.person_id("amira"))
    services.tip(amira, _NEWEST, first, by=found.actor("amira", Role.ALUMNUS))


def _opening(openings: list[Opening], title: str) -> Opening | None:
    return next((one for one in openings if title and one.title.startswith(title)), None)


def _known(found: Sundmark, openings: list[Opening], chance: Random) -> Iterator[dict[str, Any]]:
    """Yield the tips about people whose names are there: told, yes, hired."""
    now = clock.now()
    for name, key, title, days, why in _TOLD:
        yield {
            **_row(found, key, _opening(openings, title), name, chance),
            "why": why,
            "state": ReferralState.TOLD,
            "told_at": now - days * _DAY,
        }
    for state, tips in ((ReferralState.CONFIRMED, _YES), (ReferralState.HIRED, _HIRED)):
        for name, key, title, days, why, is_contacted in tips:
            yield {
                **_row(found, key, _opening(openings, title), name, chance),
                "why": why,
                "state": state,
                "told_at": now - (days + 1) * _DAY,
                "answered_at": now - days * _DAY,
                "contacted_at": now - (days - 1) * _DAY if is_contacted else None,
                "ended_at": now - days // 2 * _DAY if state is ReferralState.HIRED else None,
            }


def _forgotten(
    found: Sundmark, openings: list[Opening], chance: Random
) -> Iterator[dict[str, Any]]:
    """Yield the tips of which only the count is left."""
    members = [found.ids[place] for place in found.joined.members]
    closed = [one for one in openings if one.state is not OpeningState.PUBLISHED]
    now = clock.now()
    for state, ages in ((ReferralState.DECLINED, _NO), (ReferralState.EXPIRED, _SILENT)):
        for days in ages:
            nobody = f"borta{days}@post.example"
            ended = days - 1 if state is ReferralState.DECLINED else days - 30
            yield {
                **_row(found, "amira", chance.choice(closed), "", chance),
                "by_person_id": chance.choice(members),
                "address": "",
                "mark": queries.mark_of(nobody),
                "written_once": None,
                "state": state,
                "told_at": now - days * _DAY,
                "answered_at": now - ended * _DAY if state is ReferralState.DECLINED else None,
                "ended_at": now - ended * _DAY,
            }


def _row(
    found: Sundmark, key: str, opening: Opening | None, name: str, chance: Random
) -> dict[str, Any]:
    address = f"{name.lower().replace(' ', '.')}@hemma.example"
    mark = queries.mark_of(address)
    return {
        "public_id": public_id(chance),
        "opening_id": opening.id if opening else None,
        "by_person_id": found.person_id(key),
        "name": name,
        "address": address,
        "mark": mark,
        "written_once": queries.once(mark, opening),
        "letter_id": None,
        "why": "",
        "language": "sv",
        "was_written_to": True,
        "answered_at": None,
        "contacted_at": None,
        "ended_at": None,
    }
