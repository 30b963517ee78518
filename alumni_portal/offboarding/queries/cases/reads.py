"""Reads about single cases, with all that a page or a change needs."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.core.db import db
from alumni_portal.offboarding.models import (
    Case,
    CaseEvent,
    CaseState,
    CaseTask,
)
from alumni_portal.people.models import Employment


def find(condition: ColumnElement[bool]) -> Case | None:
    """Return the case of a condition with person, employment, unit and tasks."""
    return db.session.scalar(
        select(Case)
        .where(condition)
        .options(
            joinedload(Case.person),
            joinedload(Case.employment).joinedload(Employment.unit),
            joinedload(Case.hr),
            selectinload(Case.tasks),
        )
    )


def open_cases_of(employment_ids: Collection[int]) -> list[Case]:
    """Return the open cases of employments with all that a change to them touches."""
    return list(db.session.scalars(_for_change().where(Case.employment_id.in_(employment_ids))))


def open_cases_of_people(person_ids: Collection[int]) -> list[Case]:
    """Return the open cases of people with all that a change to them touches."""
    return list(db.session.scalars(_for_change().where(Case.person_id.in_(person_ids))))


def _for_change() -> Select[Case]:
    return (
        select(Case)
        .where(Case.state == CaseState.OPEN)
        .options(joinedload(Case.person), joinedload(Case.employment), selectinload(Case.tasks))
    )


def standing_case_of(person_id: int) -> Case | None:
    """Return a person's newest case that was not cancelled."""
    query = select(Case).where(Case.person_id == person_id, Case.state != CaseState.CANCELLED)
    return db.session.scalar(
        query.options(joinedload(Case.person), selectinload(Case.tasks))
        .order_by(Case.id.desc())
        .limit(1)
    )


def history(case_id: int, *, limit: int = 60) -> list[tuple[CaseEvent, CaseTask | None]]:
    """Return what happened in a case, latest first, with the task it was about."""
    rows = db.session.execute(
        select(CaseEvent, CaseTask)
        .outerjoin(CaseTask, CaseTask.id == CaseEvent.task_id)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.id.desc())
        .limit(limit)
    )
    return [(event, task) for event, task in rows]


def ids_of(employment_ids: Collection[int]) -> list[int]:
    """Return the ids of all cases of employments, whatever their state."""
    return list(db.session.scalars(select(Case.id).where(Case.employment_id.in_(employment_ids))))


def employment(public_id: str) -> Employment | None:
    """Return an employment with its person and unit."""
    return db.session.scalar(
        select(Employment)
        .where(Employment.public_id == public_id)
        .options(joinedload(Employment.person), joinedload(Employment.unit))
    )


def case_of_employment(employment_id: int) -> Case | None:
    """Return the case of an employment that was not cancelled."""
    return db.session.scalar(
        select(Case).where(Case.employment_id == employment_id, Case.state != CaseState.CANCELLED)
    )


def by_ids(case_ids: Collection[int]) -> list[Case]:
    """Return cases with their people and tasks, the next last day first."""
    query = _for_change().where(Case.id.in_(case_ids))
    return list(db.session.scalars(query.order_by(Case.last_day, Case.id)))


def of_person(person_id: int, visible: ColumnElement[bool]) -> list[Case]:
    """Return the cases of a person that a reader may know of, latest first."""
    query = select(Case).where(visible, Case.person_id == person_id)
    return list(db.session.scalars(query.order_by(Case.id.desc())))
