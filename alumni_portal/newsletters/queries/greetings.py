"""Reads about greetings to come: how they are set up, and whose turn it is when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
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
from alumni_portal.people.models import EmailAddress, Employment, Person
from alumni_portal.people.queries import newest_private_address

#: What counts as a mail that rests on the same consent.
_ALIKE = (Purpose.NEWSLETTER.value, GREETINGS)
#: A copy in one of these did not reach anybody.
NEVER_WENT = (DeliveryState.FAILED, DeliveryState.SKIPPED)
#: So long a mailing may take at most, however often it is paused.
_LASTS = timedelta(days=30)


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


def plan() -> GreetingPlan | None:
    """Return how greetings are set up, or nothing while nobody has."""
    return db.session.scalar(select(GreetingPlan))


def turns(begun_on: date, *, until: date) -> list[Turn]:
    """Return whose greeting comes by a day, soonest first. Three statements, however many."""
    today = clock.today()
    rows = db.session.execute(_leavers(left_between(begun_on, today, until))).all()
    people = [row.person_id for row in rows]
    mailed, done = _last_mails(people), _done(people)
    found = []
    for row in rows:
        standing = Standing(
            left_on=row.ends_on,
            agreed_on=clock.local(row.since).date(),
            done=done[row.employment_id],
            last_mail_on=mailed.get(row.person_id),
            paused_to=clock.local(row.until).date() if row.until else None,
        )
        comes = coming(standing, begun_on=begun_on, today=today)
        if comes is not None and comes.on <= until:
            own = {name: getattr(row, name) for name in _OWN}
            found.append(Turn(**own, coming=comes))
    return sorted(found, key=lambda one: (one.coming, one.person_id))


def ahead(known: GreetingPlan | None) -> list[tuple[Coming, int]]:
    """Return what goes in the next thirty days and to how many, as things stand now."""
    if known is None or not known.is_on or known.on_since is None:
        return []
    found = turns(known.on_since, until=clock.today() + AHEAD)
    return by_day(one.coming for one in found)


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
        pause.until,
    )
    leavers: Select[Any] = (
        query.select_from(StandingConsent)
        .join(Person, Person.id == StandingConsent.person_id)
        .join(Employment, Employment.person_id == Person.id)
        .join(address, address.id == newest_private_address())
        .outerjoin(pause, and_(pause.person_id == Person.id, pause.until > this_moment()))
        .where(
            StandingConsent.purpose == Purpose.NEWSLETTER,
            StandingConsent.person_id.in_(agreeing(Purpose.NEWSLETTER)),
            or_(*days),
            is_last_time(),
            ~exists().where(GreetingStop.employment_id == Employment.id),
            ~exists().where(Suppression.canonical == address.canonical),
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


def _last_mails(people: Collection[int]) -> dict[int, date]:
    """Return on which day each got the last mail that rests on the same consent, of late."""
    since = clock.now() - APART - _LASTS
    at = func.max(func.coalesce(Delivery.ended_at, Mailing.created_at))
    rows = db.session.execute(
        select(Delivery.person_id, at.label("at"))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.purpose.in_(_ALIKE),
            Mailing.created_at >= since,
            among(Delivery.person_id),
            Delivery.state.not_in(NEVER_WENT),
        )
        .group_by(Delivery.person_id),
        {AMONG: people},
    )
    return {row.person_id: clock.local(row.at).date() for row in rows}


def _done(people: Collection[int]) -> dict[int, set[int]]:
    """Return which greetings each time here has had, by employment."""
    query = select(Greeting.employment_id, Greeting.step).where(among(Greeting.person_id))
    found: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(query, {AMONG: people}):
        found[row.employment_id].add(row.step)
    return found
