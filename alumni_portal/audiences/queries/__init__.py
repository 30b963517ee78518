"""Who gets something, and why the others do not: two statements, the same on every database."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, column, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.audiences.models import (
    REASONS,
    SPARING_NOBODY,
    Reason,
    Segment,
    Sparing,
    Wanted,
    month_of,
)
from alumni_portal.audiences.queries.belonging import has_worked, inside
from alumni_portal.audiences.queries.lately import free_from, got_newsletter, mailed_recently
from alumni_portal.consents.models import LetterTopic, Purpose
from alumni_portal.consents.queries import agreeing, muting, pausing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.mail.models import Suppression
from alumni_portal.people.models import EmailAddress, Employment, Person
from alumni_portal.people.queries import newest_private_address, running_on

__all__ = [
    "REASONS",
    "Audience",
    "Member",
    "count",
    "resolve",
    "segment",
    "segments",
    "spared_until",
]

_RECEIVES = "receives"


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
    #: How many of those who get it got a newsletter in the last month.
    second: int = 0
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
    sparing: Sparing = SPARING_NOBODY,
) -> Audience:
    """Return how many get something for a purpose and why the others do not. One statement.

    `sparing` leaves out some because of what they got before.
    """
    judged = _judged(wanted, purpose, topic, sparing=sparing).subquery()
    parts = (judged.c.verdict, judged.c.language, judged.c.is_recent, judged.c.is_second)
    rows = db.session.execute(select(*parts, func.count().label("number")).group_by(*parts))
    by_language: dict[str, int] = {}
    left_out: dict[Reason, int] = defaultdict(int)
    recent = second = 0
    for row in rows:
        if row.verdict == _RECEIVES:
            by_language[row.language] = by_language.get(row.language, 0) + row.number
            recent += row.number * row.is_recent
            second += row.number * row.is_second
        else:
            left_out[Reason(row.verdict)] += row.number
    ordered = {reason: left_out[reason] for reason in REASONS if left_out[reason]}
    return Audience(sum(by_language.values()), by_language, ordered, recent, second)


def resolve(
    wanted: Wanted,
    purpose: Purpose,
    topic: LetterTopic | None = None,
    *,
    sparing: Sparing = SPARING_NOBODY,
) -> Audience:
    """Return who gets something for a purpose and why the others do not. Two statements."""
    counted = count(wanted, purpose, topic, sparing=sparing)
    judged = _judged(wanted, purpose, topic, sparing=sparing)
    return replace(counted, recipients=_members(_receiving(judged)))


def members(wanted: Wanted, purpose: Purpose, topic: LetterTopic | None = None) -> list[Member]:
    """Return who gets something for a purpose, in one statement."""
    return _members(_receiving(_judged(wanted, purpose, topic, sparing=SPARING_NOBODY)))


def spared_until(
    wanted: Wanted, purpose: Purpose, topic: LetterTopic | None, *, sparing: Sparing
) -> date | None:
    """Return the first day on which all would get it who are spared now; nothing of nobody."""
    judged = _judged(wanted, purpose, topic, sparing=sparing).subquery()
    spared = select(judged.c.id).where(judged.c.verdict.in_([Reason.SECOND, Reason.RECENT]))
    return free_from(spared, sparing)


def first_of(
    wanted: Wanted,
    purpose: Purpose,
    topic: LetterTopic | None = None,
    *,
    name: str = "",
    sparing: Sparing = SPARING_NOBODY,
) -> Member | None:
    """Return one who gets it and has this in the name, who has a name that begins so first."""
    query = _receiving(_judged(wanted, purpose, topic, sparing=sparing))
    if name:
        called = Person.search_name.contains(normalise(name), autoescape=True)
        query = query.where(column("id").in_(select(Person.id).where(called)))
        begins = column("id").in_(select(Person.id).where(_has_name_from(normalise(name))))
        query = query.order_by(None).order_by(case((begins, 0), else_=1), column("id"))
    found = _members(query.limit(1))
    return found[0] if found else None


def _has_name_from(start: str) -> ColumnElement[bool]:
    """Return the condition that one of somebody's names begins like this."""
    first = Person.search_name.startswith(start, autoescape=True)
    return or_(first, Person.search_name.contains(f" {start}", autoescape=True))


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
    wanted: Wanted, purpose: Purpose, topic: LetterTopic | None, *, sparing: Sparing
) -> Select[Any]:
    """Return everybody who has left here once, with address and verdict."""
    address = aliased(EmailAddress)
    today = clock.today()
    at = sparing.at or clock.now()
    is_recent = Person.id.in_(mailed_recently(at))
    has_one: ColumnElement[bool] = false()
    if purpose is Purpose.NEWSLETTER:
        has_one = Person.id.in_(got_newsletter(month_of(at)))
    verdict = case(
        (Person.died_on.is_not(None), Reason.DECEASED.value),
        (has_worked(running_on(today)), Reason.EMPLOYED.value),
        (~inside(wanted), Reason.OUTSIDE.value),
        (Person.id.not_in(agreeing(purpose)), Reason.NOT_AGREED.value),
        (Person.id.in_(pausing()), Reason.PAUSED.value),
        (Person.id.in_(muting(topic)) if topic else false(), Reason.OTHER_TOPIC.value),
        (address.id.is_(None), Reason.NO_ADDRESS.value),
        (_is_suppressed(address), Reason.SUPPRESSED.value),
        (has_one if sparing.second else false(), Reason.SECOND.value),
        (is_recent if sparing.recent else false(), Reason.RECENT.value),
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
        case((has_one, 1), else_=0).label("is_second"),
    )
    judged: Select[Any] = query.outerjoin(address, address.id == newest_private_address()).where(
        has_worked(Employment.ends_on < today)
    )
    return judged


def _is_suppressed(address: Any) -> ColumnElement[bool]:  # noqa: ANN401 - an alias
    return exists(select(Suppression.id).where(Suppression.canonical == address.canonical))
