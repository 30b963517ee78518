"""Reads about what is near or late, and who is to hear of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.core import clock
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding.models import (
    Case,
    CaseKind,
    CaseState,
    CaseTask,
    LeaverLink,
    TaskOwner,
)
from alumni_portal.offboarding.queries.cases import left
from alumni_portal.offboarding.queries.staff import holders_of
from alumni_portal.people.models import Employment, Person, UnitLead


@dataclass(frozen=True)
class Due:
    """One task that is near or late, and who may have to hear of it."""

    task_id: int
    case_id: int
    person_id: int
    name: str
    owner: TaskOwner
    has_link: bool
    manager_ids: tuple[int, ...]
    hr_ids: tuple[int, ...]


def due(days_ahead: Collection[date]) -> list[Due]:
    """Return the tasks of open cases that are due on these days or are late."""
    rows = db.session.execute(_near_or_late(days_ahead)).all()
    leads = _leads({row.unit_id for row in rows if row.unit_id is not None}, clock.today())
    everybody = tuple(one.id for one in holders_of(Role.HR, Role.HR_LEAD))
    return [
        Due(
            row.id,
            row.case_id,
            row.person_id,
            f"{row.first_name} {row.last_name}".strip(),
            row.owner,
            bool(row.has_link) and row.kind is not CaseKind.DEATH,
            (row.manager_id,) if row.manager_id else leads.get(row.unit_id, ()),
            (row.hr_id,) if row.hr_id else everybody,
        )
        for row in rows
    ]


def _near_or_late(days_ahead: Collection[date]) -> Select[Any]:
    has_link = exists().where(
        LeaverLink.case_id == Case.id,
        LeaverLink.sent_at.is_not(None),
        LeaverLink.revoked_at.is_(None),
    )
    columns: list[Any] = [
        CaseTask.id,
        CaseTask.case_id,
        CaseTask.owner,
        Case.person_id,
        Case.hr_id,
        Case.kind,
        Person.first_name,
        Person.last_name,
        Employment.manager_id,
        Employment.unit_id,
        has_link.label("has_link"),
    ]
    return (
        select(*columns)
        .join(Case, Case.id == CaseTask.case_id)
        .join(Person, Person.id == Case.person_id)
        .join(Employment, Employment.id == Case.employment_id)
        .where(
            Case.state == CaseState.OPEN,
            left(),
            or_(CaseTask.due_on.in_(days_ahead), CaseTask.due_on < clock.today()),
        )
        .order_by(CaseTask.due_on, CaseTask.id)
    )


def _leads(unit_ids: Collection[int], day: date) -> dict[int, tuple[int, ...]]:
    rows = db.session.execute(
        select(UnitLead.unit_id, UnitLead.person_id).where(
            UnitLead.unit_id.in_(unit_ids),
            UnitLead.is_deputy.is_(False),
            UnitLead.from_on <= day,
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day),
        )
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row.unit_id] = (*found.get(row.unit_id, ()), row.person_id)
    return found


def tasks(task_ids: Sequence[int]) -> list[CaseTask]:
    """Return tasks, the soonest due first."""
    query = select(CaseTask).where(CaseTask.id.in_(task_ids))
    return list(db.session.scalars(query.order_by(CaseTask.due_on, CaseTask.id)))


def case_of(case_id: int) -> Case | None:
    """Return a case with its person."""
    return db.session.scalar(
        select(Case).where(Case.id == case_id).options(joinedload(Case.person))
    )


def finished(today: date, *, limit: int) -> list[int]:
    """Return the ids of open cases whose last day has passed and where nothing is left to do."""
    something = exists().where(CaseTask.case_id == Case.id, left())
    query = select(Case.id).where(Case.state == CaseState.OPEN, Case.last_day < today, ~something)
    return list(db.session.scalars(query.order_by(Case.id).limit(limit)))


@once_per_page
def waiting_for_hr(person_id: int | None) -> int:
    """Return how many open cases have something due for HR: this person's own and nobody's."""
    owners = {TaskOwner.HR, TaskOwner.IT, TaskOwner.PAYROLL}
    mine = or_(Case.hr_id == person_id, Case.hr_id.is_(None))
    return _count_due(owners, mine)


def waiting_for_manager(units: Collection[int], person_id: int | None) -> int:
    """Return how many open cases of these units have something due for their manager."""
    own = Case.employment_id.in_(select(Employment.id).where(Employment.unit_id.in_(units)))
    theirs = own & (Case.person_id != person_id) & (Case.kind != CaseKind.DEATH)
    return _count_due({TaskOwner.MANAGER}, theirs)


def _count_due(owners: Collection[TaskOwner], mine: ColumnElement[bool]) -> int:
    something = exists().where(
        CaseTask.case_id == Case.id,
        CaseTask.owner.in_(owners),
        CaseTask.due_on <= clock.today(),
        left(),
    )
    query = select(func.count()).select_from(Case)
    query = query.where(Case.state == CaseState.OPEN, mine, something)
    return db.session.scalar(query) or 0
