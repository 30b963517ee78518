"""Invented people for the search bench: by the thousand, straight into the tables."""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import insert, select, text

from alumni_portal.consents.models import ConsentEntry, Purpose, StandingConsent, Wording
from alumni_portal.consents.rules import Act, How
from alumni_portal.core import clock
from alumni_portal.core.db import db, new_public_ids
from alumni_portal.core.text import normalise
from alumni_portal.core.transaction import unit
from alumni_portal.network.models import Field, PersonSkill, Profile, Skill
from alumni_portal.network.services import note_profile_change
from alumni_portal.people.models import Employment, Person, Unit, name_keys
from alumni_portal.rehire.models import Interest

SYLLABLES = [
    "an",
    "ber",
    "da",
    "el",
    "fin",
    "gu",
    "hal",
    "is",
    "jo",
    "ka",
    "lin",
    "mo",
    "nor",
    "ol",
    "per",
    "ra",
    "sten",
    "tor",
    "ul",
    "vik",
]
PARTS = [
    "projekt",
    "system",
    "el",
    "drift",
    "butiks",
    "vatten",
    "data",
    "kund",
    "inköps",
    "nät",
    "gruv",
    "bygg",
    "miljö",
    "bank",
]
HEADS = [
    "ledare",
    "chef",
    "utvecklare",
    "konstruktör",
    "ingenjör",
    "tekniker",
    "samordnare",
    "analytiker",
]
KINDS = [
    "ledning",
    "teknik",
    "analys",
    "styrning",
    "mätning",
    "byggnad",
    "skydd",
    "system",
    "montage",
    "rätt",
]
FIRST = [
    "Anna",
    "Bo",
    "Åsa",
    "José",
    "Örjan",
    "Zoë",
    "Ärla",
    "Per",
    "Inga",
    "Éva",
    "Karin",
    "Erik",
    "Sofia",
    "Göran",
    "Hugo",
    "Siv",
    "Ola",
]
BATCH = 5_000
#: All fillings of one run tell of the same moment, however long they take.
NOW = clock.now().replace(second=0, microsecond=0)
TABLES = (Person, Employment, ConsentEntry, StandingConsent, Interest, Profile, PersonSkill)
Row = dict[str, Any]


class People:
    """What the people are made of, the same for the same seed."""

    def __init__(self, number: int) -> None:
        self.chance, self.number = Random(number), number
        self.titles = [f"{part}{head}".capitalize() for part in PARTS for head in HEADS]
        self.skills = [f"{a}{b} {n}".capitalize() for a in PARTS for b in KINDS for n in (1, 2, 3)]
        self.cities = [f"{a}{b}stad".capitalize() for a in SYLLABLES[:9] for b in SYLLABLES[:8]]
        self.employers = [f"{a}{b}bolaget".capitalize() for a in SYLLABLES for b in SYLLABLES]
        self.words = [a + b + c for a in SYLLABLES for b in SYLLABLES[:12] for c in SYLLABLES[:9]]
        self.last = [
            f"{a}{b}{c}".capitalize()
            for a in SYLLABLES
            for b in SYLLABLES
            for c in ("", "s", "ström")
        ]

    def few(self, values: list[str]) -> str:
        """Return one value, the first ones far more often than the last."""
        return values[min(int(self.chance.paretovariate(0.7)) - 1, len(values) - 1)]


def fill(number: int) -> People:
    """Write so many candidates, index them, and return what they are made of."""
    people = People(number)
    with unit():
        units = _units()
        skills = _skills(people)
        wording = Wording(
            purpose=Purpose.MEMBERSHIP, language="sv", version=1, text="x", fingerprint="x"
        )
        db.session.add(wording)
        db.session.flush()
        wording_id = wording.id
    for start in range(1, number + 1, BATCH):
        ids = range(start, min(start + BATCH, number + 1))
        with unit():
            _write(people, ids, units, skills, wording_id)
    with unit():
        if db.engine.dialect.name == "postgresql":
            last = text("SELECT setval(:name, :last)")
            for name in ("person", "employment", "consent_entry"):
                db.session.execute(last, {"name": f"{name}_id_seq", "last": 2 * number + 2})
    for start in range(1, number + 1, 1_000):
        with unit():
            note_profile_change(range(start, min(start + 1_000, number + 1)))
    return people


