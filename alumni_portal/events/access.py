"""Who may know of which event, and who may see who comes."""

from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventState
from alumni_portal.people.queries import units_led_by


def event_for(actor: Actor, public_id: str) -> Event:
    """Return an event that this actor may know of; raises NotFound. Drafts are their planners'."""
    event = queries.event(public_id)
    if event is None or not (
        event.state is not EventState.DRAFT or actor.may(Permission.EVENTS_WRITE)
    ):
        raise NotFound
    return event


def sees_guests(actor: Actor, event: Event) -> bool:
    """Say whether an actor hosts: plans events, is the host, or leads the unit that invites."""
    if actor.may(Permission.EVENTS_WRITE):
        return True
    if actor.person_id is None or not actor.is_staff:
        return False
    if event.host_id == actor.person_id:
        return True
    return event.unit_id is not None and event.unit_id in units_led_by(actor.person_id)


def hosted_by(actor: Actor, public_id: str) -> Event:
    """Return an event whose guests this actor may see; raises NotFound."""
    event = event_for(actor, public_id)
    if not sees_guests(actor, event):
        raise NotFound
    return event
