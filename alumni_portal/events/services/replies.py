"""Answering: yes with a seat, a place on the waiting list, or no; one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import date_long
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import emails, queries
from alumni_portal.events.models import (
    Answer,
    Event,
    EventFeed,
    EventInvitation,
    EventKind,
    Reply,
)
from alumni_portal.events.queries.replies import GUESTS, NEEDS
from alumni_portal.events.rules import (
    HOLDS_SEATS,
    Closed,
    guests_at,
    may_decline,
    reasons_not_to_come,
)
from alumni_portal.events.services import seats

CLOSED = {
    Closed.DRAFT: _l("Träffen är inte öppen för anmälan än."),
    Closed.CANCELLED: _l("Träffen är inställd."),
    Closed.OVER: _l("Träffen har redan börjat eller varit."),
    Closed.TOO_EARLY: _l("Anmälan har inte öppnat än."),
    Closed.TOO_LATE: _l("Sista dagen att anmäla sig har passerat."),
    Closed.NOT_INVITED: _l(
        "Du får inte längre inbjudningar till träffar, så du kan inte anmäla dig. Vill du komma"
        " säger du ja till inbjudningar bland dina samtycken."
    ),
}
_FULL = _l(
    "Träffen blev full innan ditt svar kom fram. Du kan ställa dig på väntelistan, det du skrev"
    " är kvar."
)
_NO_ROOM = _l("Det finns inte plats för så många. Din anmälan gäller som den var.")
_ONE_WAY = _l("Alla är med på samma sätt på den här träffen.")
_GUESTS = _l("Så många gäster går det inte att ta med.")


class Full(Refusal):
    """Every seat went before this answer arrived; the waiting list is open."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody answers."""

    comes: bool
    guests: int = 0
    #: Takes part from elsewhere in a hybrid event.
    remotely: bool = False
    #: Food and access, and who the guests are; empty leaves what was told before.
    needs: str = ""
    guest_names: str = ""
    forgets_needs: bool = False
    #: Take a place on the waiting list when there is no seat.
    may_wait: bool = False


def answer_dates(person_id: int, wanted: Mapping[int, Wanted], *, by: Actor) -> list[Reply]:
    """Note what somebody answers to the dates of a series, by event id: all of it or nothing.

    Raises what `answer` raises; the message begins with the date that it is about.
    """
    replies = []
    for event_id in sorted(wanted):  # one order for everybody: nobody waits in a ring
        try:
            replies.append(answer(event_id, person_id, wanted[event_id], by=by))
        except Refusal as refusal:
            raise _about_one_date(event_id, refusal) from refusal
    return replies


def _about_one_date(event_id: int, refusal: Refusal) -> Refusal:
    event = queries.event_by_id(event_id)
    day = date_long(event.starts_at) if event else ""
    field = refusal.field if refusal.field == "guests" else "dates"
    return type(refusal)(f"{day}: {refusal.message}", field=field)


def answer(event_id: int, person_id: int, wanted: Wanted, *, by: Actor) -> Reply:
    """Note an answer, with seats taken or given back, letters and audit, and return it.

    Raises Refusal when the event takes no such answer, and Full when no seat is left and the
    person has not said that waiting is fine. Repeating an answer changes nothing.
    """
    event = seats.lock(event_id)
    _check(event, person_id, wanted)
    let_answer(event, person_id)
    reply = standing(event_id, person_id)
    if reply is None:
        reply = Reply(event_id=event_id, person_id=person_id, answer=Answer.NO)
        reply.guests, reply.remotely, reply.guests_here = 0, False, ""
        reply.told_sequence = event.sequence
        was = None
    else:
        was = _said(reply)
    if wanted.comes:
        _come(event, reply, wanted)
        _note_needs(reply, wanted)
    else:
        _stay_away(event, reply)
    db.session.add(reply)
    db.session.flush()
    if was != _said(reply):
        _tell(event, reply, was, by)
    return reply


def _said(reply: Reply) -> tuple[Answer, int, bool]:
    return (reply.answer, reply.guests, reply.remotely)


def standing(event_id: int, person_id: int) -> Reply | None:
    """Return an answer as it is now that the event is locked, not as a page read it before."""
    return db.session.scalar(
        select(Reply)
        .where(Reply.event_id == event_id, Reply.person_id == person_id)
        .execution_options(populate_existing=True)
    )


def _check(event: Event, person_id: int, wanted: Wanted) -> None:
    now = clock.now()
    if not wanted.comes:
        if not may_decline(event.state, starts_at=event.starts_at, now=now):
            raise Refusal(CLOSED[why_closed(event, is_invited=True) or Closed.OVER])
        return
    why = why_closed(event, is_invited=queries.is_invited(person_id))
    before = standing(event.id, person_id)
    held = before is not None and before.answer in HOLDS_SEATS
    if why is not None and not (why is Closed.TOO_LATE and held):
        raise Refusal(CLOSED[why])
    most = max(event.guests_allowed, before.guests if before is not None and held else 0)
    if not 0 <= wanted.guests <= most:
        raise Refusal(_GUESTS, field="guests")
    if wanted.remotely and event.kind is not EventKind.HYBRID:
        raise Refusal(_ONE_WAY, field="answer")


