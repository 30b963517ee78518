"""What HR sees of somebody's consents on the person's page."""

from alumni_portal.consents import queries
from alumni_portal.consents.rules import TITLES
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.people.models import Person


def of_person(actor: Actor, person: Person) -> Panel | None:
    """Show what a person agrees to now, read-only."""
    if not actor.may(Permission.CONSENTS_READ):
        return None
    standing = queries.standing(person.id)
    rows = [(title, standing.get(purpose)) for purpose, title in TITLES.items()]
    return Panel("consents/of_person.html", {"rows": rows, "is_member": bool(standing)})
