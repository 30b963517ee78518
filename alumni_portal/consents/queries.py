"""Reads about consents: what stands, what it says, what happened."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from alumni_portal.consents.models import (
    ConsentEntry,
    CountedVisits,
    Departure,
    DepartureReason,
    LetterTopic,
    MailPause,
    MutedTopic,
    StandingConsent,
    Wish,
)
from alumni_portal.consents.rules import (
    ASKS_AGAIN,
    DEPARTURE_REASONS,
    PAUSED,
    TOPICS,
    Purpose,
    depends_on_membership,
)
from alumni_portal.core.access_log import Access, AccessSubject
from alumni_portal.core.among import AMONG, among
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_day, this_moment
from alumni_portal.core.paging import Page, page
from alumni_portal.people.models import Employment, Person
from alumni_portal.people.queries import running_on

__all__ = ["DEPARTURE_REASONS", "TOPICS", "agreed", "agreeing", "mailable"]


def _unended(row: type[StandingConsent] = StandingConsent) -> ColumnElement[bool]:
    return or_(row.until.is_(None), row.until > this_moment())


def stands(purpose: Purpose) -> ColumnElement[bool]:
    """Return the condition that a standing consent is to this purpose and has not lapsed."""
    return (StandingConsent.purpose == purpose) & _unended()


def _is_employed() -> ColumnElement[bool]:
    """Return the condition that the person of a standing consent works here today."""
    job = select(Employment.id).where(
        Employment.person_id == StandingConsent.person_id, running_on(this_day())
    )
    return job.correlate(StandingConsent).exists()


def _has_died() -> ColumnElement[bool]:
    person = select(Person.id).where(
        Person.id == StandingConsent.person_id, Person.died_on.is_not(None)
    )
    return person.correlate(StandingConsent).exists()


@cache
def agreeing(purpose: Purpose) -> Select[int]:
    """Return the select of the ids of people who agree to a purpose at this moment.

    Who is employed again or has died agrees to nothing, and nothing stands without membership,
    even before the night's work has noted it (DESIGN §7.6, §7.11).
    """
    person_id = StandingConsent.person_id
    query = select(person_id).where(
        stands(purpose),
        ~_is_employed(),
        ~_has_died(),
    )
    if depends_on_membership(purpose):
        member = aliased(StandingConsent)
        query = query.where(
            select(member.person_id)
            .where(
                member.person_id == person_id,
                member.purpose == Purpose.MEMBERSHIP,
                _unended(member),
            )
            .correlate(StandingConsent)
            .exists()
        )
    return query


def agreed(purpose: Purpose, person_ids: Collection[int]) -> set[int]:
    """Return which of these people agree to a purpose at this moment."""
    return set(
        db.session.scalars(agreeing(purpose).where(StandingConsent.person_id.in_(person_ids)))
    )


def pausing() -> Select[int]:
    """Return the select of the ids of people who want no mailings for a while."""
    return select(MailPause.person_id).where(MailPause.until > this_moment())


def muting(topic: LetterTopic) -> Select[int]:
    """Return the select of the ids of people who do not want newsletters about a topic."""
    return select(MutedTopic.person_id).where(MutedTopic.topic == topic)


def mailable(
    purpose: Purpose, person_ids: Collection[int], *, topic: LetterTopic | None = None
) -> set[int]:
    """Return which of these people agree to a purpose, have not paused it, nor muted the topic."""
    found = db.session.connection().execute(_mailable(purpose, topic), {AMONG: person_ids})
    return set(found.scalars().all())


@cache
def _mailable(purpose: Purpose, topic: LetterTopic | None) -> Select[int]:
    query = agreeing(purpose).where(among(StandingConsent.person_id))
    if purpose in PAUSED:
        query = query.where(StandingConsent.person_id.not_in(pausing()))
    if topic is not None:
        query = query.where(StandingConsent.person_id.not_in(muting(topic)))
    return query


def muted_by(person_id: int) -> set[LetterTopic]:
    """Return what a person does not want newsletters about."""
    return set(
        db.session.scalars(select(MutedTopic.topic).where(MutedTopic.person_id == person_id))
    )


def paused_until(person_id: int) -> datetime | None:
    """Return until when a person gets no mailings, or nothing when they get them."""
    query = select(MailPause.until).where(
        MailPause.person_id == person_id, MailPause.until > this_moment()
    )
    return db.session.scalar(query)


def departures(purpose: Purpose, mailings: Collection[str]) -> dict[DepartureReason | None, int]:
    """Return how many said no to a purpose from these mailings (their refs), by what they said."""
    query = (
        select(Departure.reason, func.count().label("number"))
        .where(Departure.purpose == purpose, Departure.mailing.in_(list(mailings)))
        .group_by(Departure.reason)
    )
    return {row.reason: row.number for row in db.session.execute(query)}


def letting_visits_count() -> Select[int]:
    """Return the select of the ids of readers who let us count their visits from newsletters."""
    return select(CountedVisits.person_id).where(
        CountedVisits.person_id.in_(agreeing(Purpose.NEWSLETTER))
    )


def lets_visits_count(person_id: int) -> bool:
    """Say whether a person has turned counting of visits on."""
    return db.session.get(CountedVisits, person_id) is not None


def is_member(person_id: int) -> bool:
    """Say whether a person is a member of the network now."""
    return bool(agreed(Purpose.MEMBERSHIP, [person_id]))


def standing(person_id: int) -> dict[Purpose, StandingConsent]:
    """Return what a person agrees to now, with the line and the wording it rests on."""
    rows = db.session.scalars(
        select(StandingConsent)
        .where(StandingConsent.person_id == person_id, _unended())
        .options(joinedload(StandingConsent.entry).joinedload(ConsentEntry.wording))
    )
    found = {row.purpose: row for row in rows}
    return found if Purpose.MEMBERSHIP in found else {}


def history(person_id: int) -> list[ConsentEntry]:
    """Return everything that happened to a person's consents, latest first, with its wording."""
    return list(
        db.session.scalars(
            select(ConsentEntry)
            .where(ConsentEntry.person_id == person_id)
            .options(joinedload(ConsentEntry.wording))
            .order_by(ConsentEntry.id.desc())
        )
    )


