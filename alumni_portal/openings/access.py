"""Who may see which opening: the world what was published, staff who work with openings all."""

from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.openings import queries
from alumni_portal.openings.models import Opening


def opening_for(actor: Actor, public_id: str) -> Opening:
    """Return an opening that an actor may know of, open or closed.

    Raises NotFound for a draft and for what never was: both look the same to strangers.
    """
    found = queries.opening(public_id)
    if found is None or not (queries.was_public(found) or actor.may(Permission.OPENINGS_READ)):
        raise NotFound
    return found


def opening_to_change(public_id: str) -> Opening:
    """Return an opening for somebody who may change all of them. Raises NotFound."""
    found = queries.opening(public_id)
    if found is None:
        raise NotFound
    return found
