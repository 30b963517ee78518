"""Reminders: seven and two days ahead, then every day while late; one letter per person a day."""

from dataclasses import dataclass

from alumni_portal.core import clock, jobs
from alumni_portal.offboarding import emails
from alumni_portal.offboarding.models import CaseTask, TaskOwner
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.queries import reminders as queries
from alumni_portal.offboarding.rules.due_dates import days_to_nudge
from alumni_portal.offboarding.services.leaver import link_for, token_of
from alumni_portal.people.models import AddressKind
from alumni_portal.people.queries import person_by_id

REMIND_ONE = "offboarding.remind_one"


@dataclass(frozen=True)
class Reader:
    """Who is to be reminded."""

    person_id: int
    is_leaver: bool


def plan_reminders() -> int:
    """Ask for one letter to each person who has something near or late; return how many.

    Asking twice on one day asks once: the key of the job holds the day.
    """
    today = clock.today()
    due = queries.due(days_to_nudge(today))
    readers = {reader for item in due for reader in _readers(item)}
    for reader in sorted(readers, key=lambda one: (one.person_id, one.is_leaver)):
        side = "leaver" if reader.is_leaver else "owner"
        jobs.enqueue(
            REMIND_ONE,
            {"person": reader.person_id, "leaver": reader.is_leaver, "day": today.isoformat()},
            key=f"remind:{side}:{reader.person_id}:{today.isoformat()}",
        )
    return len(readers)


def _readers(item: queries.Due) -> list[Reader]:
    if item.owner is TaskOwner.LEAVER:
        return [Reader(item.person_id, is_leaver=True)] if item.has_link else []
    if item.owner is TaskOwner.MANAGER:
        return [Reader(one, is_leaver=False) for one in item.manager_ids]
    return [Reader(one, is_leaver=False) for one in item.hr_ids]


def remind_owner(person_id: int) -> bool:
    """Send a manager or HR one letter about all that is near or late; False when nothing is."""
    due = [
        item
        for item in queries.due(days_to_nudge(clock.today()))
        if Reader(person_id, is_leaver=False) in _readers(item)
    ]
    owner = person_by_id(person_id)
    if owner is None or not due or owner.died_on is not None:
        return False
    address = next((a for a in links.addresses_of(person_id) if a.kind is AddressKind.WORK), None)
    if address is None:
        return False
    tasks = queries.tasks([item.task_id for item in due])
    names = {item.task_id: item.name for item in due}
    emails.owner_reminder(owner, address, [(task, names[task.id]) for task in tasks])
    return True


def remind_leaver(person_id: int) -> bool:
    """Send a leaver one letter about their own tasks; False when nothing is to be said."""
    due = [
        item
        for item in queries.due(days_to_nudge(clock.today()))
        if Reader(person_id, is_leaver=True) in _readers(item)
    ]
    if not due:
        return False
    tasks: list[CaseTask] = queries.tasks([item.task_id for item in due])
    case = queries.case_of(due[0].case_id)
    address = links.mailbox_of(case, links.addresses_of(person_id)) if case else None
    if case is None or address is None:
        return False
    emails.leaver_reminder(case, address, token_of(link_for(case, address)), tasks)
    return True
