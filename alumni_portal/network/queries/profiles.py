"""A profile and its parts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import contains_eager

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.network import rules
from alumni_portal.network.models import PersonSkill, PersonTopic, Profile, Since, Skill, Topic
from alumni_portal.network.rules import Audience, Field, Filled

_SUGGESTIONS = 100
#: A skill that fewer have could tell who it is.
_FEW = 3


def profile_of(person_id: int) -> Profile:
    """Return a person's profile; an empty one, not stored, for who has none."""
    found = db.session.get(Profile, person_id)
    if found is not None:
        return found
    texts = dict.fromkeys(("headline", "now_title", "now_employer", "city", "about", "links"), "")
    audiences = {f"{field}_for": Audience.ONLY_ME for field in Field}
    return Profile(person_id=person_id, confirmed_at=clock.now(), **texts, **audiences)


def skills_of(person_id: int) -> dict[Since, list[str]]:
    """Return a person's skills: then, and new since the last day."""
    rows = db.session.scalars(
        select(PersonSkill)
        .join(PersonSkill.skill)
        .where(PersonSkill.person_id == person_id)
        .options(contains_eager(PersonSkill.skill))
        .order_by(PersonSkill.place, PersonSkill.skill_id)
    )
    found: dict[Since, list[str]] = {since: [] for since in Since}
    for row in rows:
        found[row.since].append(row.skill.name)
    return found


def topics_of(person_id: int) -> list[Topic]:
    """Return the topics that interest a person, in the order of the list."""
    chosen = set(
        db.session.scalars(select(PersonTopic.topic).where(PersonTopic.person_id == person_id))
    )
    return [topic for topic in Topic if topic in chosen]


def filled_by(person_id: int) -> Filled:
    """Return what somebody's own profile has so far: the profile and one statement more."""
    has = select(PersonSkill.skill_id).where(PersonSkill.person_id == person_id)
    row = db.session.execute(
        select(
            has.where(PersonSkill.since == Since.THEN).exists().label("then"),
            has.where(PersonSkill.since == Since.SINCE_LEFT).exists().label("since"),
            select(PersonTopic.topic)
            .where(PersonTopic.person_id == person_id)
            .exists()
            .label("topics"),
        )
    ).one()
    skills = {Since.THEN: row.then, Since.SINCE_LEFT: row.since}
    return filled(profile_of(person_id), skills, row.topics)


def filled(profile: Profile, skills: Mapping[Since, object], topics: object) -> Filled:
    """Return what a profile has so far; of skills and topics only whether there are any counts."""
    return Filled(
        work=bool(profile.now_title or profile.now_employer),
        city=bool(profile.city),
        skills_then=bool(skills[Since.THEN]),
        skills_since=bool(skills[Since.SINCE_LEFT]),
        topics=bool(topics),
        shared=any(profile.audience(field) is not Audience.ONLY_ME for field in Field),
    )


def suggested_skills() -> list[str]:
    """Return the most common skills, to choose from while typing."""
    query = (
        select(Skill.name)
        .where(Skill.people >= _FEW)
        .order_by(Skill.people.desc(), Skill.key)
        .limit(_SUGGESTIONS)
    )
    return list(db.session.scalars(query))


def to_ask(moment: datetime, *, limit: int) -> list[Profile]:
    """Return members' profiles that were not confirmed, nor asked about, for a year."""
    since = moment - rules.ASK_AFTER
    query = (
        select(Profile)
        .where(
            Profile.confirmed_at <= since,
            or_(Profile.asked_at.is_(None), Profile.asked_at <= since),
            exists(
                agreeing(Purpose.MEMBERSHIP).where(StandingConsent.person_id == Profile.person_id)
            ),
        )
        .order_by(Profile.confirmed_at, Profile.person_id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def to_forget(moment: datetime, *, limit: int) -> list[int]:
    """Return people who left the network so long ago that their profile is to be forgotten."""
    query = (
        select(Profile.person_id).where(Profile.left_at <= moment - rules.FORGET_AFTER).limit(limit)
    )
    return list(db.session.scalars(query))
