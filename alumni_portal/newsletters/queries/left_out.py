"""Reads about greetings whose time is over, and why they did not go."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.consents.models import Act, ConsentEntry, MailPause, Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_moment
from alumni_portal.mail.models import Suppression
from alumni_portal.newsletters.models import GreetingsLeftOut, GreetingStop
from alumni_portal.newsletters.queries.greetings import done_among, is_last_time, last_mails
from alumni_portal.newsletters.rules.greetings import Standing
from alumni_portal.newsletters.rules.left_out import (
    LEFT_OUT,
    LeftOut,
    Reach,
    why_left_out,
)
from alumni_portal.people.models import EmailAddress, Employment, Person
from alumni_portal.people.queries import newest_private_address

__all__ = ["LEFT_OUT", "LeftOut"]


def closed(
    ranges: list[tuple[int, date, date]], *, off_since: date | None
) -> Counter[tuple[int, LeftOut]]:
    """Return how many of each greeting have lost it, by what kept them.

    `ranges` are the last days of those whose greeting has had its last chance. That was the day on
    which it is asked at the latest, so what is known then of consents, addresses and pauses is what
    kept the greeting. Three statements.
    """
    rows = db.session.execute(_closed(ranges)).all() if ranges else []
    people = [row.person_id for row in rows]
    mailed, done = (last_mails(people), done_among(people)) if people else ({}, {})
    found: Counter[tuple[int, LeftOut]] = Counter()
    for row in rows:
        standing = _standing(row, mailed.get(row.person_id), done.get(row.employment_id, set()))
        reach = Reach(
            agrees=row.agrees,
            has_address=row.address is not None,
            is_suppressed=row.is_suppressed,
            stop=row.why,
        )
        for step in (step for step, first, last in ranges if first <= row.ends_on <= last):
            why = why_left_out(step, standing, reach, off_since=off_since)
            if why is not None:
                found[step, why] += 1
    return found


def _standing(row: Row[Any], mailed: date | None, done: set[int]) -> Standing:
    return Standing(
        left_on=row.ends_on,
        agreed_on=clock.local(row.agreed_at).date() if row.agreed_at else row.ends_on,
        done=done,
        last_mail_on=mailed,
        paused_to=clock.local(row.until).date() if row.until else None,
    )


def _closed(ranges: list[tuple[int, date, date]]) -> Select[Any]:
    """Return the select of those whose last day says that a greeting's time is over.

    Who never agreed to newsletters is not among them: no greeting was theirs.
    """
    address, stop, yes = aliased(EmailAddress), GreetingStop, StandingConsent
    agrees = case((Person.id.in_(agreeing(Purpose.NEWSLETTER)), True), else_=False)
    is_suppressed = exists().where(Suppression.canonical == address.canonical)
    first_yes = func.coalesce(_first_yes(), yes.since)
    query: Any = select(
        Employment.id.label("employment_id"),
        Employment.ends_on,
        Person.id.label("person_id"),
        address.address,
        is_suppressed.label("is_suppressed"),
        agrees.label("agrees"),
        case((stop.why.is_(None), yes.since), else_=first_yes).label("agreed_at"),
        MailPause.until,
        stop.why,
    )
    about = and_(yes.person_id == Person.id, yes.purpose == Purpose.NEWSLETTER)
    paused = and_(MailPause.person_id == Person.id, MailPause.until > this_moment())
    leavers: Select[Any] = (
        query.select_from(Employment)
        .join(Person, Person.id == Employment.person_id)
        .outerjoin(yes, about)
        .outerjoin(stop, stop.employment_id == Employment.id)
        .outerjoin(address, address.id == newest_private_address())
        .outerjoin(MailPause, paused)
        .where(
            Person.died_on.is_(None),
            or_(*(Employment.ends_on.between(first, last) for _step, first, last in ranges)),
            or_(and_(is_last_time(), yes.person_id.is_not(None)), stop.why.is_not(None)),
        )
    )
    return leavers


def _first_yes() -> Any:  # noqa: ANN401 - a scalar subquery of moments
    return (
        select(func.min(ConsentEntry.at))
        .where(
            ConsentEntry.person_id == Person.id,
            ConsentEntry.purpose == Purpose.NEWSLETTER,
            ConsentEntry.act == Act.GIVEN,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def left_out(since: datetime) -> dict[int, dict[LeftOut, int]]:
    """Return how many of each greeting were left out after a moment and why, most first."""
    number = func.sum(GreetingsLeftOut.number)
    rows = db.session.execute(
        select(GreetingsLeftOut.step, GreetingsLeftOut.why, number.label("number"))
        .where(GreetingsLeftOut.on >= clock.local(since).date())
        .group_by(GreetingsLeftOut.step, GreetingsLeftOut.why)
        .order_by(GreetingsLeftOut.step, number.desc(), GreetingsLeftOut.why)
    )
    found: dict[int, dict[LeftOut, int]] = {}
    for row in rows:
        found.setdefault(row.step, {})[row.why] = row.number
    return found
