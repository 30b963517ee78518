"""Lists of cases: narrowed, counted, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.core import clock, paging
from alumni_portal.core.db import db
from alumni_portal.core.text import words
from alumni_portal.offboarding.models import (
    Case,
    CaseKind,
    CaseState,
    CaseTask,
    LeaverLink,
)
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person, Unit


class Show(StrEnum):
    """Which cases a list holds."""

    ONGOING = "ongoing"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader of the list asked for."""

    show: Show = Show.ONGOING
    text: str = ""
    unit_id: int | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True)
class NextTask:
    """The first thing left to do in a case."""

    key: str
    written: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One line of the list."""

    public_id: str
    person_id: int
    person_ref: str
    name: str
    title: str
    unit: str
    last_day: date
    state: CaseState
    kind: CaseKind
    has_address_conflict: bool
    done: int
    total: int
    late: int
    next: NextTask | None


_LEFT = and_(CaseTask.done_at.is_(None), CaseTask.skipped_at.is_(None))


def left() -> ColumnElement[bool]:
    """Return the condition that a task is still to be done."""
    return _LEFT


def is_late(*, may_read_ground: bool) -> ColumnElement[bool]:
    """Return the condition that an open case has a task whose day has passed."""
    late = [CaseTask.case_id == Case.id, _LEFT, CaseTask.due_on < clock.today()]
    if not may_read_ground:
        late.append(CaseTask.is_confidential.is_(False))
    return and_(Case.state == CaseState.OPEN, exists().where(*late))


def _narrowed(wanted: Wanted, visible: ColumnElement[bool]) -> Select[Any]:
    columns: list[Any] = [
        Case.id,
        Case.public_id,
        Case.person_id,
        Case.last_day,
        Case.state,
        Case.kind,
        Case.has_address_conflict,
        Person.public_id.label("person_ref"),
        Person.first_name,
        Person.last_name,
        Employment.title,
        Unit.name.label("unit"),
    ]
    query: Select[Any] = (
        select(*columns)
        .join(Person, Person.id == Case.person_id)
        .join(Employment, Employment.id == Case.employment_id)
        .outerjoin(Unit, Unit.id == Employment.unit_id)
        .where(visible)
    )
    for part in words(wanted.text):
        query = query.where(
            or_(
                Person.search_name.startswith(part, autoescape=True),
                Person.search_name.contains(" " + part, autoescape=True),
            )
        )
    if wanted.unit_id is not None:
        query = query.where(Employment.unit_id.in_(_unit_and_below(wanted.unit_id)))
    return query


def _unit_and_below(unit_id: int) -> Select[Any]:
    top = select(Unit.id).where(Unit.id == unit_id).cte("chosen", recursive=True)
    below = aliased(Unit)
    whole = top.union(select(below.id).where(below.parent_id == top.c.id))
    return select(whole.c.id)


def _shown(show: Show, *, may_read_ground: bool) -> ColumnElement[bool]:
    if show is Show.LATE:
        return is_late(may_read_ground=may_read_ground)
    states = {
        Show.ONGOING: CaseState.OPEN,
        Show.DONE: CaseState.CLOSED,
        Show.CANCELLED: CaseState.CANCELLED,
    }
    return Case.state == states[show]


def listed(
    wanted: Wanted, visible: ColumnElement[bool], *, may_read_ground: bool
) -> paging.Page[CaseRow]:
    """Return one page of cases: what is under way by last day, what is over latest first."""
    query = _narrowed(wanted, visible).where(_shown(wanted.show, may_read_ground=may_read_ground))
    is_over = wanted.show in {Show.DONE, Show.CANCELLED}
    rows, following, previous = _page(query, wanted, newest_first=is_over)
    tasks = _tasks_of([row.id for row in rows], may_read_ground=may_read_ground)
    return paging.Page([_row(row, tasks.get(row.id, [])) for row in rows], following, previous)


def _page(
    query: Select[Any], wanted: Wanted, *, newest_first: bool
) -> tuple[list[Any], str | None, str | None]:
    """Return rows and marks by keyset of last day and id, in either direction."""
    start, end = _mark(wanted.after), _mark(wanted.before)
    backwards = end is not None
    key = end or start
    descending = newest_first != backwards
    if key is not None:
        day, number = key
        beyond = Case.last_day < day if descending else Case.last_day > day
        further = Case.id < number if descending else Case.id > number
        query = query.where(or_(beyond, and_(Case.last_day == day, further)))
    columns = (Case.last_day, Case.id)
    order = [c.desc() for c in columns] if descending else list(columns)
    rows = list(db.session.execute(query.order_by(*order).limit(paging.SIZE + 1)))
    more, rows = len(rows) > paging.SIZE, rows[: paging.SIZE]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more or backwards)
    has_previous = bool(rows) and (more if backwards else start is not None)
    return (
        rows,
        _mark_of(rows[-1]) if has_next else None,
        _mark_of(rows[0]) if has_previous else None,
    )


def _mark_of(row: Any) -> str:  # noqa: ANN401 - a row of columns
    return paging.encode([row.last_day.isoformat(), row.id])


def _mark(mark: str | None) -> tuple[date, int] | None:
    key = paging.decode(mark)
    if key is None or len(key) != 2 or not isinstance(key[1], int):
        return None
    try:
        return date.fromisoformat(str(key[0])), key[1]
    except ValueError:
        return None


def _tasks_of(case_ids: Sequence[int], *, may_read_ground: bool) -> dict[int, list[Any]]:
    query = select(
        CaseTask.case_id,
        CaseTask.key,
        CaseTask.written,
        CaseTask.due_on,
        CaseTask.done_at,
        CaseTask.skipped_at,
    ).where(CaseTask.case_id.in_(case_ids))
    if not may_read_ground:
        query = query.where(CaseTask.is_confidential.is_(False))
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(query.order_by(CaseTask.due_on, CaseTask.position)):
        found.setdefault(row.case_id, []).append(row)
    return found


def _row(row: Any, tasks: Sequence[Any]) -> CaseRow:  # noqa: ANN401 - a row of columns
    kept = [task for task in tasks if task.skipped_at is None]
    waiting = [task for task in kept if task.done_at is None]
    first = waiting[0] if waiting and row.state is CaseState.OPEN else None
    return CaseRow(
        public_id=row.public_id,
        person_id=row.person_id,
        person_ref=row.person_ref,
        name=f"{row.first_name} {row.last_name}".strip(),
        title=row.title,
        unit=row.unit or "",
        last_day=row.last_day,
        state=row.state,
        kind=row.kind,
        has_address_conflict=row.has_address_conflict,
        done=len(kept) - len(waiting),
        total=len(kept),
        late=sum(task.due_on < clock.today() for task in waiting) if first else 0,
        next=NextTask(first.key, first.written, first.due_on) if first else None,
    )


def counts(
    wanted: Wanted, visible: ColumnElement[bool], *, may_read_ground: bool
) -> dict[Show, int]:
    """Return how many cases each list holds under the same search."""
    inner = _narrowed(wanted, visible).with_only_columns(
        *(
            func.coalesce(
                func.sum(case((_shown(show, may_read_ground=may_read_ground), 1), else_=0)), 0
            ).label(show)
            for show in Show
        )
    )
    row = db.session.execute(inner).one()
    return {show: int(getattr(row, show)) for show in Show}


def units_with_cases(visible: ColumnElement[bool]) -> list[Unit]:
    """Return the units from which somebody has a case, by name."""
    used = select(Employment.unit_id).join(Case, Case.employment_id == Employment.id).where(visible)
    return list(
        db.session.scalars(
            select(Unit).where(Unit.id.in_(used)).order_by(Unit.search_name, Unit.id)
        )
    )


def without_link(visible: ColumnElement[bool]) -> list[int]:
    """Return the ids of open cases whose leaver can be sent a link and has not got one yet."""
    sent = exists().where(LeaverLink.case_id == Case.id, LeaverLink.sent_at.is_not(None))
    reachable = exists().where(
        EmailAddress.person_id == Case.person_id,
        EmailAddress.retired_at.is_(None),
        or_(EmailAddress.kind == AddressKind.WORK, EmailAddress.verified_at.is_not(None)),
    )
    query = select(Case.id).where(
        visible,
        Case.state == CaseState.OPEN,
        Case.kind != CaseKind.DEATH,
        Case.last_day >= clock.today(),
        ~sent,
        reachable,
    )
    return list(db.session.scalars(query.order_by(Case.last_day, Case.id)))


def count_without_link(visible: ColumnElement[bool]) -> int:
    """Return how many leavers have not been sent a link yet."""
    return len(without_link(visible))


def ongoing(wanted: Wanted, visible: ColumnElement[bool], *, limit: int) -> list[int]:
    """Return the ids of cases under way that a search finds, the next last day first."""
    query = _narrowed(wanted, visible).where(Case.state == CaseState.OPEN)
    rows = db.session.execute(query.order_by(Case.last_day, Case.id).limit(limit))
    return [row.id for row in rows]
