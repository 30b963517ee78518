"""Reads about answers: one person's own, who is found by theirs, and how many answered what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_moment
from alumni_portal.core.text import sort_key
from alumni_portal.people.models import Unit
from alumni_portal.people.queries import open_units
from alumni_portal.rehire.models import Interest, InterestUnit, Level
from alumni_portal.rehire.rules import FINDABLE, REMIND_BEFORE


@dataclass(frozen=True)
class UnitChoice:
    """An open unit to choose, called by its way down the tree."""

    id: int
    public_id: str
    path: str


def units_to_choose() -> list[UnitChoice]:
    """Return the units that are open today with the units above them in their names, in order.

    The one unit on top of all others is the employer itself, and no choice.
    """
    units = {one.id: one for one in open_units()}
    tops = [one for one in units.values() if one.parent_id not in units]
    if len(tops) == 1 and len(units) > 1:
        del units[tops[0].id]

    def path(unit: Unit) -> str:
        above = units.get(unit.parent_id or 0)
        return f"{path(above)} › {unit.name}" if above else unit.name

    found = [UnitChoice(one.id, one.public_id, path(one)) for one in units.values()]
    return sorted(found, key=lambda one: sort_key(one.path))


def interest_of(person_id: int) -> Interest | None:
    """Return what somebody last answered, whether it still counts or not."""
    return db.session.get(Interest, person_id)


def units_wanted(person_id: int) -> list[Unit]:
    """Return the units that somebody would like to come back to, by name."""
    query = (
        select(Unit)
        .join(InterestUnit, InterestUnit.unit_id == Unit.id)
        .where(InterestUnit.person_id == person_id)
    )
    return list(db.session.scalars(query.order_by(Unit.search_name, Unit.id)))


def is_answer_findable(now: datetime | None = None) -> ColumnElement[bool]:
    """Return the condition that an answer lets its person be found (`rules.is_findable`)."""
    return Interest.level.in_(FINDABLE) & (Interest.expires_at > (now or this_moment()))


def _agrees_to_contact() -> ColumnElement[bool]:
    consent = agreeing(Purpose.RECRUITER_CONTACT)
    return exists(consent.where(StandingConsent.person_id == Interest.person_id))


def findable(person_ids: Collection[int]) -> dict[int, Interest]:
    """Return the answers of those of these people whom recruiters may find at this moment.

    Consent, membership, employment and the age of the answer are asked for in the one statement.
    """
    query = select(Interest).where(
        Interest.person_id.in_(person_ids), is_answer_findable(), _agrees_to_contact()
    )
    return {row.person_id: row for row in db.session.scalars(query)}


def answered() -> dict[Level, int]:
    """Return how many of those who may be found now gave each answer."""
    rows = db.session.execute(
        select(Interest.level, func.count().label("number"))
        .where(is_answer_findable(), _agrees_to_contact())
        .group_by(Interest.level)
    )
    found = {row.level: row.number for row in rows}
    return {level: found.get(level, 0) for level in Level if level in FINDABLE}


def to_remind(moment: datetime, *, limit: int) -> list[Interest]:
    """Return answers that lapse within two weeks, of members not yet reminded, soonest first."""
    member = agreeing(Purpose.MEMBERSHIP).where(StandingConsent.person_id == Interest.person_id)
    query = select(Interest).where(
        is_answer_findable(moment),
        Interest.expires_at <= moment + REMIND_BEFORE,
        Interest.reminded_at.is_(None),
        exists(member),
    )
    return list(
        db.session.scalars(query.order_by(Interest.expires_at, Interest.person_id).limit(limit))
    )
