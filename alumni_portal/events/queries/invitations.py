"""Reads about invitations: whom a link stands for, who may be asked, who is left out and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union,
)

from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreed, agreeing, pausing
from alumni_portal.core.db import db
from alumni_portal.events.models import Answer, Event, EventInvitation, Reply
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState, Suppression
from alumni_portal.people.models import AddressKind, EmailAddress, Person

_HAS_NOTHING_SENT = (DeliveryState.FAILED, DeliveryState.SKIPPED)


def invitation(event_id: int, person_id: int) -> EventInvitation | None:
    """Return the invitation of somebody to an event, mailed or not."""
    return db.session.get(EventInvitation, (event_id, person_id))


def is_invited(person_id: int | None) -> bool:
    """Say whether somebody agrees to invitations now: a member, not employed, alive."""
    return person_id is not None and bool(agreed(Purpose.EVENTS, [person_id]))


@dataclass(frozen=True)
class Reachable:
    """Somebody who may be written to about events, and where."""

    person_id: int
    first_name: str
    language: str
    address: str


def reachable(person_ids: Collection[int] | CompoundSelect[int]) -> dict[int, Reachable]:
    """Return those of these people who agree to it and have a proved private address."""
    query = _reachable().where(Person.id.in_(person_ids))
    return {one.person_id: one for one in _people(query)}


def _reachable() -> Select[int, str, str, str]:
    return (
        select(Person.id, Person.first_name, Person.language, func.max(EmailAddress.address))
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            EmailAddress.kind == AddressKind.PRIVATE,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
            Person.id.in_(agreeing(Purpose.EVENTS)),
        )
        .group_by(Person.id, Person.first_name, Person.language)
    )


def _people(query: Select[int, str, str, str]) -> list[Reachable]:
    return [Reachable(*row) for row in db.session.execute(query.order_by(Person.id))]


class Left(StrEnum):
    """Why a member is not sent an invitation."""

    NO_CONSENT = "no_consent"
    PAUSED = "paused"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"
    ALREADY = "already"


@dataclass(frozen=True)
class Uninvited:
    """Who would be sent an invitation now, and how many are left out for which reason."""

    people: list[Reachable]
    left_out: dict[Left, int]


def uninvited(event_id: int, *, among: Collection[int] | None = None) -> Uninvited:
    """Return who of all members, or of these people, has not been asked and has not answered.

    Whom the invitation never reached has not been asked. Who wants no mail for a while, or whose
    address is kept from mail, can be asked once that is over.
    """
    dates = _dates(event_id)
    asked = select(EventInvitation.person_id).where(
        EventInvitation.event_id.in_(dates), ~_was_missed()
    )
    answered = select(Reply.person_id).where(Reply.event_id.in_(dates))
    either = set(db.session.scalars(union(asked, answered)))
    wanted = set(among) if among is not None else None
    members = _ids(agreeing(Purpose.MEMBERSHIP)) if wanted is None else wanted
    agree = _ids(agreeing(Purpose.EVENTS)) & members
    known = either & agree
    found = [one for one in _judged() if one.person_id in agree - known]
    paused = {one.person_id for one in found if one.is_paused}
    people = [
        Reachable(one.person_id, one.first_name, one.language, one.address)
        for one in found
        if one.address and not one.is_paused
    ]
    without = agree - known - {one.person_id for one in found}
    return Uninvited(
        people,
        {
            Left.NO_CONSENT: len(members - agree),
            Left.PAUSED: len(paused),
            Left.NO_ADDRESS: len(without),
            Left.SUPPRESSED: len(found) - len(people) - len(paused),
            Left.ALREADY: len(known),
        },
    )


def _judged() -> Sequence[Any]:
    """Return who agrees and has an address: where mail may go, if anywhere, and if it is paused."""
    query = (
        _reachable()
        .outerjoin(Suppression, Suppression.canonical == EmailAddress.canonical)
        .with_only_columns(
            Person.id.label("person_id"),
            Person.first_name,
            Person.language,
            func.max(case((Suppression.id.is_(None), EmailAddress.address))).label("address"),
            case((Person.id.in_(pausing()), 1), else_=0).label("is_paused"),
        )
    )
    return db.session.execute(query.order_by(Person.id)).all()


def _was_missed() -> ColumnElement[bool]:
    """Return the condition that the mail with an invitation is over and did not reach somebody."""
    came_back = exists(
        select(ReturnedCopy.person_id)
        .join(Mailing, Mailing.id == ReturnedCopy.mailing_id)
        .where(
            Mailing.public_id == EventInvitation.mailing,
            ReturnedCopy.person_id == EventInvitation.person_id,
            ReturnedCopy.outcome == Outcome.BOUNCED,
        )
        .correlate(EventInvitation)
    )
    did_not_go = exists(
        select(Delivery.person_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.public_id == EventInvitation.mailing,
            Mailing.state == MailingState.FINISHED,
            Delivery.person_id == EventInvitation.person_id,
            Delivery.state.in_(_HAS_NOTHING_SENT),
        )
        .correlate(EventInvitation)
    )
    return did_not_go | came_back


def _dates(event_id: int) -> Select[int]:
    """Return the ids of an event and of the later dates of its series."""
    return select(Event.id).where(or_(Event.id == event_id, Event.head_id == event_id))


def unanswered(event: Event, *, asked_before: datetime) -> list[tuple[Reachable, EventInvitation]]:
    """Return who was asked before a moment, has answered to no date, and still wants mail."""
    answered = select(Reply.person_id).where(Reply.event_id.in_(_dates(event.id)))
    query = select(EventInvitation).where(
        EventInvitation.event_id == event.id,
        EventInvitation.invited_at <= asked_before,
        EventInvitation.person_id.not_in(answered),
    )
    return _with_address(query)


def still_asked(
    event: Event, *, asked_before: datetime, but: Collection[int] = ()
) -> list[tuple[Reachable, EventInvitation]]:
    """Return who was asked to an event or its series, has not answered, and wants mail.

    Who was asked after a moment knows what was so then. Whoever said no, or chose other dates, is
    done with it; `but` are people who never got it. An offer that lapsed is no answer.
    """
    query = invitations_open(event, asked_before=asked_before)
    return [pair for pair in _with_address(query) if pair[0].person_id not in but]


def invitations_open(event: Event, *, asked_before: datetime) -> Select[EventInvitation]:
    """Return the invitations made before a moment that nobody has answered."""
    head_id = event.head_id or event.id
    answered = select(Reply.person_id).where(
        Reply.event_id.in_(_dates(head_id)), Reply.answer != Answer.LAPSED
    )
    return select(EventInvitation).where(
        EventInvitation.event_id == head_id,
        EventInvitation.invited_at <= asked_before,
        EventInvitation.person_id.not_in(answered),
    )


def to_announce(event: Event) -> list[tuple[Reachable, EventInvitation]]:
    """Return who was asked to a series before a date was added and has not answered to that date.

    Whoever was asked later found it in the invitation. A no to the other dates is none to this.
    """
    answered = select(Reply.person_id).where(Reply.event_id == event.id)
    query = select(EventInvitation).where(
        EventInvitation.event_id == (event.head_id or event.id),
        EventInvitation.invited_at <= event.created_at,
        EventInvitation.person_id.not_in(answered),
    )
    return _with_address(query)


def took_part(event: Event) -> list[tuple[Reachable, EventInvitation]]:
    """Return who was there and still wants mail: ticked off at the door, or from elsewhere.

    Where nobody was ticked off the list was not used: then everybody who said yes.
    """
    came = select(Reply.person_id).where(
        Reply.event_id == event.id, Reply.checked_in_at.is_not(None)
    )
    if db.session.scalar(came.limit(1)) is None:
        there = select(Reply.person_id).where(
            Reply.event_id == event.id, Reply.answer == Answer.YES
        )
    else:
        there = select(Reply.person_id).where(
            Reply.event_id == event.id,
            or_(
                Reply.checked_in_at.is_not(None),
                and_(Reply.answer == Answer.YES, Reply.remotely.is_(True)),
            ),
        )
    query = select(EventInvitation).where(
        EventInvitation.event_id == event.id, EventInvitation.person_id.in_(there)
    )
    return _with_address(query)


def _with_address(query: Select[EventInvitation]) -> list[tuple[Reachable, EventInvitation]]:
    invited = {one.person_id: one for one in db.session.scalars(query)}
    write_to = reachable(invited)
    return [(to, invited[person_id]) for person_id, to in sorted(write_to.items())]


def _ids(query: Select[int]) -> set[int]:
    return set(db.session.scalars(query))


def latest_round(event_id: int) -> int:
    """Return how many times invitations to an event were sent."""
    query = select(func.max(EventInvitation.round)).where(EventInvitation.event_id == event_id)
    return db.session.scalar(query) or 0
