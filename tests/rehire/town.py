"""A town of invented people, written straight into the tables, and what is told of each."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from alumni_portal.consents.models import ConsentEntry, Purpose, StandingConsent, Wording
from alumni_portal.consents.rules import Act, How
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.terms import Term, terms_of
from alumni_portal.core.text import normalise
from alumni_portal.network import services as network
from alumni_portal.network.models import Audience, Field, PersonSkill, Profile, Since, Skill
from alumni_portal.people.models import Employment, Person, Unit
from alumni_portal.rehire.models import Interest, Level
from alumni_portal.rehire.rules import expires_at
from tests.support.make import Make, days

TITLES = (
    "Projektledare", "Projektchef", "Systemutvecklare", "Elkonstruktör", "Driftingenjör",
    "Butikschef", "Ingenjör", "Elkraftsingenjör", "Konstruktör", "Ekonom",
)  # fmt: skip
SKILLS = ("Projektledning", "C++", "Python", "Relä och skydd", "AMA EL", "Vätgas", "Ledarskap")
CITIES = ("Malmö", "Göteborg", "Luleå", "Åmål", "Örebro", "Östersund")
FIRST = ("Anna", "Bo", "Åsa", "José", "Örjan", "Zoë", "Ärla", "Per", "Inga", "Éva")
LAST = ("Östergård", "Ek", "Åkerström", "García", "Berg", "Lindström", "Ängqvist", "Nilsson")
UNITS = ("Elkraft", "Järnväg", "Vatten och miljö", "Systemutveckling")


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody as a plain reading knows them; what they hide from recruiters is not here."""

    person_id: int
    sort_key: str
    name: str
    title: str
    headline: str
    now_title: str
    unit: Unit
    begins: date
    left: date
    level: Level
    answered: int
    skills: tuple[str, ...]
    city: str
    agrees: bool
    is_gone: bool = False

    @property
    def has_doc(self) -> bool:
        return self.agrees and not self.is_gone

    @property
    def is_findable(self) -> bool:
        lasts = expires_at(clock.now()) - clock.now()
        fresh = self.answered + lasts.total_seconds() > clock.now().timestamp()
        return self.has_doc and self.level is not Level.NOT_NOW and fresh

    @cached_property
    def terms(self) -> dict[str, Term]:
        years = map(str, range(self.begins.year, self.left.year + 1))
        texts = (self.name, self.title, self.headline, self.now_title, self.city, self.unit.name)
        return {term.term: term for term in terms_of([*texts, *self.skills, *years])}


class Town:
    """The people, and the means to change them."""

    def __init__(self, make: Make, *, people: int, seed: int = 5) -> None:
        self.chance, self.make = Random(seed), make
        with make.work():
            top = make.unit("Sundmark AB")
            self.units = [make.unit(name, parent=top) for name in UNITS]
            self.skills = {name: Skill(name=name, key=normalise(name), people=1) for name in SKILLS}
            self.wording = Wording(
                purpose=Purpose.MEMBERSHIP, language="sv", version=1, text="x", fingerprint="x"
            )
            db.session.add_all([*self.skills.values(), self.wording])
            db.session.flush()
            self.told = {one.person_id: one for one in map(self._person, range(people))}
            network.note_profile_change(list(self.told))

    def _person(self, number: int) -> Told:
        chance = self.chance
        person = Person(language="sv")
        person.call(chance.choice(FIRST), chance.choice(LAST) + chance.choice(("", "son")))
        db.session.add(person)
        db.session.flush()
        left = days(-chance.randrange(40, 4000))
        one = Told(
            person_id=person.id,
            sort_key=person.sort_key,
            name=person.name,
            title=chance.choice(TITLES),
            headline=f"Gillar {chance.choice(SKILLS)}",
            now_title=chance.choice(TITLES),
            unit=chance.choice(self.units),
            begins=left - timedelta(days=chance.randrange(30, 3000)),
            left=left,
            level=chance.choice(list(Level)),
            answered=int(clock.now().timestamp()) - 86_400 * chance.randrange(200),
            skills=tuple(chance.sample(SKILLS, k=chance.randrange(5))),
            city=chance.choice(CITIES),
            agrees=chance.random() < 0.9,
        )
        hidden = {part for part in Field if chance.random() < 0.2}
        self._write(one, number, hidden)
        return self._shown(one, hidden)

    def _shown(self, one: Told, hidden: set[Field]) -> Told:
        hides = {
            Field.ROLES: {"title": ""},
            Field.HEADLINE: {"headline": ""},
            Field.WORK: {"now_title": ""},
            Field.CITY: {"city": ""},
            Field.SKILLS: {"skills": ()},
        }
        for part in hidden & hides.keys():
            one = replace(one, **hides[part])  # type: ignore[arg-type]  # one field each
        return one

    def _write(self, one: Told, number: int, hidden: set[Field]) -> None:
        person_id = one.person_id
        answered = clock.now().fromtimestamp(one.answered, clock.now().tzinfo)
        db.session.add_all(
            [
                Employment(
                    person_id=person_id, number=f"N{number}", title=one.title,
                    unit_id=one.unit.id, begins_on=one.begins, ends_on=one.left,
                ),
                Interest(
                    person_id=person_id, level=one.level, answered_at=answered,
                    expires_at=expires_at(answered),
                ),
                Profile(
                    person_id=person_id, headline=one.headline, now_title=one.now_title,
                    city=one.city, city_key=normalise(one.city),
                    **{f"{p}_for": _audience(hides=p in hidden) for p in Field},
                ),
            ]
        )  # fmt: skip
        for place, name in enumerate(one.skills):
            row = PersonSkill(person_id=person_id, skill_id=self.skills[name].id, place=place)
            row.since = Since.THEN
            db.session.add(row)
        for purpose in (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)[: 2 if one.agrees else 1]:
            self._agree(person_id, purpose)
        db.session.flush()

    def _agree(self, person_id: int, purpose: Purpose) -> None:
        entry = ConsentEntry(
            person_id=person_id, purpose=purpose, act=Act.GIVEN, how=How.CONSENT_CENTRE,
            wording_id=self.wording.id,
        )  # fmt: skip
        db.session.add(entry)
        db.session.flush()
        db.session.add(
            StandingConsent(person_id=person_id, purpose=purpose, since=entry.at, entry_id=entry.id)
        )


def _audience(*, hides: bool) -> Audience:
    return Audience.ALUMNI if hides else Audience.RECRUITERS