def why_closed(event: Event, *, is_invited: bool) -> Closed | None:
    """Return why nobody can say yes now, the most final reason; nothing when they can."""
    reasons = reasons_not_to_come(
        event.state,
        starts_at=event.starts_at,
        window=event.window,
        is_invited=is_invited,
        now=clock.now(),
    )
    return reasons[0] if reasons else None


def let_answer(event: Event, person_id: int) -> EventInvitation:
    """Let somebody who answers without an invitation have a link of their own, and return it."""
    found = queries.invitation(event.id, person_id)
    if found is None:
        found = EventInvitation(event_id=event.id, person_id=person_id)
        db.session.add(found)
        db.session.flush()
    return found


def _come(event: Event, reply: Reply, wanted: Wanted) -> None:
    guests = 0 if wanted.remotely else wanted.guests
    if reply.answer is Answer.WAITING and not wanted.remotely:
        reply.guests = guests
        db.session.flush()
        seats.pass_on(event)  # a smaller party may fit where the larger one did not
        return
    holds = reply.answer in HOLDS_SEATS
    needed = (0 if wanted.remotely else 1 + guests) - (reply.seats if holds else 0)
    if needed > 0 and not seats.take(event, needed):
        _queue_up(event, reply, wanted, holds=holds)
        return
    if needed < 0:
        seats.give_back(event, -needed)
    reply.answer, reply.guests, reply.remotely = Answer.YES, guests, wanted.remotely
    reply.queue_no, reply.offered_until = None, None
    reply.answered_at = clock.now()
    if needed < 0:
        db.session.flush()
        seats.pass_on(event)


def _queue_up(event: Event, reply: Reply, wanted: Wanted, *, holds: bool) -> None:
    if holds:
        raise Refusal(_NO_ROOM, field="guests" if wanted.guests else "answer")
    if not wanted.may_wait:
        raise Full(_FULL)
    reply.guests, reply.answered_at = wanted.guests, clock.now()
    seats.queue_up(event, reply)


def _note_needs(reply: Reply, wanted: Wanted) -> None:
    if wanted.forgets_needs:
        reply.forget_told()
    if wanted.needs:
        reply.needs = tokens.seal(NEEDS, wanted.needs)
    if wanted.guest_names:
        reply.guest_names = tokens.seal(GUESTS, wanted.guest_names)
    if not reply.guests:
        reply.guest_names = None
    reply.guests_here = guests_at(reply.guests_here, (), (), reply.guests)


def _stay_away(event: Event, reply: Reply) -> None:
    held = reply.seats if reply.answer in HOLDS_SEATS else 0
    reply.answer, reply.guests, reply.remotely = Answer.NO, 0, False
    reply.guests_here = ""
    reply.forget_told()
    reply.queue_no, reply.offered_until = None, None
    reply.answered_at = clock.now()
    db.session.flush()
    if held:
        seats.give_back(event, held)
        seats.pass_on(event)


def _tell(event: Event, reply: Reply, was: tuple[Answer, int, bool] | None, by: Actor) -> None:
    audit.record("event.replied", by=by, subject=event.public_id, answer=reply.answer)
    before = was[0] if was else None
    if reply.answer is Answer.YES:
        emails.coming(event, reply)
    elif reply.answer is Answer.WAITING and before is not Answer.WAITING:
        emails.waiting(event, reply)
    elif reply.answer is Answer.NO and before is Answer.YES:
        emails.declined(event, reply)


def let_lapse(event_id: int, person_id: int) -> bool:
    """Pass an offered seat on when its time is over; False when it was answered meanwhile."""
    event = seats.lock(event_id)
    reply = standing(event_id, person_id)
    if reply is None or reply.answer is not Answer.OFFERED:
        return False
    if reply.offered_until is None or reply.offered_until > clock.now():
        return False
    held = reply.seats
    reply.answer, reply.offered_until = Answer.LAPSED, None
    reply.forget_told()
    db.session.flush()
    emails.lapsed(event, reply)
    seats.give_back(event, held)
    seats.pass_on(event)
    return True


def forget_person(person_id: int) -> None:
    """Give up every seat and place in line of somebody who has died; invitations are forgotten."""
    for event in queries.coming():
        locked = seats.lock(event.id)
        reply = standing(event.id, person_id)
        if reply is not None and reply.answer is not Answer.NO:
            _stay_away(locked, reply)
    for table in (EventInvitation, EventFeed):
        db.session.execute(delete(table).where(table.person_id == person_id))
