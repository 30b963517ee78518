"""What other pages show of events."""

from alumni_portal.core import language
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.events import queries

_SHOWN = 3
#: Dates of one series stand together, so more are looked at than are shown.
_LOOKED_AT = 30


def next_events(actor: Actor, subject: object) -> Panel | None:
    """Show an alumnus the next events, and what they have answered."""
    del subject
    if not actor.may(Permission.EVENTS_READ) or actor.person_id is None:
        return None
    found = queries.coming(_LOOKED_AT)
    if not found:
        return None
    mine = queries.replies_of(actor.person_id, [one.id for one in found])
    coming = dict(list(queries.one_per_series(found).items())[:_SHOWN])
    standing = queries.standing_in(coming, mine)
    shown = {"coming": coming, "mine": standing, "spoken": language.current()}
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
