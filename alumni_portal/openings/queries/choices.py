"""Whom and what an opening is compared with, and who may be chosen to answer for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.network.models import PersonSkill
from alumni_portal.openings import rules
from alumni_portal.openings.models import Opening, OpeningSkill
from alumni_portal.openings.rules import Fit, Past, Wanted
from alumni_portal.people.models import Employment, Person, UnitLead

_RECRUITING = (Role.RECRUITER, Role.HR, Role.HR_LEAD)


@dataclass(frozen=True)
class Choosable:
    """Who may answer for an opening and who may lead the post, by name."""

    recruiters: list[Person]
    leads: list[Person]


def choosable(opening: Opening | None) -> Choosable:
    """Return who may be chosen now; who is chosen already stays a choice."""
    day = clock.today()
    recruits = (
        select(Account.person_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(_RECRUITING),
            RoleGrant.revoked_at.is_(None),
            Account.closed_at.is_(None),
        )
    )
    leads = select(UnitLead.person_id).where(
        UnitLead.from_on <= day, or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day)
    )
    is_recruiter = or_(
        Person.id.in_(recruits), Person.id == (opening.recruiter_id if opening else None)
    )
    is_lead = or_(Person.id.in_(leads), Person.id == (opening.manager_id if opening else None))
    rows = db.session.execute(
        select(Person, is_recruiter, is_lead)
        .where(or_(is_recruiter, is_lead))
        .order_by(Person.sort_key, Person.id)
    ).all()
    return Choosable([row[0] for row in rows if row[1]], [row[0] for row in rows if row[2]])


def fits(
    openings: Sequence[Opening], person_id: int, employments: Sequence[Employment] | None = None
) -> dict[int, Fit]:
    """Return what each opening and a person's own years and skills have in common, by row id.

    `employments` spares a question when they are loaded already.
    """
    if employments is None:
        query = select(Employment).where(Employment.person_id == person_id)
        employments = db.session.scalars(query).all()
    times = [Past(one.title, one.unit_id, one.begins_on, one.ends_on) for one in employments]
    skills = _skills([one.id for one in openings], person_id)
    return {
        one.id: rules.fit(times, Wanted(one.title, one.unit_id, *skills.get(one.id, (0, 0))))
        for one in openings
    }


def _skills(opening_ids: Sequence[int], person_id: int) -> dict[int, tuple[int, int]]:
    """Return how many skills each opening wants, and how many of them a person has told of."""
    rows = db.session.execute(
        select(
            OpeningSkill.opening_id,
            func.count().label("wanted"),
            func.count(PersonSkill.skill_id).label("own"),
        )
        .outerjoin(
            PersonSkill,
            (PersonSkill.skill_id == OpeningSkill.skill_id) & (PersonSkill.person_id == person_id),
        )
        .where(OpeningSkill.opening_id.in_(opening_ids))
        .group_by(OpeningSkill.opening_id)
    )
    return {row.opening_id: (row.wanted, row.own) for row in rows}