def wishes(person_id: int) -> dict[Purpose, Wish]:
    """Return what a person ticked before the last day and has not answered yet."""
    rows = db.session.scalars(select(Wish).where(Wish.person_id == person_id))
    return {row.purpose: row for row in rows}


def standing_of(person_ids: Collection[int]) -> list[StandingConsent]:
    """Return the rows of everything these people agree to, lapsed ones included."""
    query = select(StandingConsent).where(StandingConsent.person_id.in_(person_ids))
    return list(db.session.scalars(query))


def lapsed(moment: datetime, *, limit: int) -> list[StandingConsent]:
    """Return yeses whose time is over, oldest first, with what needed a lapsed membership."""
    over = (
        select(StandingConsent.person_id, StandingConsent.purpose)
        .where(StandingConsent.until <= moment)
        .order_by(StandingConsent.until)
        .limit(limit)
    )
    found = db.session.execute(over).all()
    members = {row.person_id for row in found if row.purpose is Purpose.MEMBERSHIP}
    ending = {(row.person_id, row.purpose) for row in found}
    rows = standing_of({row.person_id for row in found})
    return [
        row for row in rows if row.person_id in members or (row.person_id, row.purpose) in ending
    ]


def of_the_employed(*, limit: int) -> list[int]:
    """Return people who agree to something though they are employed again or have died."""
    person_id = StandingConsent.person_id
    query = select(person_id).distinct().where(_is_employed() | _has_died()).limit(limit)
    return list(db.session.scalars(query))


def to_ask_again(moment: datetime, *, limit: int) -> list[StandingConsent]:
    """Return yeses that lapse soon and whose person has not been asked yet."""
    due = [
        (StandingConsent.purpose == purpose) & (StandingConsent.until <= moment + before)
        for purpose, before in ASKS_AGAIN.items()
    ]
    query = (
        select(StandingConsent)
        .where(
            or_(*due),
            StandingConsent.until > moment,
            StandingConsent.reminded_at.is_(None),
        )
        .order_by(StandingConsent.until, StandingConsent.person_id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def looks_at(
    person_id: int, since: datetime, *, after: str | None, before: str | None
) -> Page[Access]:
    """Return one page of who looked at a person since a moment, latest first."""
    query = (
        select(Access)
        .join(AccessSubject, AccessSubject.access_id == Access.id)
        .where(AccessSubject.person_id == person_id, Access.at >= since)
    )
    found = page(query, [-Access.id], lambda row: [-row.Access.id], after=after, before=before)
    return Page([row.Access for row in found.rows], found.next, found.previous)
