"""Who gets something, and why the others do not: two statements, the same on every database."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    column,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from alumni_portal.audiences.models import REASONS, RECENTLY, Reason, Segment, Wanted
from alumni_portal.consents.models import LetterTopic, Purpose
from alumni_portal.consents.queries import agreeing, muting, pausing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, Suppression
from alumni_portal.network.models import Audience as ShownTo
from alumni_portal.network.models import PersonSkill, PersonTopic, Profile, Skill, Topic
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person, Unit
from alumni_portal.people.queries import running_on

__all__ = ["REASONS", "Audience", "Member", "count", "resolve", "segment", "segments"]

_RECEIVES = "receives"
#: Longer than this no mailing takes, however often it is paused.
_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Member:
    """Somebody who gets it, and where."""

    person_id: int
    public_id: str
    first_name: str
    last_name: str
    language: str
    address: str


@dataclass(frozen=True)
class Audience:
    """Who gets something, and how many do not, by the first reason that holds."""

    number: int
    by_language: dict[str, int]
    left_out: dict[Reason, int]
    #: How many of those who get it got another mailing in the last days.
    recent: int = 0
    recipients: list[Member] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many people were looked at: everybody who has left here once."""
        return self.number + sum(self.left_out.values())


def segments() -> list[Segment]:
    """Return the saved segments by name."""
    return list(db.session.scalars(select(Segment).order_by(Segment.name)))


def segment(public_id: str) -> Segment | None:
    """Return the segment with this public id."""
    return db.session.scalar(select(Segment).where(Segment.public_id == public_id))


def segment_by_id(segment_id: int | None) -> Segment | None:
    """Return a segment by its row id."""
    return db.session.get(Segment, segment_id) if segment_id else None


def count(
    wanted: Wanted,
    purpose: Purpose,
    topic: LetterTopic | None = None,
    *,
    spares_recent: bool = False,
) -> Audience:
    """Return how many get something for a purpose and why the others do not. One statement.

    `spares_recent` leaves out who got a mailing in the last seven days.
    """
    judged = _judged(wanted, purpose, topic, spares_recent=spares_recent).subquery()
    parts = (judged.c.verdict, judged.c.language, judged.c.is_recent)
    rows = db.session.execute(select(*parts, func.count().label("number")).group_by(*parts))
    by_language: dict[str, int] = {}
    left_out: dict[Reason, int] = defaultdict(int)
    recent = 0
    for row in rows:
        if row.verdict == _RECEIVES:
            by_language[row.language] = by_language.get(row.language, 0) + row.number
            recent += row.number if row.is_recent else 0
        else:
            left_out[Reason(row.verdict)] += row.number
    ordered = {reason: left_out[reason] for reason in REASONS if left_out[reason]}
    return Audience(sum(by_language.values()), by_language, ordered, recent)


def resolve(
    wanted: Wanted,
    purpose: Purpose,
    topic: LetterTopic | None = None,
    *,
    spares_recent: bool = False,
) -> Audience:
    """Return who gets something for a purpose and why the others do not. Two statements."""
    counted = count(wanted, purpose, topic, spares_recent=spares_recent)
    judged = _judged(wanted, purpose, topic, spares_recent=spares_recent)
    return replace(counted, recipients=_members(_receiving(judged)))


def members(wanted: Wanted, purpose: Purpose, topic: LetterTopic | None = None) -> list[Member]:
    """Return who gets something for a purpose, in one statement."""
    return _members(_receiving(_judged(wanted, purpose, topic, spares_recent=False)))


def first_of(
    wanted: Wanted,
    purpose: Purpose,
    topic: LetterTopic | None = None,
    *,
    name: str = "",
    spares_recent: bool = False,
) -> Member | None:
    """Return one who gets it and has this in the name, to try it on."""
    query = _receiving(_judged(wanted, purpose, topic, spares_recent=spares_recent))
    if name:
        called = Person.search_name.contains(normalise(name), autoescape=True)
        query = query.where(column("id").in_(select(Person.id).where(called)))
    found = _members(query.limit(1))
    return found[0] if found else None


def _receiving(everybody: Select[Any]) -> Select[Any]:
    judged = everybody.subquery()
    query: Any = select(judged).where(judged.c.verdict == _RECEIVES)
    receiving: Select[Any] = query.order_by(judged.c.id)
    return receiving


def _members(query: Select[Any]) -> list[Member]:
    return [
        Member(row.id, row.public_id, row.first_name, row.last_name, row.language, row.address)
        for row in db.session.execute(query)
    ]


def _judged(
    wanted: Wanted, purpose: Purpose, topic: LetterTopic | None, *, spares_recent: bool
) -> Select[Any]:
    """Return everybody who has left here once, with address and verdict."""
    address = aliased(EmailAddress)
    today = clock.today()
    is_recent = Person.id.in_(_mailed_recently())
    verdict = case(
        (Person.died_on.is_not(None), Reason.DECEASED.value),
        (_has(running_on(today)), Reason.EMPLOYED.value),
        (~_inside(wanted), Reason.OUTSIDE.value),
        (Person.id.not_in(agreeing(purpose)), Reason.NOT_AGREED.value),
        (Person.id.in_(pausing()), Reason.PAUSED.value),
        (Person.id.in_(muting(topic)) if topic else false(), Reason.OTHER_TOPIC.value),
        (address.id.is_(None), Reason.NO_ADDRESS.value),
        (_is_suppressed(address), Reason.SUPPRESSED.value),
        (is_recent if spares_recent else false(), Reason.RECENT.value),
        else_=_RECEIVES,
    )
    query: Any = select(
        Person.id,
        Person.public_id,
        Person.first_name,
        Person.last_name,
        Person.language,
        address.address,
        verdict.label("verdict"),
        case((is_recent, 1), else_=0).label("is_recent"),
    )
    judged: Select[Any] = query.outerjoin(address, address.id == _newest_address()).where(
        _has(Employment.ends_on < today)
    )
    return judged


def _mailed_recently() -> Select[int]:
    """Return the select of the ids of people who got a mailing in the last days."""
    since = clock.now() - RECENTLY
    return (
        select(Delivery.person_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.created_at >= since - _LASTS,
            Delivery.state == DeliveryState.SENT,
            Delivery.ended_at >= since,
        )
    )


def _newest_address() -> Any:  # noqa: ANN401 - a subquery of one number
    own = aliased(EmailAddress)
    return (
        select(func.max(own.id))
        .where(
            own.person_id == Person.id,
            own.kind == AddressKind.PRIVATE,
            own.verified_at.is_not(None),
            own.retired_at.is_(None),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _is_suppressed(address: Any) -> ColumnElement[bool]:  # noqa: ANN401 - an alias
    return exists(select(Suppression.id).where(Suppression.canonical == address.canonical))


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    job = select(Employment.id).where(Employment.person_id == Person.id, *conditions)
    return job.correlate(Person).exists()


def _inside(wanted: Wanted) -> ColumnElement[bool]:
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
    return [_has(*conditions)] if conditions else []


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
