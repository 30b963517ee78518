"""Reads about who is to be asked, reminded or forgotten."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.consents.models import How, Purpose, Wish
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.offboarding.models import Case, CaseKind, CaseState, Invitation
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person
from alumni_portal.people.queries import running_on


def to_invite(*, limit: int) -> list[int]:
    """Return the ids of cases whose leaver has left, wants to join and can be asked."""
    proved = exists().where(
        EmailAddress.person_id == Case.person_id,
        EmailAddress.kind == AddressKind.PRIVATE,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.retired_at.is_(None),
    )
    asked = exists().where(Invitation.person_id == Case.person_id, Invitation.revoked_at.is_(None))
    wants = exists().where(Wish.person_id == Case.person_id, Wish.purpose == Purpose.MEMBERSHIP)
    employed = exists().where(Employment.person_id == Case.person_id, running_on(clock.today()))
    died = exists().where(Person.id == Case.person_id, Person.died_on.is_not(None))
    query = select(Case.id).where(
        Case.state != CaseState.CANCELLED,
        Case.kind != CaseKind.DEATH,
        Case.last_day < clock.today(),
        wants,
        proved,
        ~asked,
        ~employed,
        ~died,
    )
    return list(db.session.scalars(query.order_by(Case.last_day, Case.id).limit(limit)))


def case_to_invite(case_id: int) -> Case | None:
    """Return a case with its person."""
    return db.session.scalar(
        select(Case).where(Case.id == case_id).options(joinedload(Case.person))
    )


def to_remind(asked_before: datetime, *, limit: int) -> list[int]:
    """Return the ids of invitations that nobody has answered for long enough."""
    wants = exists().where(
        Wish.person_id == Invitation.person_id, Wish.purpose == Purpose.MEMBERSHIP
    )
    query = select(Invitation.id).where(
        Invitation.answered_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.reminded_at.is_(None),
        Invitation.created_at <= asked_before,
        Invitation.expires_at > clock.now(),
        or_(wants, Invitation.how == How.JOIN_REQUEST),
    )
    return list(db.session.scalars(query.order_by(Invitation.id).limit(limit)))


def with_stale_wishes(before: datetime) -> list[int]:
    """Return the people whose ticks have waited too long: asked then, or never to be asked."""
    ended = exists().where(
        Employment.person_id == Wish.person_id, Employment.ends_on < before.date()
    )
    employed = exists().where(Employment.person_id == Wish.person_id, running_on(clock.today()))
    query = select(Wish.person_id).where(
        or_(Wish.asked_at < before, and_(Wish.asked_at.is_(None), ended, ~employed))
    )
    return list(db.session.scalars(query.distinct()))