def _units() -> list[int]:
    top = Unit(name="Allt", search_name="allt", opened_on=date(1990, 1, 1))
    db.session.add(top)
    db.session.flush()
    made = [
        Unit(
            name=f"Avdelning {n}",
            search_name=f"avdelning {n}",
            opened_on=date(1990, 1, 1),
            parent_id=top.id,
        )
        for n in range(60)
    ]
    db.session.add_all(made)
    db.session.flush()
    return [one.id for one in made]


def _skills(people: People) -> list[int]:
    rows = [{"name": name, "key": normalise(name), "people": 1} for name in people.skills]
    db.session.execute(insert(Skill), rows)
    return list(db.session.scalars(select(Skill.id).order_by(Skill.id)))


def _write(
    people: People, ids: range, units: list[int], skills: list[int], wording_id: int
) -> None:
    now = NOW
    refs = new_public_ids(2 * len(ids))
    rows: dict[Any, list[Row]] = {table: [] for table in TABLES}
    for at, i in enumerate(ids):
        rows[Person].append({**_person(people, i, now), "public_id": refs[2 * at]})
        rows[Employment].append({**_employment(people, i, units), "public_id": refs[2 * at + 1]})
        for n, purpose in enumerate((Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)):
            entry = {"id": 2 * i + n, "person_id": i, "purpose": purpose}
            rows[ConsentEntry].append({**entry, **GIVEN, "wording_id": wording_id, "at": now})
            rows[StandingConsent].append(
                {**STANDS, "person_id": i, "purpose": purpose, "since": now, "entry_id": 2 * i + n}
            )
        rows[Interest].append(_interest(people, i, now))
        rows[Profile].append(_profile(people, i, now))
        rows[PersonSkill] += _skills_of(people, i, skills)
    for table, some in rows.items():
        db.session.execute(insert(table.__table__), some)


GIVEN = {"act": Act.GIVEN, "how": How.CONSENT_CENTRE}
STANDS = {"until": datetime(2090, 1, 1, tzinfo=UTC)}


def _person(people: People, i: int, now: datetime) -> Row:
    first, last = people.chance.choice(FIRST), people.few(people.last)
    sort_key, search_name = name_keys(first, last)
    names = {"first_name": first, "last_name": last}
    keys = {"sort_key": sort_key, "search_name": search_name}
    return {"id": i, **names, **keys, "language": "sv", "created_at": now}


def _employment(people: People, i: int, units: list[int]) -> Row:
    left = NOW.date() - timedelta(days=people.chance.randrange(40, 5000))
    return {
        "id": i,
        "person_id": i,
        "number": f"N{i}",
        "title": people.few(people.titles),
        "unit_id": people.chance.choice(units),
        "workplace": "x",
        "agreement_area": "x",
        "kind": "permanent",
        "begins_on": left - timedelta(days=people.chance.randrange(60, 4000)),
        "ends_on": left,
    }


def _interest(people: People, i: int, now: datetime) -> Row:
    answered = now - timedelta(minutes=people.chance.randrange(170 * 24 * 60))
    return {
        "person_id": i,
        "level": people.chance.choices(["looking", "open", "curious"], [1, 3, 6])[0],
        "hours": "any",
        "places": "",
        "answered_at": answered,
        "expires_at": answered + timedelta(days=183),
    }


def _profile(people: People, i: int, now: datetime) -> Row:
    chance, city = people.chance, people.few(people.cities)
    return {
        "person_id": i,
        "headline": " ".join(chance.sample(people.words, 5)),
        "now_title": people.few(people.titles),
        "now_employer": people.few(people.employers),
        "city": city,
        "city_key": normalise(city),
        "about": " ".join(chance.choices(people.words, k=chance.randrange(15, 45))),
        "links": "",
        "confirmed_at": now,
        "updated_at": now,
        **{f"{part}_for": "recruiters" for part in Field},
    }


def _skills_of(people: People, i: int, skills: list[int]) -> list[Row]:
    chance = people.chance
    chosen = {
        skills[min(int(chance.paretovariate(0.6)) - 1, len(skills) - 1)]
        for _ in range(chance.randrange(1, 10))
    }
    return [
        {"person_id": i, "skill_id": one, "since": "then", "place": place}
        for place, one in enumerate(sorted(chosen))
    ]
