"""Telling those who come about a change or the end, and forgetting what is no longer needed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import delete, or_, select, update

from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventInvitation, EventState, Reply
from alumni_portal.events.queries import Reachable
from alumni_portal.events.rules import NEEDS_KEPT, REPLIES_KEPT
from alumni_portal.events.services import mailings, seats
from alumni_portal.mail import queries as mail_queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Mailing, MailingState

#: What was in hand when an event was called off is asked about again after so long each time.
FINISH = "events.finish_cancelled"
#: What the name of a mailing ends with that is only for those who read one language.
_SOME = ":some"
_AGAIN = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=24))


def tell_some(event_id: int, *, date_ids: Collection[int] = (), limit: int = 100) -> int:
    """Write the next letters about the latest change of an event and return how many were due.

    Each person hears of each change once, however often this is called, and of all dates of a
    series that changed, or are called off, in one letter. Of `date_ids`, what was changed together,
    those are told of too that go on when the event itself was called off meanwhile.
    """
    event = queries.event_by_id(event_id)
    if event is None:
        return 0
    due = queries.untold(_told_together(event), limit=limit)
    if not due:
        others = [one for one in queries.dates_of(event) if one.id in date_ids]
        going_on = [one for one in others if one.state is EventState.OPEN]
        due = queries.untold(going_on, limit=limit) if going_on else due
    write_to = queries.reachable([one.person_id for one in due])
    for person_id, theirs in groupby(due, key=attrgetter("person_id")):
        said = [(queries.event_by_id(one.event_id) or event, one) for one in theirs]
        for date, reply in said:
            reply.told_sequence = date.sequence
        if person_id in write_to:
            write(said, write_to[person_id])
    db.session.flush()
    return len(due)


def _told_together(event: Event) -> list[Event]:
    """Return the dates of a series that are called off, or those that are not, as an event is."""
    return [one for one in queries.dates_of(event) if one.state is event.state]


def write(said: Sequence[tuple[Event, Reply]], to: Reachable) -> None:
    """Write the letter about these dates to somebody, and note which one it is."""
    ref = _write(said, to)
    for _event, reply in said:
        reply.told_before = [*reply.told_before, *filter(None, [reply.told_by])]
        reply.told_by = ref


def _write(said: Sequence[tuple[Event, Reply]], to: Reachable) -> str:
    event, reply = said[0]
    is_off = event.state is EventState.CANCELLED
    if len(said) > 1:
        return emails.cancelled_dates(said, to) if is_off else emails.changed_dates(said, to)
    return emails.cancelled(event, reply, to) if is_off else emails.changed(event, reply, to)


def tell_asked(
    event_id: int,
    date_ids: Collection[int],
    *,
    changed_at: datetime,
    languages: Collection[str] = tuple(LANGUAGES),
) -> int:
    """Tell those who hold an invitation and have not answered of the latest change or the end.

    `date_ids` are the dates that one mail is about; return to how many it goes. Each who reads one
    of the languages hears of each change once, however often this is called. What waited of the
    invitation itself does not go when nothing is left to come to, and who never got it hears of no
    end.
    """
    event = seats.lock(event_id)
    never_got = _break_off(event) if not queries.dates_ahead(event) else set[int]()
    asked = queries.still_asked(event, asked_before=changed_at, but=never_got)
    people = [pair for pair in asked if pair[0].language in languages]
    if not people:
        return 0
    is_off = event.state is EventState.CANCELLED
    kind = mailings.CALLED_OFF if is_off else mailings.MOVED
    dates = [one for one in queries.dates_of(event) if one.id in date_ids]
    ref = f"{event.public_id}:{event.sequence}"
    told_all = mail_queries.mailings_of(kind, [ref])
    if set(languages) != set(LANGUAGES) and not told_all:
        ref += _SOME
    mailings.send(event, kind, ref, people, by=SYSTEM, dates=dates)
    return len(people)


def _break_off(event: Event) -> set[int]:
    """Keep copies that wait from going and return who got none of the invitations."""
    head = queries.event_by_id(event.head_id) if event.head_id else event
    ref = head.public_id if head else ""
    turns = [
        f"{ref}:{turn}" for turn in range(1, queries.latest_round(event.head_id or event.id) + 1)
    ]
    turned = [f"{event.public_id}:{number}" for number in range(1, event.sequence)]
    moves = [one + some for one in turned for some in ("", _SOME)]
    sent = mail_queries.mailings_of(mailings.INVITATION, turns)
    others = mail_queries.mailings_of(mailings.MOVED, moves)
    reminder = mail_queries.mailings_of(mailings.REMINDER, [ref])
    all_of_it = [*sent.values(), *others.values(), *reminder.values()]
    end_mailings([one.id for one in all_of_it])
    stands: dict[int, set[DeliveryState]] = {}
    for one in sent.values():
        for person_id, state in mail_queries.states_of(one.id).items():
            stands.setdefault(person_id, set()).add(state)
    missed = {DeliveryState.SKIPPED, DeliveryState.FAILED}
    return {person_id for person_id, states in stands.items() if states <= missed}


def end_mailings(mailing_ids: Collection[int], *, turn: int = 0) -> int:
    """Break mailings off and return how many are not over yet; those are asked about again.

    A copy in hand cannot be called back: once its answer is noted the mailing ends. One of which
    nobody ever knows whether it arrived counts as sent after a day.
    """
    left = []
    for one in db.session.scalars(select(Mailing).where(Mailing.id.in_(mailing_ids))):
        mail.cancel(one, by=SYSTEM)
        if one.state is not MailingState.FINISHED and turn >= len(_AGAIN):
            mail.settle_uncertain(one, again=False, by=SYSTEM)
        if one.state is not MailingState.FINISHED:
            left.append(one.id)
    if left and turn < len(_AGAIN):
        args = {"mailings": left, "turn": turn + 1}
        jobs.enqueue(FINISH, args, run_at=clock.now() + _AGAIN[turn])
    return len(left)


def forget_needs() -> int:
    """Forget food, access and names of guests fourteen days after the event; return how many."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - NEEDS_KEPT)
    result = db.session.execute(
        update(Reply)
        .where(
            Reply.event_id.in_(over), or_(Reply.needs.is_not(None), Reply.guest_names.is_not(None))
        )
        .values(needs=None, guest_names=None)
        .execution_options(synchronize_session=False)
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count
    if number:
        audit.record("event.needs_forgotten", by=SYSTEM, number=number)
    return number


def forget_replies() -> int:
    """Forget who came to events two years ago, and who was host; return how many rows went."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - REPLIES_KEPT)
    number = 0
    for table in (Reply, EventInvitation):
        result = db.session.execute(
            delete(table)
            .where(table.event_id.in_(over))
            .execution_options(synchronize_session=False)
        )
        number += int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    db.session.execute(
        update(Event)
        .where(Event.ends_at <= clock.now() - REPLIES_KEPT, Event.host_id.is_not(None))
        .values(host_id=None)
        .execution_options(synchronize_session=False)
    )
    return number
