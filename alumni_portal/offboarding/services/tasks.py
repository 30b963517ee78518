"""The checklist: tick, add, skip, take back, and set another date."""

from collections.abc import Collection
from datetime import date

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding import access
from alumni_portal.offboarding.models import Anchor, Case, CaseTask, TaskOwner, What
from alumni_portal.offboarding.services.changes import check_open
from alumni_portal.offboarding.services.history import note
from alumni_portal.offboarding.services.typed import told


def save_checklist(case: Case, *, done: Collection[str], undone: Collection[str], by: Actor) -> int:
    """Tick and untick tasks by public id and return how many changed.

    Ticking what is ticked changes nothing, so a second click or a stale page does no harm.
    Raises Conflict when the case is over, NotFound for a task that is not this actor's to tick.
    """
    check_open(case)
    changed = 0
    for public_id in [*done, *undone]:
        task = access.task_for(by, case, public_id)
        if access.may_tick(by, case, task):
            changed += _set(case, task, is_done=public_id in done, by=by)
    if changed:
        audit.record("case.tasks_ticked", by=by, subject=case.public_id, count=changed)
    db.session.flush()
    return changed


def tick_own(case: Case, *, done: Collection[str], undone: Collection[str], by: Actor) -> int:
    """Let the leaver tick their own tasks. Raises Conflict when the case is over."""
    check_open(case)
    changed = 0
    for task in case.tasks:
        if task.owner is not TaskOwner.LEAVER or access.is_automatic(task):
            continue
        if task.public_id in {*done, *undone} and task.skipped_at is None:
            changed += _set(case, task, is_done=task.public_id in done, by=by)
    db.session.flush()
    return changed


def _set(case: Case, task: CaseTask, *, is_done: bool, by: Actor) -> bool:
    if (task.done_at is not None) == is_done:
        return False
    task.done_at = clock.now() if is_done else None
    task.done_by = by.ref if is_done else None
    note(case, What.TASK_DONE if is_done else What.TASK_UNDONE, by=by, task=task)
    return True


def tick_by_itself(case: Case, key: str, *, by: Actor = SYSTEM) -> None:
    """Tick the task that something the leaver did has answered."""
    for task in case.tasks:
        if task.key == key and task.is_left:
            _set(case, task, is_done=True, by=by)


def add_task(case: Case, written: str, *, owner: TaskOwner, due_on: date, by: Actor) -> CaseTask:
    """Add a task of one's own to a case. Raises Refusal without a text, Conflict when over."""
    check_open(case)
    text = told(written)
    if not text:
        raise Refusal(_l("Skriv vad som ska göras."), field="written")
    task = CaseTask(
        case_id=case.id,
        written=text,
        owner=owner,
        position=max((one.position for one in case.tasks), default=0) + 1,
        anchor=Anchor.FIXED,
        due_on=due_on,
    )
    case.tasks.append(task)
    db.session.flush()
    note(case, What.TASK_ADDED, by=by, task=task)
    audit.record("case.task_added", by=by, subject=case.public_id)
    return task


def skip_task(case: Case, task: CaseTask, reason: str, *, by: Actor) -> None:
    """Leave a task out, with the reason. Raises Refusal without one, or when it is done."""
    check_open(case)
    text = told(reason)
    if not text:
        raise Refusal(_l("Skriv varför den inte behövs."), field="reason")
    if task.done_at is not None:
        raise Refusal(_l("Den är redan gjord. Ta bort bocken först."), field="reason")
    if task.skipped_at is None:
        task.skipped_at, task.skipped_by, task.skip_reason = clock.now(), by.ref, text
        note(case, What.TASK_SKIPPED, by=by, task=task, detail=text)
        audit.record("case.task_skipped", by=by, subject=case.public_id, key=task.key)
    db.session.flush()


def restore_task(case: Case, task: CaseTask, *, by: Actor) -> None:
    """Take a task back that was left out. Raises Conflict when the case is over."""
    check_open(case)
    if task.skipped_at is not None:
        task.skipped_at, task.skipped_by, task.skip_reason = None, None, ""
        note(case, What.TASK_RESTORED, by=by, task=task)
    db.session.flush()


def change_due_date(case: Case, task: CaseTask, due_on: date, *, by: Actor) -> None:
    """Give a task a date of its own, which stays when the last day moves. Raises Conflict."""
    check_open(case)
    if task.due_on != due_on:
        task.due_on, task.anchor = due_on, Anchor.FIXED
        note(case, What.DUE_CHANGED, by=by, task=task, detail=due_on.isoformat())
        audit.record("case.due_changed", by=by, subject=case.public_id, key=task.key)
    db.session.flush()
