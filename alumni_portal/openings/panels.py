"""What other pages show of openings."""

from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.openings import queries
from alumni_portal.people.models import Person

_SHOWN = 3


def roles_like_yours(actor: Actor, person: Person) -> Panel | None:
    """Show an alumnus the open roles that share most with their own years, and why."""
    if not actor.may(Permission.HOME_ALUMNUS) or actor.person_id != person.id:
        return None
    found = queries.published()
    if not found:
        return None
    fits = queries.fits(found, person.id, person.employments)
    nearest = sorted(found, key=lambda one: fits[one.id].order)[:_SHOWN]
    return Panel(
        "openings/roles.html",
        {
            "openings": nearest,
            "fits": fits,
            "total": len(found),
            "is_near": fits[nearest[0].id].is_any,
        },
    )
