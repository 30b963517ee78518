"""Who may see which case, which of its tasks, and who may do what with them."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, false, select, true

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.offboarding.models import Case, CaseKind, CaseTask, TaskOwner
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.rules.case_template import ANSWERED_ITSELF, PROVED_ITSELF
from alumni_portal.people.models import Employment
from alumni_portal.people.queries import units_led_by

#: A manager sees their own former reports for a year (permission matrix, `12 m`).
_MANAGER_SEES = timedelta(days=365)


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may know of a case.

    HR sees all. A manager sees those of units they lead or stand in for, by the unit that was
    left (I7), never their own and never what is handled after a death.
    """
    if actor.may(Permission.CASES_READ):
        return true()
    if actor.person_id is None or not actor.may(Permission.CASES_READ_OWN_UNIT):
        return false()
    units = units_led_by(actor.person_id)
    own = select(Employment.id).where(Employment.unit_id.in_(units))
    return and_(
        Case.employment_id.in_(own),
        Case.person_id != actor.person_id,
        Case.kind != CaseKind.DEATH,
        Case.last_day >= clock.today() - _MANAGER_SEES,
    )


def case_for(actor: Actor, public_id: str) -> Case:
    """Return a case with all that its page shows.

    Raises NotFound when there is none or this actor may not know of it.
    """
    found = queries.find(and_(visible_cases(actor), Case.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def may_read_ground(actor: Actor) -> bool:
    """Say whether an actor may learn on which legal ground somebody leaves."""
    return actor.may(Permission.EXIT_GROUND_READ)


def tasks_for(actor: Actor, tasks: Iterable[CaseTask]) -> list[CaseTask]:
    """Return the tasks an actor may see: not those whose title tells the exit ground."""
    if may_read_ground(actor):
        return list(tasks)
    return [task for task in tasks if not task.is_confidential]


def is_automatic(task: CaseTask) -> bool:
    """Say whether only the leaver's own page can tick a task."""
    return task.key in {ANSWERED_ITSELF, PROVED_ITSELF}


def may_tick(actor: Actor, case: Case, task: CaseTask) -> bool:
    """Say whether an actor may tick a task: HR any, a manager the manager's own."""
    if not case.is_open or task.skipped_at is not None or is_automatic(task):
        return False
    if actor.may(Permission.CASES_WRITE):
        return True
    return task.owner is TaskOwner.MANAGER and actor.may(Permission.TASKS_TICK_OWN)


def task_for(actor: Actor, case: Case, public_id: str) -> CaseTask:
    """Return a task of a case that the actor may see. Raises NotFound for any other."""
    for task in tasks_for(actor, case.tasks):
        if task.public_id == public_id:
            return task
    raise NotFound
