"""What other pages show of events."""

from alumni_portal.core import language
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.events import queries

_SHOWN = 3


def next_events(actor: Actor, subject: object) -> Panel | None:
    """Show an alumnus the next events, and what they have answered."""
    del subject
    if not actor.may(Permission.EVENTS_READ) or actor.person_id is None:
        return None
    coming = queries.coming(_SHOWN)
    if not coming:
        return None
    mine = queries.replies_of(actor.person_id, [one.id for one in coming])
    shown = {"coming": coming, "mine": mine, "spoken": language.current()}
    return Panel("events/next.html", shown)


def coming_events(actor: Actor, subject: object) -> Panel | None:
    """Show staff the next events and their seats."""
    del subject
    if not actor.may(Permission.EVENTS_READ):
        return None
    coming = queries.coming(_SHOWN)
    if not coming:
        return None
    return Panel("events/desk.html", {"coming": coming})
