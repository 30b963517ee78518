"""What accounts add to a person's page, and how many wait for HR."""

from alumni_portal.accounts import queries
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor
from alumni_portal.people.models import Person


def account_panel(actor: Actor, person: Person) -> Panel | None:
    """Draw whether the person has an account, in which roles, and the ways to change that."""
    del actor
    account, roles = queries.account_with_roles(person.id)
    return Panel("accounts/panel.html", {"account": account, "roles": roles, "person": person})


def waiting_recoveries(actor: Actor) -> int:
    """Return how many lost addresses wait for HR."""
    del actor
    return queries.count_recoveries()
