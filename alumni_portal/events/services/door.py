"""At the door: who is here, and how many came without a reply."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event
from alumni_portal.events.rules import may_tick_off


def check_in(event: Event, *, here: set[str], gone: set[str], by: Actor) -> int:
    """Note who of those on the list is at the door, by public ids of people; return how many.

    `gone` unticks somebody who was ticked by mistake. Who waits for a seat and is let in keeps
    the place in line: seats are given by answers alone. Raises Refusal before the day of the event.
    """
    if not may_tick_off(event.state, event.starts_at, now=clock.now()):
        raise Refusal(_l("Det går att pricka av från och med dagen för träffen."))
    changed = 0
    for guest in queries.attendance(event.id, with_needs=False):
        if guest.ref not in here | gone or guest.is_here is (guest.ref in here):
            continue
        reply = queries.reply(event.id, guest.person_id)
        if reply is not None:
            reply.checked_in_at = clock.now() if guest.ref in here else None
            changed += 1
    if changed:
        audit.record("event.checked_in", by=by, subject=event.public_id, number=changed)
    db.session.flush()
    return changed


def count_walk_ins(event: Event, number: int, *, by: Actor) -> None:
    """Note how many came without a reply: a number, no names. Raises Refusal before the day."""
    if not may_tick_off(event.state, event.starts_at, now=clock.now()):
        raise Refusal(_l("Det går att pricka av från och med dagen för träffen."))
    event.walk_ins = number
    audit.record("event.walk_ins_counted", by=by, subject=event.public_id, number=number)
    db.session.flush()
