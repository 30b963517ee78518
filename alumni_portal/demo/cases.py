"""Cases in every state: opened by the real service, then lived through up to today."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import selectinload

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.demo.rows import add
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.offboarding.models import (
    Anchor,
    Case,
    CaseEvent,
    CaseState,
    CaseTask,
    TaskOwner,
    What,
)
from alumni_portal.offboarding.rules.case_template import ANSWERED_ITSELF, PROVED_ITSELF
from alumni_portal.offboarding.rules.due_dates import Offset, Span, due_on
from alumni_portal.offboarding.services.opening import open_case, open_cases
from alumni_portal.people.models import EmailAddress, Employment
from alumni_portal.people.rules import AddressKind

#: Cases of those who left longer ago were before the portal had any.
_SINCE = timedelta(days=120)
_CLOSED_AFTER = timedelta(days=30)
_DAY = timedelta(days=1)
_FORGOTTEN = 0.012
#: What is done, days before today, in the case that the demo tells.
_ELIN = {
    "agree_what_to_tell": 60,
    "tell_the_group": 59,
    "handover_plan": 37,
    "confirm_resignation": 62,
    "nda": 58,
    "final_pay_basis": 9,
    "access_list": 20,
    "network_answer": 16,
}


def seed(found: Sundmark, chance: Random) -> None:
    """Open a case for everybody who leaves or has just left, and tick what was done."""
    by = found.actor("maria", Role.HR)
    _open(found, by)
    proved = _proved_private(found)
    events: list[dict[str, Any]] = []
    ticks: list[dict[str, Any]] = []
    for case in _all():
        place = found.place_of[case.person_id]
        key = found.company.people[place].key
        _back_in_time(case, found, chance)
        if key == "elin":
            _let_one_be_late(case)
            done = {task: clock.now() - days * _DAY for task, days in _ELIN.items()}
        else:
            done = dict(
                _done(case, chance, wished=place in found.joined.wishes, proved=place in proved)
            )
        refs = _refs(found, case)
        ticks += [_tick(task, done.get(task.key), refs) for task in case.tasks]
        events += _events(case, done, refs)
    _write(ticks, events)


def _open(found: Sundmark, by: Actor) -> None:
    today = found.company.today
    leaving = {
        found.employments[place]: one.last_day
        for place, one in enumerate(found.company.people)
        if one.last_day is not None and one.last_day >= today - _SINCE
    }
    open_cases([row_id for row_id, last in leaving.items() if last >= today], by=by)
    gone = [row_id for row_id, last in leaving.items() if last < today]
    for employment in db.session.scalars(select(Employment).where(Employment.id.in_(gone))):
        open_case(employment, by=by, since=today - _SINCE)


def _all() -> Sequence[Case]:
    return db.session.scalars(
        select(Case).order_by(Case.id).options(selectinload(Case.tasks))
    ).all()


def _proved_private(found: Sundmark) -> set[int]:
    rows = db.session.scalars(
        select(EmailAddress.person_id).where(
            EmailAddress.kind == AddressKind.PRIVATE, EmailAddress.verified_at.is_not(None)
        )
    )
    return {found.place_of[person_id] for person_id in rows}


def _back_in_time(case: Case, found: Sundmark, chance: Random) -> None:
    """Let the case have been opened soon after the notice, and its dates follow from then."""
    case.opened_on = min(case.notice_on + chance.randrange(1, 4) * _DAY, found.company.today)
    case.opened_at = _moment(case.opened_on, chance)
    span = Span(case.notice_on, case.last_day, case.opened_on)
    for task in case.tasks:
        if task.anchor is not Anchor.FIXED:
            task.due_on = due_on(task.anchor, Offset(task.offset_days, task.offset_months), span)
    if case.last_day < found.company.today - _CLOSED_AFTER:
        case.state = CaseState.CLOSED
        case.ended_at = _moment(case.last_day + 28 * _DAY, chance)


def _let_one_be_late(case: Case) -> None:
    """Let somebody have set a date of their own for Elin's phone, three days ago."""
    for task in case.tasks:
        if task.key == "phone_number":
            task.anchor, task.due_on = Anchor.FIXED, clock.today() - 3 * _DAY


