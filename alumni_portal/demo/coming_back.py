"""Coming back: what members have answered, and the letters that recruiters have sent them."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import published
from alumni_portal.rehire.models import Contact, ContactState, Hours, Interest, InterestUnit, Level
from alumni_portal.rehire.rules import LASTS

_DAY = timedelta(days=1)
_ANSWERED, _ANSWERED_UNSEEN = 0.45, 0.05
_SHARES = {Level.LOOKING: 12, Level.OPEN: 28, Level.CURIOUS: 48, Level.NOT_NOW: 12}
_TOLD = {
    "oskar": (Level.LOOKING, 10),
    "johan": (Level.OPEN, 30),
    "daniel": (Level.OPEN, 30),
    "farah": (Level.OPEN, 46),
    "linnea": (Level.CURIOUS, 71),
    "siobhan": (Level.CURIOUS, 18),
    "bjorn": (Level.NOT_NOW, 25),
}
_PLACES = ("Malmö", "Göteborg", "Malmö eller Lund", "Stockholm", "Västerås", "Luleå", "På distans")
_LETTERS = 30
_WHY = (
    "Vi bygger nytt i Skåne. Du ledde två av stationerna som nu byggs ut. Vill du höra mer?",
    "Du kan våra anläggningar bättre än de flesta som söker. Har du lust att prata en halvtimme?",
    "Gruppen du var med i växer. Flera av dem du arbetade med är kvar och har frågat efter dig.",
    "Vi letar efter någon som kan både projektering och kundens verklighet, och tänkte på dig.",
    "Du har lärt dig sådant sedan du slutade som vi saknar. Vill du höra vad vi har framför oss?",
)
#: What became of the letters, in turn.
_BECAME = (
    *(ContactState.SENT,) * 2,
    *(ContactState.INTERESTED,) * 3,
    *(ContactState.NOT_NOW,) * 3,
    ContactState.NEVER,
    ContactState.WITHDRAWN,
)


def seed(found: Sundmark, chance: Random) -> None:
    """Write what members have answered about coming back, and thirty letters in every state."""
    given = list(_answers(found, chance))
    add(Interest, [row for row, _unit in given])
    units = [
        {"person_id": row["person_id"], "unit_id": unit} for row, unit in given if unit is not None
    ]
    add(InterestUnit, units)
    letters = list(_contacts(found, [row for row, _unit in given], chance))
    add(Contact, sorted(letters, key=lambda row: row["sent_at"]))


def _answers(found: Sundmark, chance: Random) -> Iterator[tuple[dict[str, Any], int | None]]:
    for place in found.joined.members:
        one = found.company.people[place]
        agrees = found.joined.agrees(place, Purpose.RECRUITER_CONTACT)
        person_id, unit = found.ids[place], found.units.get(one.stays[-1].unit)
        if one.key == "amira":
            yield _row(person_id, Level.OPEN, 6, from_in=90, places="Malmö eller Lund"), unit
        elif one.key in _TOLD:
            level, days = _TOLD[one.key]
            yield _row(person_id, level, days), unit
        elif chance.random() < (_ANSWERED if agrees else _ANSWERED_UNSEEN):
            yield _somebodys(person_id, chance), unit if chance.random() < 0.4 else None


def _somebodys(person_id: int, chance: Random) -> dict[str, Any]:
    level = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    if level is Level.NOT_NOW:
        return _row(person_id, level, chance.randrange(1, 180))
    return _row(
        person_id,
        level,
        chance.randrange(1, 215),
        from_in=chance.choice((0, 0, 0, 30, 90, 180)),
        places=chance.choice(_PLACES) if chance.random() < 0.5 else "",
        hours=chance.choices(list(Hours), (6, 3, 1))[0],
    )


def _row(
    person_id: int,
    level: Level,
    days: int,
    *,
    from_in: int = 0,
    places: str = "",
    hours: Hours = Hours.ANY,
) -> dict[str, Any]:
    """Return an answer given so many days ago; one that soon lapses has been asked about."""
    answered_at = clock.now() - days * _DAY
    left = LASTS - days * _DAY
    return {
        "person_id": person_id,
        "level": level,
        "from_on": clock.today() + from_in * _DAY if from_in else None,
        "hours": hours,
        "places": places,
        "answered_at": answered_at,
        "expires_at": answered_at + LASTS,
        "reminded_at": clock.now() - _DAY if left < 14 * _DAY else None,
    }


def _contacts(
    found: Sundmark, answers: list[dict[str, Any]], chance: Random
) -> Iterator[dict[str, Any]]:
    openings = published()
    hers = next((one for one in openings if "transformator" in one.title), openings[0])
    by = {key: found.person_id(key) for key in ("sofia", "maria", "petra")}
    amira = found.person_id("amira")
    if found.joined.agrees(found.place_of[amira], Purpose.RECRUITER_CONTACT):
        before = _letter(amira, by["maria"], ContactState.NOT_NOW, days=118, chance=chance)
        yield {**before, "reason": _WHY[2]}
        waits = _letter(amira, by["sofia"], ContactState.SENT, days=2, about=hers, chance=chance)
        yield {**waits, "reason": _WHY[0]}
    written = [
        row
        for row in answers
        if row["person_id"] != amira
        and row["level"] is not Level.NOT_NOW
        and found.joined.agrees(found.place_of[row["person_id"]], Purpose.RECRUITER_CONTACT)
    ]
    for number, row in enumerate(written[:_LETTERS]):
        state = _BECAME[number % len(_BECAME)]
        who = by["sofia"] if number % 3 else by[("maria", "petra")[number % 2]]
        about = chance.choice(openings) if row["level"] is Level.CURIOUS or number % 2 else None
        days = chance.randrange(1, 40 if state is ContactState.SENT else 150)
        yield _letter(row["person_id"], who, state, days=days, about=about, chance=chance)


def _letter(
    person_id: int,
    by: int,
    state: ContactState,
    *,
    days: int,
    about: Opening | None = None,
    chance: Random,
) -> dict[str, Any]:
    sent_at = clock.now() - days * _DAY - timedelta(minutes=chance.randrange(300))
    is_answered = state not in {ContactState.SENT, ContactState.WITHDRAWN}
    answered_at = sent_at + timedelta(hours=chance.randrange(3, 23)) if is_answered else None
    is_yes = state is ContactState.INTERESTED
    return {
        "public_id": public_id(chance),
        "person_id": person_id,
        "opening_id": about.id if about else None,
        "by_person_id": by,
        "reason": chance.choice(_WHY),
        "state": state,
        "nonce": public_id(chance),
        "sent_at": sent_at,
        "answered_at": answered_at,
        "told_at": answered_at if is_yes else None,
        "acted_at": answered_at + _DAY if answered_at and is_yes and days > 30 else None,
    }
