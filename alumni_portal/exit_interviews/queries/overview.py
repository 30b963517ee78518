"""HR's list of interviews: narrowed, counted, page by page; never an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from alumni_portal.core import clock, paging
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import Interview, InterviewState, Track
from alumni_portal.exit_interviews.queries.near import manages
from alumni_portal.exit_interviews.rules.timing import ANSWER_UNTIL
from alumni_portal.offboarding.models import Case, CaseKind, CaseState
from alumni_portal.people.models import Employment, Person, Unit


class Show(StrEnum):
    """Which part of the list."""

    #: Can be answered or held now: what closes first stands first.
    OPEN = "open"
    #: Somebody leaves and no neutral talk is booked.
    TO_BOOK = "to_book"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader of the list asked for. Nobody finds their own exit in it, or their people's."""

    reader_id: int
    show: Show = Show.OPEN
    unit_id: int | None = None
    holder_id: int | None = None
    after: str | None = None
    before: str | None = None


_Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None]


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Narrow a query of interviews and their employments."""
    query = query.join(Employment, Employment.id == Interview.employment_id).where(
        Interview.person_id.is_not(None),
        Interview.person_id != wanted.reader_id,
        ~manages(wanted.reader_id),
        Interview.state != InterviewState.CANCELLED,
        Interview.closes_on.is_not(None),
    )
    if wanted.unit_id is not None:
        query = query.where(Employment.unit_id.in_(_unit_and_below(wanted.unit_id)))
    if wanted.holder_id is not None:
        query = query.where(Interview.interviewer_id == wanted.holder_id)
    return query


def _shown(show: Show) -> ColumnElement[bool]:
    is_closed = Interview.state == InterviewState.CLOSED
    return {Show.OPEN: ~is_closed, Show.CLOSED: is_closed}.get(
        show, Interview.state != InterviewState.CANCELLED
    )


def interviews(wanted: Wanted) -> paging.Page[Interview]:
    """Return one page of interviews: open ones by their last day, others latest first."""
    query = _narrowed(select(Interview), wanted).where(_shown(wanted.show))
    query = query.options(
        joinedload(Interview.person),
        joinedload(Interview.case),
        joinedload(Interview.interviewer),
        joinedload(Interview.employment).joinedload(Employment.unit),
        selectinload(Interview.readers),
    )
    return _page(
        query,
        wanted,
        (Interview.closes_on, Interview.id),
        lambda one: (one.closes_on, one.id),
        newest_first=wanted.show is not Show.OPEN,
    )


def to_book(wanted: Wanted) -> paging.Page[Case]:
    """Return one page of cases without a neutral talk, by last day."""
    query = _unbooked(select(Case), wanted).options(
        joinedload(Case.person), joinedload(Case.employment).joinedload(Employment.unit)
    )
    return _page(
        query,
        wanted,
        (Case.last_day, Case.id),
        lambda one: (one.last_day, one.id),
        newest_first=False,
    )


def _unbooked(query: Select[Any], wanted: Wanted) -> Select[Any]:
    booked = exists().where(
        Interview.case_id == Case.id,
        Interview.track == Track.HR,
        Interview.state != InterviewState.CANCELLED,
    )
    query = query.where(
        Case.state == CaseState.OPEN,
        Case.last_day >= clock.today() - ANSWER_UNTIL,
        Case.kind != CaseKind.DEATH,
        Case.person_id != wanted.reader_id,
        ~booked,
    )
    if wanted.unit_id is not None:
        below = _unit_and_below(wanted.unit_id)
        jobs = select(Employment.id).where(Employment.unit_id.in_(below))
        query = query.where(Case.employment_id.in_(jobs))
    return query


def counts(wanted: Wanted) -> dict[Show, int]:
    """Return how many each part of the list holds under the same filters."""
    parts = [one for one in Show if one is not Show.TO_BOOK]
    sums = [func.coalesce(func.sum(case((_shown(one), 1), else_=0)), 0).label(one) for one in parts]
    row = db.session.execute(_narrowed(select(*sums).select_from(Interview), wanted)).one()
    unbooked = db.session.scalar(_unbooked(select(func.count(Case.id)), wanted))
    return {one: int(getattr(row, one)) for one in parts} | {Show.TO_BOOK: unbooked or 0}


def holders() -> list[Person]:
    """Return who holds or has held a talk, by name."""
    used = select(Interview.interviewer_id).where(Interview.person_id.is_not(None))
    query = select(Person).where(Person.id.in_(used)).order_by(Person.sort_key, Person.id)
    return list(db.session.scalars(query))


def units() -> list[Unit]:
    """Return the units that somebody has left or leaves, by name."""
    left = select(Employment.unit_id).join(Case, Case.employment_id == Employment.id)
    asked = select(Employment.unit_id).join(Interview, Interview.employment_id == Employment.id)
    query = select(Unit).where(or_(Unit.id.in_(left), Unit.id.in_(asked)))
    return list(db.session.scalars(query.order_by(Unit.search_name, Unit.id)))


def _unit_and_below(unit_id: int) -> Select[Any]:
    top = select(Unit.id).where(Unit.id == unit_id).cte("chosen", recursive=True)
    below = aliased(Unit)
    whole = top.union(select(below.id).where(below.parent_id == top.c.id))
    return select(whole.c.id)


def _page(
    query: Select[Any],
    wanted: Wanted,
    columns: tuple[_Day, InstrumentedAttribute[int]],
    key_of: Callable[[Any], tuple[date, int]],
    *,
    newest_first: bool,
) -> paging.Page[Any]:
    """Return rows by keyset of a day and an id, in either direction."""
    start, end = _mark(wanted.after), _mark(wanted.before)
    backwards, key = end is not None, end or start
    descending = newest_first != backwards
    if key is not None:
        day, number = columns
        beyond = day < key[0] if descending else day > key[0]
        further = number < key[1] if descending else number > key[1]
        query = query.where(or_(beyond, and_(day == key[0], further)))
    order = [c.desc() for c in columns] if descending else list(columns)
    rows = list(db.session.scalars(query.order_by(*order).limit(paging.SIZE + 1)))
    more, rows = len(rows) > paging.SIZE, rows[: paging.SIZE]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more or backwards)
    has_previous = bool(rows) and (more if backwards else start is not None)
    return paging.Page(
        rows,
        next=_mark_of(key_of(rows[-1])) if has_next else None,
        previous=_mark_of(key_of(rows[0])) if has_previous else None,
    )


def _mark_of(key: tuple[date, int]) -> str:
    return paging.encode([key[0].isoformat(), key[1]])


def _mark(mark: str | None) -> tuple[date, int] | None:
    key = paging.decode(mark)
    if key is None or len(key) != 2 or not isinstance(key[1], int):
        return None
    try:
        return date.fromisoformat(str(key[0])), key[1]
    except ValueError:
        return None
