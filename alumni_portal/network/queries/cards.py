"""Cards: what one viewer may see of somebody. Every page that shows a member asks here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreed
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.network import rules
from alumni_portal.network.models import PersonSkill, PersonTopic, Profile, Since, Topic
from alumni_portal.network.queries.together import overlapping
from alumni_portal.network.rules import Field, ViewerKind
from alumni_portal.people.models import Person
from alumni_portal.people.queries import Period, timelines


@dataclass(frozen=True)
class Viewer:
    """Who looks: an alumnus among alumni, or staff."""

    person_id: int
    is_alumnus: bool


@dataclass(frozen=True)
class Work:
    """Where somebody works now."""

    title: str
    employer: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A member as one viewer sees them. What the viewer may not see is simply not there."""

    person_id: int
    public_id: str
    name: str
    first_name: str
    periods: Sequence[Period]
    confirmed_at: datetime
    is_stale: bool
    shares_past: bool
    headline: str = ""
    work: Work | None = None
    city: str = ""
    about: str = ""
    links: Sequence[str] = ()
    skills: Mapping[Since, Sequence[str]] = field(default_factory=dict)
    topics: Sequence[Topic] = ()

    @property
    def all_skills(self) -> list[str]:
        """Return the skills, new ones first."""
        return [*self.skills.get(Since.SINCE_LEFT, ()), *self.skills.get(Since.THEN, ())]


def cards(viewer: Viewer, person_ids: Sequence[int], *, whole: bool = False) -> list[Card]:
    """Return the cards of members as this viewer sees them, in the order asked for.

    `whole` adds what stands on the card's own page only. The caller has checked membership.
    """
    kinds = _kinds(viewer, person_ids)
    return _made(person_ids, kinds, whole=whole)


def own_card(person_id: int, kind: ViewerKind) -> Card:
    """Return a person's card as a viewer of a kind would see it: the very same making."""
    return _made([person_id], {person_id: kind}, whole=True)[0]


def _kinds(viewer: Viewer, person_ids: Collection[int]) -> dict[int, ViewerKind]:
    if not viewer.is_alumnus:
        open_to_contact = agreed(Purpose.RECRUITER_CONTACT, person_ids)
        return {
            one: ViewerKind.RECRUITER if one in open_to_contact else ViewerKind.STAFF
            for one in person_ids
        }
    mates = overlapping(viewer.person_id).subquery()
    near = set(
        db.session.scalars(select(mates.c.person_id).where(mates.c.person_id.in_(person_ids)))
    )
    return {one: ViewerKind.SAME_UNIT if one in near else ViewerKind.ALUMNUS for one in person_ids}


def _made(person_ids: Sequence[int], kinds: Mapping[int, ViewerKind], *, whole: bool) -> list[Card]:
    rows = db.session.execute(
        select(Person, Profile)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(Person.id.in_(person_ids))
    )
    people = {person.id: (person, profile) for person, profile in rows}
    times, skills = timelines(person_ids), _skills(person_ids)
    topics = _topics(person_ids) if whole else {}
    return [
        _card(
            *people[one], kinds[one], times.get(one, []), skills.get(one, {}), topics.get(one, [])
        )
        for one in person_ids
        if one in people
    ]


def _skills(person_ids: Collection[int]) -> dict[int, dict[Since, list[str]]]:
    rows = db.session.scalars(
        select(PersonSkill)
        .join(PersonSkill.skill)
        .where(PersonSkill.person_id.in_(person_ids))
        .options(contains_eager(PersonSkill.skill))
        .order_by(PersonSkill.place, PersonSkill.skill_id)
    )
    found: dict[int, dict[Since, list[str]]] = {}
    for row in rows:
        found.setdefault(row.person_id, {}).setdefault(row.since, []).append(row.skill.name)
    return found


def _topics(person_ids: Collection[int]) -> dict[int, list[Topic]]:
    found: dict[int, list[Topic]] = {}
    for row in db.session.scalars(select(PersonTopic).where(PersonTopic.person_id.in_(person_ids))):
        found.setdefault(row.person_id, []).append(row.topic)
    return {one: [t for t in Topic if t in chosen] for one, chosen in found.items()}


def _card(
    person: Person,
    profile: Profile | None,
    kind: ViewerKind,
    times: list[Period],
    skills: dict[Since, list[str]],
    topics: list[Topic],
) -> Card:
    confirmed_at = profile.confirmed_at if profile else person.created_at

    def seen(part: Field) -> bool:
        return profile is not None and rules.is_visible(profile.audience(part), kind)

    shown = profile if profile is not None else Profile()
    return Card(
        person_id=person.id,
        public_id=person.public_id,
        name=person.name,
        first_name=person.first_name,
        periods=times if seen(Field.ROLES) else [_without_title(one) for one in times],
        confirmed_at=confirmed_at,
        is_stale=rules.is_stale(confirmed_at, clock.now()),
        shares_past=kind is ViewerKind.SAME_UNIT,
        headline=shown.headline if seen(Field.HEADLINE) else "",
        work=_work(shown) if seen(Field.WORK) else None,
        city=shown.city if seen(Field.CITY) else "",
        about=shown.about if seen(Field.ABOUT) else "",
        links=shown.links.splitlines() if seen(Field.LINKS) else [],
        skills=skills if seen(Field.SKILLS) else {},
        topics=topics if seen(Field.TOPICS) else [],
    )


def _without_title(time: Period) -> Period:
    return Period(time.public_id, "", time.unit, "", time.begins_on, time.ends_on)


def _work(profile: Profile) -> Work | None:
    if not profile.now_title and not profile.now_employer:
        return None
    return Work(profile.now_title, profile.now_employer)