def _moment(day: date, chance: Random) -> datetime:
    at = datetime.combine(day, time(chance.randrange(7, 16), chance.randrange(60)), clock.HOME)
    return min(at, clock.now())


def _done(
    case: Case, chance: Random, *, wished: bool, proved: bool
) -> Iterator[tuple[str, datetime]]:
    """Yield what was ticked and when: nearly all that is due, some of what is to come."""
    today = clock.today()
    for task in case.tasks:
        if task.key == ANSWERED_ITSELF and not wished and chance.random() < 0.2:
            continue
        if task.key == PROVED_ITSELF and not proved:
            continue
        due = task.due_on < today or task.key in {ANSWERED_ITSELF, PROVED_ITSELF}
        early = task.due_on < today + 9 * _DAY and task.due_on > case.last_day - 60 * _DAY
        if due and (not case.is_open or chance.random() > _FORGOTTEN):
            yield task.key, _moment(_before(task.due_on, case, chance), chance)
        elif not due and early and chance.random() < 0.3:
            yield task.key, _moment(today - chance.randrange(0, 3) * _DAY, chance)


def _before(due: date, case: Case, chance: Random) -> date:
    return min(max(due - chance.randrange(4) * _DAY, case.opened_on), clock.today())


def _refs(found: Sundmark, case: Case) -> dict[TaskOwner, str]:
    """Return who ticks what: the public ids that the history shows names for."""
    hr = found.accounts["maria"].public_id
    manager = found.accounts["anders"].public_id
    place = found.place_of[case.person_id]
    led = found.leads.get(found.company.people[place].stays[-1].unit)
    is_anders = led == found.company.index("anders")
    return {
        TaskOwner.HR: hr,
        TaskOwner.IT: hr,
        TaskOwner.PAYROLL: hr,
        TaskOwner.MANAGER: manager if is_anders else hr,
        TaskOwner.LEAVER: "leaver",
    }


def _tick(task: CaseTask, at: datetime | None, refs: dict[TaskOwner, str]) -> dict[str, Any]:
    automatic = task.key in {ANSWERED_ITSELF, PROVED_ITSELF}
    by = SYSTEM.ref if automatic else refs[task.owner]
    return {"b_id": task.id, "b_at": at, "b_by": by if at else None}


def _events(
    case: Case, done: dict[str, datetime], refs: dict[TaskOwner, str]
) -> Iterator[dict[str, Any]]:
    for task in case.tasks:
        at = done.get(task.key)
        if at is None:
            continue
        if task.key == ANSWERED_ITSELF:
            case.answered_at = at
            yield _event(case, What.ANSWERED, at, SYSTEM.ref)
        elif task.key == PROVED_ITSELF:
            yield _event(case, What.ADDRESS_PROVED, at, SYSTEM.ref)
        else:
            yield _event(case, What.TASK_DONE, at, refs[task.owner], task.id)
    if case.ended_at is not None:
        yield _event(case, What.CLOSED, case.ended_at, refs[TaskOwner.HR])


def _event(
    case: Case, what: What, at: datetime, actor: str, task_id: int | None = None
) -> dict[str, Any]:
    return {"case_id": case.id, "what": what, "at": at, "actor": actor, "task_id": task_id}


def _write(ticks: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    db.session.flush()
    db.session.execute(
        update(CaseEvent)
        .where(CaseEvent.what == What.OPENED)
        .values(at=select(Case.opened_at).where(Case.id == CaseEvent.case_id).scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    connection = db.session.connection()
    table = CaseTask.__table__
    connection.execute(
        update(CaseTask)
        .where(table.c.id == bindparam("b_id"))
        .values(done_at=bindparam("b_at"), done_by=bindparam("b_by")),
        [tick for tick in ticks if tick["b_at"]],
    )
    add(CaseEvent, sorted(events, key=lambda event: event["at"]))
    db.session.expire_all()
