"""What a member changes in the own profile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import delete, insert, select, update

from alumni_portal.consents.queries import is_member
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line, normalise
from alumni_portal.core.text import lazy as _l
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
from alumni_portal.network.services.index import reindex
from alumni_portal.network.services.skills import skill_ids
from alumni_portal.people.models import Person

MOST_LINKS = 5


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What somebody writes about themselves."""

    headline: str = ""
    now_title: str = ""
    now_employer: str = ""
    city: str = ""
    about: str = ""
    links: str = ""


def own_profile(person: Person) -> Profile:
    """Return the stored profile of a member, made when there was none.

    Raises Refusal for who is no member: then there is no ground to keep it.
    """
    if not is_member(person.id):
        raise Refusal(_l("Du är inte med i nätverket just nu, så vi kan inte spara din profil."))
    profile = db.session.get(Profile, person.id)
    if profile is None:
        profile = Profile(person_id=person.id)
        db.session.add(profile)
        db.session.flush()
    return profile


def describe(person: Person, texts: Texts, *, by: Actor) -> Profile:
    """Keep what a member writes. Raises Refusal (field `links`) for what is no web address."""
    profile = own_profile(person)
    profile.links = "\n".join(_links(texts.links))
    profile.headline, profile.about = clean_line(texts.headline), texts.about.strip()
    profile.now_title = clean_line(texts.now_title)
    profile.now_employer = clean_line(texts.now_employer)
    profile.city = clean_line(texts.city)
    profile.city_key = normalise(profile.city)
    return _kept(person, profile, "texts", by)


def _links(typed: str) -> list[str]:
    links = [line.strip() for line in typed.splitlines() if line.strip()]
    for link in links:
        if urlsplit(link).scheme not in {"http", "https"} or not urlsplit(link).hostname:
            raise Refusal(_l("Skriv hela adressen, den börjar med https://"), field="links")
    if len(links) > MOST_LINKS:
        raise Refusal(_l("Högst fem länkar får plats."), field="links")
    return links


def _kept(person: Person, profile: Profile, what: str, by: Actor) -> Profile:
    profile.updated_at = profile.confirmed_at = clock.now()
    db.session.flush()
    reindex([person.id])
    audit.record("profile.changed", by=by, subject=person.public_id, part=what)
    return profile


def choose_skills(person: Person, skills: Mapping[Since, Sequence[str]], *, by: Actor) -> None:
    """Keep a member's skills. One named twice counts as new since the last day."""
    profile = own_profile(person)
    wanted = {
        normalise(name): (name, since)
        for since in (Since.THEN, Since.SINCE_LEFT)
        for name in skills.get(since, ())
    }
    known = skill_ids({key: name for key, (name, _since) in wanted.items()})
    before = set(
        db.session.scalars(select(PersonSkill.skill_id).where(PersonSkill.person_id == person.id))
    )
    db.session.execute(delete(PersonSkill).where(PersonSkill.person_id == person.id))
    rows = [
        {"person_id": person.id, "skill_id": known[key], "since": since, "place": place}
        for place, (key, (_name, since)) in enumerate(wanted.items())
    ]
    if rows:
        db.session.execute(insert(PersonSkill), rows)
    after = {known[key] for key in wanted}
    _count(after - before, 1)
    _count(before - after, -1)
    _kept(person, profile, "skills", by)


def _count(skill_ids: Collection[int], change: int) -> None:
    if skill_ids:
        db.session.execute(
            update(Skill).where(Skill.id.in_(skill_ids)).values(people=Skill.people + change)
        )


def choose_topics(person: Person, topics: Collection[Topic], *, by: Actor) -> None:
    """Keep which topics interest a member."""
    profile = own_profile(person)
    db.session.execute(delete(PersonTopic).where(PersonTopic.person_id == person.id))
    if topics:
        db.session.execute(
            insert(PersonTopic), [{"person_id": person.id, "topic": one} for one in sorted(topics)]
        )
    _kept(person, profile, "topics", by)


def choose_audiences(person: Person, chosen: Mapping[Field, Audience], *, by: Actor) -> None:
    """Keep who may see which part; what is not named stays as it is."""
    profile = own_profile(person)
    for part, audience in chosen.items():
        setattr(profile, f"{part}_for", audience)
    db.session.flush()
    reindex([person.id])
    shared = {str(part): str(audience) for part, audience in sorted(chosen.items())}
    audit.record("profile.audience_chosen", by=by, subject=person.public_id, audiences=shared)


def confirm(person: Person, *, by: Actor) -> None:
    """Note that a member says that the profile still holds."""
    _kept(person, own_profile(person), "confirmed", by)
