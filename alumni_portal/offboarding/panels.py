"""What offboarding adds to other pages: how much waits, and for whom."""

from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.offboarding import access
from alumni_portal.offboarding.queries import cases, imports, join, reminders
from alumni_portal.people.models import Person
from alumni_portal.people.queries import units_led_by


def cases_waiting(actor: Actor) -> int:
    """Return how many cases wait for this actor: something is due today or late."""
    if actor.may(Permission.CASES_WRITE):
        return reminders.waiting_for_hr(actor.person_id)
    if actor.person_id is not None and actor.may(Permission.CASES_READ_OWN_UNIT):
        return reminders.waiting_for_manager(units_led_by(actor.person_id), actor.person_id)
    return 0


def join_requests_waiting(actor: Actor) -> int:
    """Return how many requests to join wait for this actor."""
    return join.count_waiting() if actor.may(Permission.JOIN_REQUESTS_DECIDE) else 0


def matches_waiting(actor: Actor) -> int:
    """Return how many people from files wait to be compared with somebody known."""
    return imports.count_open_matches() if actor.may(Permission.IMPORTS_RUN) else 0


def of_person(actor: Actor, person: Person) -> Panel | None:
    """Show the cases of a person that the actor may know of."""
    found = cases.of_person(person.id, access.visible_cases(actor))
    return Panel("offboarding/of_person.html", {"cases": found}) if found else None
