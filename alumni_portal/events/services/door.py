"""At the door: who is here, and how many came without a reply."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.events import queries, rules
from alumni_portal.events.models import Event


def check_in(event: Event, *, here: set[str], gone: set[str], by: Actor) -> int:
    """Note who of those who come is at the door, by public ids of people; return how many changed.

    `gone` unticks somebody who was ticked by mistake.
    """
    changed = 0
    for guest in queries.attendance(event.id, with_needs=False):
        if guest.answer is not rules.Answer.YES or guest.ref not in here | gone:
            continue
        reply = queries.reply(event.id, guest.person_id)
        if reply is not None:
            reply.checked_in_at = clock.now() if guest.ref in here else None
            changed += 1
    if changed:
        audit.record("event.checked_in", by=by, subject=event.public_id, number=changed)
    db.session.flush()
    return changed
