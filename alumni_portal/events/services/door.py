"""At the door: who is here, and how many came without a reply."""

from collections.abc import Collection

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Answer, Event, Reply
from alumni_portal.events.queries import Guest
from alumni_portal.events.rules import guests_at, may_tick_off
from alumni_portal.events.services import seats
from alumni_portal.events.services.replies import let_answer, standing


def check_in(event: Event, *, here: set[str], gone: set[str], by: Actor) -> int:
    """Note who of those on the list is at the door; return how many people that changed.

    Each is named by their public id, a guest of theirs by `id:0`, `id:1` and so on. `gone` unticks
    somebody who was ticked by mistake. Who waits for a seat and is let in keeps the place in line:
    seats are given by answers alone. Raises Refusal before the day of the event.
    """
    _check_day(event)
    changed = 0
    for guest in queries.attendance(event.id, with_needs=False):
        of_party = {guest.ref, *guest.guest_refs}
        if of_party.isdisjoint(here | gone):
            continue
        reply = queries.reply(event.id, guest.person_id)
        if reply is not None:
            changed += _tick_guests(reply, guest, here, gone)
            if guest.ref in here | gone and guest.is_here is not (guest.ref in here):
                _tick(reply, is_here=guest.ref in here)
                changed += 1
    if changed:
        audit.record("event.checked_in", by=by, subject=event.public_id, number=changed)
    db.session.flush()
    return changed


def _tick_guests(reply: Reply, guest: Guest, here: set[str], gone: set[str]) -> int:
    before = reply.guests_here
    ticked, unticked = (
        [place for place, ref in enumerate(guest.guest_refs) if ref in some]
        for some in (here, gone)
    )
    reply.guests_here = guests_at(before, ticked, unticked, reply.guests)
    return len(set(before) ^ set(reply.guests_here))


def _tick(reply: Reply, *, is_here: bool) -> None:
    if not is_here and reply.answer is Answer.WALKED_IN:
        db.session.delete(reply)  # let in by mistake: there is nothing that they answered
    else:
        reply.checked_in_at = clock.now() if is_here else None


def let_in(event: Event, person_id: int, *, guests: Collection[int] = (), by: Actor) -> Reply:
    """Note that a member is at the door, with or without a seat, and return the reply.

    `guests` are those of the guests who are here too, counted from 0.

    Who had no seat takes none: the host sees whether there is room, and those who said that they
    come are counted for themselves. Raises Refusal before the day of the event, and NotFound for
    somebody who does not agree to be asked.
    """
    event = seats.lock(event.id)
    _check_day(event)
    reply = standing(event.id, person_id)
    if reply is None:
        if not queries.is_invited(person_id):
            raise NotFound
        let_answer(event, person_id)
        reply = Reply(event_id=event.id, person_id=person_id, answer=Answer.WALKED_IN)
        reply.guests, reply.guests_here, reply.told_sequence = 0, "", event.sequence
        db.session.add(reply)
    elif reply.answer in {Answer.NO, Answer.LAPSED}:
        reply.answer = Answer.WALKED_IN
    if reply.checked_in_at is None:
        reply.checked_in_at = clock.now()
        reply.guests_here = guests_at(reply.guests_here, guests, (), reply.guests)
        number = 1 + len(reply.guests_here)
        audit.record("event.checked_in", by=by, subject=event.public_id, number=number)
    db.session.flush()
    return reply


def _check_day(event: Event) -> None:
    if not may_tick_off(event.state, event.starts_at, now=clock.now()):
        raise Refusal(_l("Det går att pricka av från och med dagen för träffen."))


def count_walk_ins(event: Event, number: int, *, by: Actor) -> None:
    """Note how many came without a name: a number. Raises Refusal before the day."""
    _check_day(event)
    event.walk_ins = number
    audit.record("event.walk_ins_counted", by=by, subject=event.public_id, number=number)
    db.session.flush()
