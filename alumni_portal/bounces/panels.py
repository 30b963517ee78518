"""What other pages show of addresses that do not work."""

from alumni_portal.bounces import queries
from alumni_portal.bounces.rules.feedback import told
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.mail.models import NOBODY_READS
from alumni_portal.people.models import Person


def of_person(actor: Actor, person: Person) -> Panel | None:
    """Say on a person's page that mailings do not reach them, and why."""
    if not actor.may(Permission.SUPPRESSIONS_WRITE):
        return None
    found = queries.suppressed_now(person.id)
    if found is None:
        return None
    shown = {"one": found, "person": person, "is_dead_end": found.source in NOBODY_READS}
    return Panel("bounces/of_person.html", {**shown, "told": told})


def own_address(actor: Actor, subject: object) -> Panel | None:
    """Tell somebody who is signed in that mailings do not reach them, and what to do."""
    del subject
    found = queries.suppressed_now(actor.person_id or 0)
    if found is None:
        return None
    return Panel(
        "bounces/own_address.html", {"one": found, "is_dead_end": found.source in NOBODY_READS}
    )
