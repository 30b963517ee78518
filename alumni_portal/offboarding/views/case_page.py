"""What the page of one case shows, put together from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.accounts.queries import names_behind
from alumni_portal.core import clock, formats, language
from alumni_portal.core.charts.path import CasePath, Moment, case_path
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.offboarding import access
from alumni_portal.offboarding.forms.cases import OWNERS
from alumni_portal.offboarding.models import Case, CaseTask, TaskOwner, What
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.rules.case_template import short_of, title_of
from alumni_portal.people.models import Person
from alumni_portal.people.queries import leads_of, names_of

SHOW = ("all", "left", "late")
_SENTENCES = {
    What.OPENED: _l("Ärendet öppnades"),
    What.TASK_DONE: _l("Bockade av: %(task)s"),
    What.TASK_UNDONE: _l("Tog bort bocken: %(task)s"),
    What.TASK_ADDED: _l("Lade till: %(task)s"),
    What.TASK_SKIPPED: _l("Hoppade över: %(task)s. %(detail)s"),
    What.TASK_RESTORED: _l("Tog tillbaka: %(task)s"),
    What.DUE_CHANGED: _l("Nytt datum för %(task)s: %(detail)s"),
    What.LAST_DAY_MOVED: _l("Sista dagen flyttades till %(detail)s"),
    What.KIND_CHANGED: _l("En annan mall gäller nu"),
    What.ASSIGNED: _l("Ärendet lämnades över"),
    What.LINK_SENT: _l("Länken till den egna sidan skickades"),
    What.LINKS_REVOKED: _l("Länkarna återkallades"),
    What.ADDRESS_GIVEN: _l("En privat adress lämnades"),
    What.ADDRESS_PROVED: _l("Den privata adressen bekräftades"),
    What.ADDRESS_CONFLICT: _l("Adressen är redan bekräftad av någon annan"),
    What.ANSWERED: _l("Svarade om nätverket"),
    What.INVITED: _l("Inbjudan till nätverket skickades"),
    What.JOINED: _l("Gick med i nätverket"),
    What.DECLINED: _l("Tackade nej till nätverket"),
    What.CANCELLED: _l("Uppsägningen togs tillbaka"),
    What.CLOSED: _l("Ärendet avslutades"),
    What.REOPENED: _l("Ärendet öppnades igen"),
    What.DIED: _l("Ett dödsfall registrerades. Alla utskick är stoppade"),
}


#: What the leaver does for themselves: HR's to see, not the manager's.
_PRIVATE = frozenset(
    {
        What.ADDRESS_GIVEN,
        What.ADDRESS_PROVED,
        What.ADDRESS_CONFLICT,
        What.ANSWERED,
        What.INVITED,
        What.JOINED,
        What.DECLINED,
        What.DIED,
    }
)

#: About a task; without one it went with the list of another ground.
_OF_A_TASK = frozenset(
    {
        What.TASK_DONE,
        What.TASK_UNDONE,
        What.TASK_ADDED,
        What.TASK_SKIPPED,
        What.TASK_RESTORED,
        What.DUE_CHANGED,
    }
)


@dataclass(frozen=True)
class Item:
    """One task as the checklist shows it."""

    task: CaseTask
    title: str
    may_tick: bool
    is_automatic: bool

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed and it is still to be done."""
        return self.task.is_left and self.task.due_on < clock.today()

    @property
    def is_today(self) -> bool:
        """Say whether it is to be done today."""
        return self.task.is_left and self.task.due_on == clock.today()


@dataclass(frozen=True)
class Group:
    """Everything that one owner does."""

    owner: TaskOwner
    name: str
    about: str
    items: tuple[Item, ...]
    done: int
    total: int


