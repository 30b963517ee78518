"""Cards: what one viewer may see of somebody. Every page that shows a member asks here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, select
from sqlalchemy.orm import contains_eager

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
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
    """Who looks: an alumnus among alumni, or staff, who may recruit or not."""

    person_id: int
    is_alumnus: bool
    recruits: bool = False


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


@dataclass(frozen=True)
class Shown:
    """Somebody who may be shown, and in which capacity the viewer looks."""

    person: Person
    profile: Profile | None
    kind: ViewerKind


def listed(person_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any model
    """Return the condition that somebody is a member now, so that others may find them."""
    return exists(agreeing(Purpose.MEMBERSHIP).where(StandingConsent.person_id == person_id))


def open_to(viewer: Viewer, person_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any model
    """Return the condition that a viewer recruits and somebody agrees to be found by recruiters."""
    if not viewer.recruits:
        return false()
    consent = agreeing(Purpose.RECRUITER_CONTACT)
    return exists(consent.where(StandingConsent.person_id == person_id))


def members_for(viewer: Viewer) -> Select[Any]:
    """Return the select of members as a viewer may see them: the one door to anybody's card.

    Membership, and what decides the capacity of the viewer, are asked for in the row's own
    statement, so that a consent withdrawn a moment ago hides its person now.
    """
    near = (
        Person.id.in_(overlapping(viewer.person_id))
        if viewer.is_alumnus
        else open_to(viewer, Person.id)
    )
    query: Any = select(Person, Profile, near.label("near"))
    members: Select[Any] = query.outerjoin(Profile, Profile.person_id == Person.id).where(
        listed(Person.id)
    )
    return members


def shown(viewer: Viewer, row: Any) -> Shown:  # noqa: ANN401 - a row of `members_for`
    """Return a row of `members_for` with the capacity in which the viewer looks."""
    if viewer.is_alumnus:
        kind = ViewerKind.SAME_UNIT if row.near else ViewerKind.ALUMNUS
    else:
        kind = ViewerKind.RECRUITER if row.near else ViewerKind.STAFF
    return Shown(row.Person, row.Profile, kind)


def member(viewer: Viewer, public_id: str) -> Shown | None:
    """Return a member by public id; nothing for who is none, here or anywhere."""
    row = db.session.execute(members_for(viewer).where(Person.public_id == public_id)).first()
    return shown(viewer, row) if row else None


def own_card(person_id: int, kind: ViewerKind) -> Card:
    """Return a person's card as a viewer of a kind would see it: the very same making."""
    row = db.session.execute(
        select(Person, Profile)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    return cards([Shown(row.Person, row.Profile, kind)], whole=True)[0]


def cards(people: Sequence[Shown], *, whole: bool = False) -> list[Card]:
    """Return the cards of these people, in the order given.

    `whole` adds what stands on the card's own page only.
    """
    ids = [one.person.id for one in people]
    times, skills = timelines(ids), _skills(ids)
    topics = _topics(ids) if whole else {}
    return [
        _card(
            one,
            times.get(one.person.id, []),
            skills.get(one.person.id, {}),
            topics.get(one.person.id, []),
        )
        for one in people
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
    one: Shown, times: list[Period], skills: dict[Since, list[str]], topics: list[Topic]
) -> Card:
    person, profile = one.person, one.profile
    confirmed_at = profile.confirmed_at if profile else person.created_at

    def seen(part: Field) -> bool:
        return profile is not None and rules.is_visible(profile.audience(part), one.kind)

    told = profile if profile is not None else Profile()
    return Card(
        person_id=person.id,
        public_id=person.public_id,
        name=person.name,
        first_name=person.first_name,
        periods=times if seen(Field.ROLES) else [_without_title(time) for time in times],
        confirmed_at=confirmed_at,
        is_stale=rules.is_stale(confirmed_at, clock.now()),
        shares_past=one.kind is ViewerKind.SAME_UNIT,
        headline=told.headline if seen(Field.HEADLINE) else "",
        work=_work(told) if seen(Field.WORK) else None,
        city=told.city if seen(Field.CITY) else "",
        about=told.about if seen(Field.ABOUT) else "",
        links=told.links.splitlines() if seen(Field.LINKS) else [],
        skills=skills if seen(Field.SKILLS) else {},
        topics=topics if seen(Field.TOPICS) else [],
    )


def _without_title(time: Period) -> Period:
    return Period(time.public_id, "", time.unit, "", time.begins_on, time.ends_on)


def _work(profile: Profile) -> Work | None:
    if not profile.now_title and not profile.now_employer:
        return None
    return Work(profile.now_title, profile.now_employer)
