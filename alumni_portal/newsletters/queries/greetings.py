"""Reads about greetings to come: how they are set up, and whose turn it is when."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.consents.models import MailPause, Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.among import AMONG, among
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_moment
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, Suppression
from alumni_portal.newsletters.models import Greeting, GreetingPlan, GreetingStop
from alumni_portal.newsletters.rules.greetings import (
    AHEAD,
    APART,
    GREETINGS,
    Coming,
    Standing,
    by_day,
    coming,
    left_between,
)
from alumni_portal.newsletters.rules.left_out import Fate, Reach, fates
from alumni_portal.people.models import EmailAddress, Employment, Person
from alumni_portal.people.queries import newest_private_address

#: What counts as a mail that rests on the same consent.
ALIKE = (Purpose.NEWSLETTER.value, GREETINGS)
#: A copy in one of these did not reach anybody.
NEVER_WENT = (DeliveryState.FAILED, DeliveryState.SKIPPED)
#: So long a mailing may take at most, however often it is paused.
LASTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Somebody who has left, where they are reached, and what comes next."""

    employment_id: int
    #: Public id of the employment.
    employment: str
    person_id: int
    public_id: str
    first_name: str
    language: str
    address: str
    coming: Coming


@dataclass(frozen=True)
class Ahead:
    """What is to come of greetings: day by day, and what becomes of those whose day is near."""

    days: list[tuple[Coming, int]]
    becomes: dict[int, Counter[Fate]]


def plan() -> GreetingPlan | None:
    """Return how greetings are set up, or nothing while nobody has."""
    return db.session.scalar(select(GreetingPlan))


def turns(begun_on: date, *, until: date) -> list[Turn]:
    """Return whose greeting comes by a day, soonest first. Three statements, however many."""
    return _turns(_candidates(begun_on, until), begun_on, until)


def ahead(known: GreetingPlan | None) -> Ahead:
    """Return what goes in the next thirty days and to how many, as things stand now."""
    if known is None or not known.is_on or known.on_since is None:
        return Ahead([], {})
    begun_on, today = known.on_since, clock.today()
    until = today + AHEAD
    candidates = _candidates(begun_on, until)
    becomes: dict[int, Counter[Fate]] = {}
    for _row, one, reach in candidates:
        for step, fate in fates(one, reach, begun_on=begun_on, today=today, until=until):
            becomes.setdefault(step, Counter())[fate] += 1
    found = _turns(candidates, begun_on, until)
    return Ahead(by_day(one.coming for one in found), dict(sorted(becomes.items())))


def _candidates(begun_on: date, until: date) -> list[tuple[Row[Any], Standing, Reach]]:
    """Return those of whom one greeting's day is by then, and how things stand for them."""
    rows = db.session.execute(_leavers(left_between(begun_on, clock.today(), until))).all()
    people = [row.person_id for row in rows]
    mailed, done = last_mails(people), done_among(people)
    found = []
    for row in rows:
        standing = Standing(
            left_on=row.ends_on,
            agreed_on=clock.local(row.since).date(),
            done=done[row.employment_id],
            last_mail_on=mailed.get(row.person_id),
            paused_to=clock.local(row.until).date() if row.until else None,
        )
        is_there = row.address is not None
        found.append((row, standing, Reach(has_address=is_there, is_suppressed=row.is_suppressed)))
    return found


def _turns(
    candidates: list[tuple[Row[Any], Standing, Reach]], begun_on: date, until: date
) -> list[Turn]:
    found = []
    for row, standing, reach in candidates:
        if not reach.has_address or reach.is_suppressed:
            continue
        comes = coming(standing, begun_on=begun_on, today=clock.today())
        if comes is not None and comes.on <= until:
            own = {name: getattr(row, name) for name in _OWN}
            found.append(Turn(**own, coming=comes))
    return sorted(found, key=lambda one: (one.coming, one.person_id))


_OWN = (
    "employment_id",
    "employment",
    "person_id",
    "public_id",
    "first_name",
    "language",
    "address",
)


def _leavers(ranges: list[tuple[int, date, date]]) -> Select[Any]:
    """Return the select of members whose last day makes one of their greetings possible."""
    address, pause = aliased(EmailAddress), aliased(MailPause)
    days = [Employment.ends_on.between(first, last) for _step, first, last in ranges]
    query: Any = select(
        Employment.id.label("employment_id"),
        Employment.public_id.label("employment"),
        Employment.ends_on,
        Person.id.label("person_id"),
        Person.public_id,
        Person.first_name,
        Person.language,
        StandingConsent.since,
        address.address,
        exists().where(Suppression.canonical == address.canonical).label("is_suppressed"),
        pause.until,
    )
    leavers: Select[Any] = (
        query.select_from(StandingConsent)
        .join(Person, Person.id == StandingConsent.person_id)
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(address, address.id == newest_private_address())
        .outerjoin(pause, and_(pause.person_id == Person.id, pause.until > this_moment()))
        .where(
            StandingConsent.purpose == Purpose.NEWSLETTER,
            StandingConsent.person_id.in_(agreeing(Purpose.NEWSLETTER)),
            or_(*days),
            is_last_time(),
            ~exists().where(GreetingStop.employment_id == Employment.id),
        )
    )
    return leavers


def is_last_time() -> ColumnElement[bool]:
    """Return the condition that somebody was not employed after this employment."""
    later = aliased(Employment)
    after = or_(
        later.ends_on.is_(None),
        later.ends_on > Employment.ends_on,
        and_(later.ends_on == Employment.ends_on, later.id > Employment.id),
    )
    return ~exists(select(later.id).where(later.person_id == Employment.person_id, after))


def last_mails(people: Collection[int]) -> dict[int, date]:
    """Return on which day each got the last mail that rests on the same consent, of late."""
    since = clock.now() - APART - LASTS
    at = func.max(func.coalesce(Delivery.ended_at, Mailing.created_at))
    rows = db.session.execute(
        select(Delivery.person_id, at.label("at"))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.purpose.in_(ALIKE),
            Mailing.created_at >= since,
            among(Delivery.person_id),
            Delivery.state.not_in(NEVER_WENT),
        )
        .group_by(Delivery.person_id),
        {AMONG: people},
    )
    return {row.person_id: clock.local(row.at).date() for row in rows}


def done_among(people: Collection[int]) -> dict[int, set[int]]:
    """Return which greetings each time here has had, by employment."""
    query = select(Greeting.employment_id, Greeting.step).where(among(Greeting.person_id))
    found: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(query, {AMONG: people}):
        found[row.employment_id].add(row.step)
    return found