@dataclass(frozen=True)
class Happened:
    """One line of the history."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True)
class Checklist:
    """The tasks of a case by owner, and how many of them are done."""

    groups: tuple[Group, ...]
    done: int
    total: int
    late: int


def checklist(actor: Actor, case: Case, show: str) -> Checklist:
    """Return the tasks an actor may see, narrowed to what is left or late."""
    spoken = language.current()
    tasks = sorted(access.tasks_for(actor, case.tasks), key=lambda one: (one.due_on, one.position))
    items = [
        Item(
            task,
            title_of(task.key, task.written, spoken),
            access.may_tick(actor, case, task),
            access.is_automatic(task),
        )
        for task in tasks
    ]
    counted = [one for one in items if one.task.skipped_at is None]
    names = _owners(actor, case)
    groups = (_group(owner, names[owner], items, show) for owner in TaskOwner)
    return Checklist(
        tuple(one for one in groups if one.items),
        sum(one.task.done_at is not None for one in counted),
        len(counted),
        sum(one.is_late for one in counted),
    )


def _group(owner: TaskOwner, who: tuple[str, str], items: Sequence[Item], show: str) -> Group:
    own = [one for one in items if one.task.owner is owner]
    counted = [one for one in own if one.task.skipped_at is None]
    shown = [one for one in own if _is_shown(one, show)]
    done = sum(one.task.done_at is not None for one in counted)
    return Group(owner, who[0], who[1], tuple(shown), done, len(counted))


def _is_shown(item: Item, show: str) -> bool:
    if show == "left":
        return item.task.is_left
    return show != "late" or item.is_late


def _owners(actor: Actor, case: Case) -> dict[TaskOwner, tuple[str, str]]:
    hr = case.hr.name if case.hr else _("HR")
    own = actor.person_id is not None and case.hr_id == actor.person_id
    return {
        TaskOwner.MANAGER: (manager_name(case) or str(OWNERS[TaskOwner.MANAGER]), _("Chef")),
        TaskOwner.HR: (hr, _("HR, du") if own else _("HR")),
        TaskOwner.IT: (str(OWNERS[TaskOwner.IT]), _("HR bockar av åt dem")),
        TaskOwner.PAYROLL: (str(OWNERS[TaskOwner.PAYROLL]), _("HR bockar av åt dem")),
        TaskOwner.LEAVER: (case.person.name, _("Slutar, ser sin egen lista")),
    }


def manager_name(case: Case) -> str:
    """Return the name of the leaver's manager, or of who leads the unit, or nothing."""
    manager_id = case.employment.manager_id
    if manager_id is not None:
        return names_of([manager_id]).get(manager_id, "")
    leads = leads_of(case.employment.unit_id) if case.employment.unit_id else []
    return leads[0][0].name if leads else ""


def path(case: Case, tasks: Sequence[CaseTask]) -> CasePath:
    """Return the drawing from notice to last day and on to the invitation."""
    today, last = clock.today(), case.last_day
    spoken = language.current()
    moments = [_moment(case.notice_on, _("Besked"), is_done=True)]
    for task in tasks:
        short = short_of(task.key, spoken)
        if short and task.skipped_at is None:
            moments.append(_moment(task.due_on, short, is_done=task.done_at is not None))
    moments.append(_moment(last, _("Sista dagen"), is_done=today > last))
    if case.is_open and not case.is_about_death:
        day = last + timedelta(days=1)
        moments.append(_moment(day, _("Inbjudan"), is_done=today > day))
    now = Moment(today, _("I dag"), formats.days_left(last) if today <= last else "")
    return case_path(moments, today=now, last_day=last)


def _moment(day: date, title: str, *, is_done: bool) -> Moment:
    return Moment(day, formats.date_short(day), title, is_done)


def history(actor: Actor, case: Case) -> list[Happened]:
    """Return what happened, in sentences, without what tells the ground to those who may not."""
    rows = queries.history(case.id)
    names = names_behind({event.actor for event, _task in rows})
    names |= {case.person.public_id: case.person.name, "system": _("Portalen")}
    shown = []
    for event, task in rows:
        if not _may_know(actor, event.what, task):
            continue
        if event.what in _PRIVATE and not actor.may(Permission.CONSENTS_READ):
            continue
        title = title_of(task.key, task.written, language.current()) if task else ""
        text = _SENTENCES[event.what] % {"task": title, "detail": _detail(event.detail)}
        shown.append(Happened(event.at, names.get(event.actor, _("HR")), text.rstrip(". ")))
    return shown


def _may_know(actor: Actor, what: What, task: CaseTask | None) -> bool:
    """Say whether a line tells an actor nothing about the ground that they may not read."""
    if access.may_read_ground(actor):
        return True
    if task is None:
        return what is not What.KIND_CHANGED and what not in _OF_A_TASK
    return not task.is_confidential


def _detail(detail: str) -> str:
    try:
        return formats.date_long(date.fromisoformat(detail))
    except ValueError:
        return detail


def person_and_ref(person: Person) -> dict[str, str]:
    """Return what the head of a page needs to draw somebody."""
    return {"name": person.name, "ref": person.public_id}
