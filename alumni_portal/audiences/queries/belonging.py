"""Who belongs to a segment."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from alumni_portal.audiences.models import Wanted
from alumni_portal.network.models import Audience as ShownTo
from alumni_portal.network.models import PersonSkill, PersonTopic, Profile, Skill, Topic
from alumni_portal.people.models import Employment, Person, Unit


def has_worked(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a person has or had a job of this kind."""
    job = select(Employment.id).where(Employment.person_id == Person.id, *conditions)
    return job.correlate(Person).exists()


def inside(wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a person belongs to a segment: every kind of wish is met.

    What somebody shows to nobody counts for nobody; units and years are the employer's own.
    """
    return and_(true(), *_worked(wanted), *_told(wanted), *_spoken(wanted))


def _worked(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.units:
        conditions.append(Employment.unit_id.in_(_units_below(wanted.units)))
    if wanted.from_year:
        first = date(wanted.from_year, 1, 1)
        conditions.append(or_(Employment.ends_on.is_(None), Employment.ends_on >= first))
    if wanted.to_year:
        conditions.append(Employment.begins_on <= date(wanted.to_year, 12, 31))
    return [has_worked(*conditions)] if conditions else []


def _units_below(public_ids: tuple[str, ...]) -> Select[int]:
    tree = select(Unit.id).where(Unit.public_id.in_(public_ids)).cte("below", recursive=True)
    tree = tree.union(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    return select(tree.c.id)


def _told(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.places:
        found.append(_profile(Profile.city_key.in_(wanted.places), Profile.city_for))
    if wanted.skills:
        having = select(PersonSkill.person_id).join(Skill, Skill.id == PersonSkill.skill_id)
        skilled = having.where(PersonSkill.person_id == Person.id, Skill.key.in_(wanted.skills))
        found.append(_profile(skilled.correlate(Person).exists(), Profile.skills_for))
    if wanted.topics:
        topics = [Topic(one) for one in wanted.topics if one in set(Topic)]
        curious = select(PersonTopic.person_id).where(
            PersonTopic.person_id == Person.id, PersonTopic.topic.in_(topics)
        )
        found.append(_profile(curious.correlate(Person).exists(), Profile.topics_for))
    return found


def _profile(condition: ColumnElement[bool], shown_to: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    profile = select(Profile.person_id).where(
        Profile.person_id == Person.id, condition, shown_to != ShownTo.ONLY_ME
    )
    return profile.correlate(Person).exists()


def _spoken(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [Person.language == wanted.language] if wanted.language else []
