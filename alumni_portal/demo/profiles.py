"""Profiles of the members: where they work now, what they know, and who may see which part."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.text import normalise
from alumni_portal.demo import work_life
from alumni_portal.demo.rows import add, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.network import services
from alumni_portal.network.models import (
    Audience,
    Field,
    PersonSkill,
    PersonTopic,
    Profile,
    Since,
    Skill,
    Topic,
)

_DAY = timedelta(days=1)
_TOPICS = {
    "2": (Topic.POWER, Topic.GRID, Topic.PROJECTS),
    "3": (Topic.STORAGE, Topic.SUSTAINABILITY, Topic.GRID),
    "4": (Topic.RAILWAY, Topic.PROJECTS, Topic.CONSTRUCTION),
    "5": (Topic.WATER, Topic.SUSTAINABILITY, Topic.RESEARCH),
    "6": (Topic.DIGITALISATION, Topic.DATA, Topic.SECURITY),
    "7": (Topic.LEADERSHIP, Topic.EQUALITY, Topic.BOARDS),
}
#: Amira tells everybody; what she has learned since is the step that her home page suggests.
_AMIRA = {
    "headline": "Bygger stationer som håller i femtio år",
    "now_title": "Sektionschef",
    "now_employer": "Nordlys Energi",
    "city": "Malmö",
    "about": "Leder tolv personer som planerar stationer i Skåne. Saknar fikat i Malmö.",
}
_TOLD = {
    "johan": ("Driftchef", "Sydnät", "Malmö"),
    "linnea": ("Teknikchef", "Kustkraft", "Helsingborg"),
    "daniel": ("Projektledare", "Region Skåne", "Malmö"),
    "farah": ("Teknikchef", "Sydnät", "Lund"),
    "oskar": ("Konsultchef", "Vindkraftbolaget Hav", "Lund"),
    "siobhan": ("Energistrateg", "Gröna Watt", "Köpenhamn"),
    "bjorn": ("Rådgivare", "Byrån för dammar", "Luleå"),
}
_Skills = list[tuple[str, Since]]


def seed(found: Sundmark, chance: Random) -> None:
    """Write a profile for every member, with skills and topics, and list them in the directory."""
    profiles, topics = [], []
    skills: dict[int, _Skills] = {}
    for place in found.joined.members:
        one = found.company.people[place]
        person_id = found.ids[place]
        filled = one.key in {"amira", *_TOLD} or chance.random() < 0.82
        texts = _texts(one.key, chance) if filled else {}
        shown = _audiences(found.joined.agrees(place, Purpose.RECRUITER_CONTACT), filled, chance)
        if one.key == "amira":
            shown = dict.fromkeys(shown, Audience.RECRUITERS)
        profiles.append({"person_id": person_id, **_empty(), **texts, **shown, **_times(chance)})
        if filled:
            skills[person_id] = list(_skills(one.key, one.stays[-1].unit, chance))
            chosen = chance.sample(_topics(one.stays[-1].unit), k=chance.randrange(1, 4))
            topics += [{"person_id": person_id, "topic": topic} for topic in chosen]
    add(Profile, profiles)
    add(PersonTopic, topics)
    _write_skills(skills)
    for start in range(0, len(profiles), 400):
        services.reindex([row["person_id"] for row in profiles[start : start + 400]])


def _empty() -> dict[str, str]:
    names = ("headline", "now_title", "now_employer", "city", "city_key", "about", "links")
    return dict.fromkeys(names, "")


def _texts(key: str, chance: Random) -> dict[str, str]:
    if key == "amira":
        texts = dict(_AMIRA)
    elif key in _TOLD:
        texts = dict(zip(("now_title", "now_employer", "city"), _TOLD[key], strict=True))
    else:
        cities = work_life.CITIES
        texts = {
            "now_title": chance.choice(work_life.TITLES),
            "now_employer": chance.choice(work_life.EMPLOYERS),
            "city": chance.choices(list(cities), list(cities.values()))[0],
            "headline": chance.choice(work_life.HEADLINES) if chance.random() < 0.35 else "",
        }
    return {**texts, "city_key": normalise(texts["city"])}


def _audiences(open_to_work: bool, filled: bool, chance: Random) -> dict[str, Audience]:  # noqa: FBT001 - two facts of one person
    if not filled:
        return {f"{field}_for": Audience.ONLY_ME for field in Field}
    widest = Audience.RECRUITERS if open_to_work else Audience.ALUMNI
    narrow = (Audience.SAME_UNIT, Audience.ONLY_ME)
    return {
        f"{field}_for": widest if chance.random() < 0.84 else chance.choice(narrow)
        for field in Field
    }


def _times(chance: Random) -> dict[str, Any]:
    days = min(round(chance.expovariate(1 / 240)), 1100)
    moment = clock.now() - days * _DAY - timedelta(minutes=chance.randrange(600))
    return {"confirmed_at": moment, "updated_at": moment}


def _topics(unit: str) -> list[Topic]:
    near = _TOPICS.get(unit[:1], (Topic.PROJECTS, Topic.LEADERSHIP))
    return [*near, Topic.MENTORING, Topic.LIFE_AFTER_WORK, Topic.START_UPS]


def _skills(key: str, unit: str, chance: Random) -> Iterator[tuple[str, Since]]:
    known = work_life.skills_of(unit)
    then = known[:4] if key == "amira" else chance.sample(known, k=chance.randrange(2, len(known)))
    yield from ((skill, Since.THEN) for skill in then)
    if key == "amira":
        return
    new = chance.sample(work_life.SKILLS_SINCE, k=chance.randrange(4))
    yield from ((skill, Since.SINCE_LEFT) for skill in new if skill not in then)


def _write_skills(skills: dict[int, _Skills]) -> None:
    counted = Counter(name for known in skills.values() for name, _since in known)
    names = sorted(counted)
    rows = [{"name": n, "key": normalise(n), "people": counted[n]} for n in names]
    ids = dict(zip(names, write(Skill, rows), strict=True))
    add(
        PersonSkill,
        [
            {"person_id": person_id, "skill_id": ids[name], "since": since, "place": place}
            for person_id, known in skills.items()
            for place, (name, since) in enumerate(known)
        ],
    )
