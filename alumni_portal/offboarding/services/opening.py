"""Opening cases: for one leaver or for thousands, with their tasks, in one go."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.exc import IntegrityError

from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db, new_public_ids
from alumni_portal.core.errors import Conflict
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding.facts import LeaverRegistered
from alumni_portal.offboarding.models import Case, CaseEvent, CaseKind, CaseState, CaseTask, What
from alumni_portal.offboarding.rules.case_kinds import kind_of
from alumni_portal.offboarding.rules.case_steps import Step
from alumni_portal.offboarding.rules.case_template import steps_of
from alumni_portal.offboarding.rules.due_dates import Span, due_on
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, Person

#: So many employments are looked up at a time: databases limit the values of one statement.
_AT_A_TIME = 5_000


def open_cases(employment_ids: Collection[int], *, by: Actor, batch: str | None = None) -> int:
    """Open a case for each of these employments that ends today or later and has none.

    Returns how many were opened. Sends no mail. One INSERT per table, however many they are.
    Raises Conflict when somebody else opens one of them at the same moment.
    """
    ids = sorted(set(employment_ids))
    opened: list[int] = []
    for start in range(0, len(ids), _AT_A_TIME):
        waiting = _without_case(ids[start : start + _AT_A_TIME], since=clock.today())
        opened += _open(waiting, by=by, batch=batch)
    if opened:
        audit.record("cases.opened", by=by, subject=batch or "", count=len(opened))
        facts.state(LeaverRegistered(tuple(opened)))
    return len(opened)


def open_case(employment: Employment, *, by: Actor, since: date | None = None) -> Case | None:
    """Open the case of one employment and return it, or the one it has.

    Nothing when the last day is before `since` (today): who has already left gets no case.
    """
    waiting = _without_case([employment.id], since=since or clock.today())
    opened = _open(waiting, by=by, batch=None)
    if opened:
        audit.record("case.opened", by=by, subject=employment.public_id)
        facts.state(LeaverRegistered(tuple(opened)))
    return db.session.scalar(
        select(Case).where(Case.employment_id == employment.id, Case.state != CaseState.CANCELLED)
    )


def _without_case(employment_ids: Sequence[int], *, since: date) -> list[Any]:
    standing = exists().where(
        Case.employment_id == Employment.id, Case.state != CaseState.CANCELLED
    )
    return list(
        db.session.execute(
            select(
                Employment.id,
                Employment.person_id,
                Employment.notice_on,
                Employment.ends_on,
                Employment.exit_ground,
                Person.died_on,
            )
            .join(Person, Person.id == Employment.person_id)
            .where(Employment.id.in_(employment_ids), Employment.ends_on >= since, ~standing)
            .order_by(Employment.id)
        )
    )


def _open(rows: Sequence[Any], *, by: Actor, batch: str | None) -> list[int]:
    if not rows:
        return []
    cases = [_case(row, by=by, batch=batch) for row in rows]
    for case, public_id in zip(cases, new_public_ids(len(cases)), strict=True):
        case["public_id"] = public_id
    try:
        with db.session.begin_nested():
            db.session.execute(insert(Case), cases)
    except IntegrityError as error:
        raise Conflict(_l("Någon annan öppnade ärendet just nu. Ladda om sidan.")) from error
    ids = _ids_of(cases)
    tasks = [task for id_, case in zip(ids, cases, strict=True) for task in _tasks(id_, case)]
    for task, public_id in zip(tasks, new_public_ids(len(tasks)), strict=True):
        task["public_id"] = public_id
    db.session.execute(insert(CaseTask), tasks)
    now = clock.now()
    db.session.execute(
        insert(CaseEvent),
        [{"case_id": id_, "what": What.OPENED, "actor": by.ref, "at": now} for id_ in ids],
    )
    _note_deaths(rows, by=by)
    return ids


def _ids_of(cases: Sequence[dict[str, Any]]) -> list[int]:
    """Return the ids of new cases in their order."""
    public_ids = [case["public_id"] for case in cases]
    rows = db.session.execute(select(Case.public_id, Case.id).where(Case.public_id.in_(public_ids)))
    known = {row.public_id: row.id for row in rows}
    return [known[one] for one in public_ids]


def _case(row: Any, *, by: Actor, batch: str | None) -> dict[str, Any]:  # noqa: ANN401 - a row
    today = clock.today()
    kind = CaseKind.DEATH if row.died_on else kind_of(row.exit_ground)
    notice_on = row.notice_on or min(today, row.ends_on)
    return {
        "employment_id": row.id,
        "person_id": row.person_id,
        "kind": kind,
        "state": CaseState.OPEN,
        "notice_on": min(notice_on, row.ends_on),
        "last_day": row.ends_on,
        "hr_id": by.person_id if by.may(Permission.CASES_WRITE) else None,
        "opened_on": today,
        "opened_at": clock.now(),
        "opened_by": by.ref,
        "has_address_conflict": False,
        "batch": batch,
    }


def _tasks(case_id: int, case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    span = Span(case["notice_on"], case["last_day"], case["opened_on"])
    for position, step in enumerate(steps_of(case["kind"])):
        yield {"case_id": case_id} | row_of(step, position, span)


def row_of(step: Step, position: int, span: Span) -> dict[str, Any]:
    """Return the columns of a task made from a template's step."""
    return {
        "key": step.key,
        "written": "",
        "owner": step.owner,
        "position": position,
        "anchor": step.anchor,
        "offset_days": step.offset.days,
        "offset_months": step.offset.months,
        "due_on": due_on(step.anchor, step.offset, span),
        "is_confidential": step.is_confidential,
        "skip_reason": "",
    }


def _note_deaths(rows: Sequence[Any], *, by: Actor) -> None:
    """Note the death of those whose employment ends by it."""
    for row in rows:
        if kind_of(row.exit_ground) is CaseKind.DEATH and row.died_on is None:
            person = db.session.get_one(Person, row.person_id)
            people.note_death(person, on=min(row.ends_on, clock.today()), by=by)
