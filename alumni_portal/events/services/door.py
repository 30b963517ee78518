"""At the door: who is here, and how many came without a reply."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Answer, Event, Reply
from alumni_portal.events.rules import may_tick_off
from alumni_portal.events.services import seats
from alumni_portal.events.services.replies import let_answer, standing


def check_in(event: Event, *, here: set[str], gone: set[str], by: Actor) -> int:
    """Note who of those on the list is at the door, by public ids of people; return how many.

    `gone` unticks somebody who was ticked by mistake. Who waits for a seat and is let in keeps
    the place in line: seats are given by answers alone. Raises Refusal before the day of the event.
    """
    _check_day(event)
    changed = 0
    for guest in queries.attendance(event.id, with_needs=False):
        if guest.ref not in here | gone or guest.is_here is (guest.ref in here):
            continue
        reply = queries.reply(event.id, guest.person_id)
        if reply is not None:
            _tick(reply, is_here=guest.ref in here)
            changed += 1
    if changed:
        audit.record("event.checked_in", by=by, subject=event.public_id, number=changed)
    db.session.flush()
    return changed


def _tick(reply: Reply, *, is_here: bool) -> None:
    if not is_here and reply.answer is Answer.WALKED_IN:
        db.session.delete(reply)  # let in by mistake: there is nothing that they answered
    else:
        reply.checked_in_at = clock.now() if is_here else None


def let_in(event: Event, person_id: int, *, by: Actor) -> Reply:
    """Note that a member is at the door, with or without a seat, and return the reply.

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
        reply.guests, reply.told_sequence = 0, event.sequence
        db.session.add(reply)
    elif reply.answer in {Answer.NO, Answer.LAPSED}:
        reply.answer = Answer.WALKED_IN
    if reply.checked_in_at is None:
        reply.checked_in_at = clock.now()
        audit.record("event.checked_in", by=by, subject=event.public_id, number=1)
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
