"""Reads about consents: what stands, what it says, what happened."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.consents.models import ConsentEntry, StandingConsent, Wish
from alumni_portal.consents.rules import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db


def stands(purpose: Purpose) -> ColumnElement[bool]:
    """Return the condition that a standing consent is to this purpose and has not lapsed."""
    unended = or_(StandingConsent.until.is_(None), StandingConsent.until > clock.now())
    return (StandingConsent.purpose == purpose) & unended


def standing(person_id: int) -> dict[Purpose, StandingConsent]:
    """Return what a person agrees to now."""
    rows = db.session.scalars(
        select(StandingConsent).where(
            StandingConsent.person_id == person_id,
            or_(StandingConsent.until.is_(None), StandingConsent.until > clock.now()),
        )
    )
    return {row.purpose: row for row in rows}


def agreed(purpose: Purpose, person_ids: Collection[int]) -> set[int]:
    """Return which of these people agree to a purpose at this moment."""
    query = select(StandingConsent.person_id).where(
        stands(purpose), StandingConsent.person_id.in_(person_ids)
    )
    return set(db.session.scalars(query))


def is_member(person_id: int) -> bool:
    """Say whether a person is a member of the network now."""
    return bool(agreed(Purpose.MEMBERSHIP, [person_id]))


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
