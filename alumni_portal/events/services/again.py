"""Sending a mailing about an event again, to those whom it failed and who still want it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from alumni_portal.bounces import services as bounces
from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventInvitation, EventState
from alumni_portal.events.queries import Reachable
from alumni_portal.events.rules import THANKS_WITHIN, waits_until
from alumni_portal.events.services import mailings, seats, telling
from alumni_portal.events.services.invitations import invite
from alumni_portal.mail.models import Mailing

#: The job that tells in the morning what HR sent again at night.
TELL_AGAIN = queries.TELL_AGAIN
_Pairs = Sequence[tuple[Reachable, EventInvitation]]


def to_send_again(dates: Sequence[Event], mailing: Mailing) -> set[int]:
    """Return whom a mailing failed who may get it now: they want mail and it is news to them.

    `dates` are all of the series, the first one of which invitations are to. Nobody when it is over
    or broken off, or when it no longer says what is so.
    """
    if mailing.cancelled_at is not None:
        return set()
    if mailing.kind == mailings.INVITATION:
        head = next(one for one in dates if one.head_id is None)
        theirs = queries.missed_invitations(head, mailing) if _ahead(dates) else set()
        return {one.person_id for one in queries.uninvited(head.id, among=theirs).people}
    people = {to.person_id for to, _invitation in _others(dates, mailing)}
    return people & queries.missed_by(mailing.id)


def _ahead(dates: Sequence[Event]) -> list[Event]:
    now = clock.now()
    return [one for one in dates if one.state is EventState.OPEN and one.starts_at > now]


def _others(dates: Sequence[Event], mailing: Mailing) -> _Pairs:
    """Return who the mailing would go to if it were sent now, with what is so now."""
    event = next(one for one in dates if mailing.ref.partition(":")[0] == one.public_id)
    sent_at, kind = mailing.created_at, mailing.kind
    if kind == mailings.THANKS:
        is_fresh = clock.now() - event.ends_at <= THANKS_WITHIN
        return queries.took_part(event) if is_fresh else []
    if not _is_still_so(event, _ahead(dates), mailing):
        return []
    if kind == mailings.REMINDER:
        return queries.unanswered(event, asked_before=sent_at)
    if kind == mailings.NEW_DATE:
        return queries.to_announce(event)
    return queries.still_asked(event, asked_before=sent_at)


def _is_still_so(event: Event, ahead: Sequence[Event], mailing: Mailing) -> bool:
    """Say whether what a mailing says is what it would say now, and there is time to act on it."""
    if mailing.kind == mailings.CALLED_OFF:
        return event.state is EventState.CANCELLED and event.starts_at > clock.now()
    alone = [one for one in ahead if one is event and mailing.kind != mailings.REMINDER]
    said = queries.words_of(mailing.id)
    return any(
        said == {one.text for one in mailings.editions(event, mailing.kind, about)}
        for about in (alone, ahead)
        if about
    )


def send_again(event_id: int, ref: str, *, expected: int | None, by: Actor) -> int:
    """Send a mailing of an event to those whom it failed, once, and return how many they are.

    An invitation goes anew, with what is so now and the same link. `expected` is the number that
    was said yes to. Raises NotFound for a mailing of something else, Refusal when there is nobody,
    and Conflict when it is another number by now.
    """
    event = seats.lock(event_id)
    dates = queries.dates_of(event)
    mailing = queries.mailing(event, dates, ref)
    if mailing is None:
        raise NotFound
    people = to_send_again(dates, mailing)
    _check_number(len(people), expected)
    if mailing.kind == mailings.INVITATION:
        invite(event.id, by=by, among=people, expected=expected)
    else:
        pairs = [pair for pair in _others(dates, mailing) if pair[0].person_id in people]
        bounces.send_again(mailing, mailings.recipients(pairs), by=by)
    audit.record("event.mail_sent_again", by=by, subject=event.public_id, number=len(people))
    return len(people)


def rest_of(mailing: Mailing) -> datetime | None:
    """Return until when its mails wait that are sent again now; nothing when they go at once.

    An invitation goes anew, in a mailing of its own that HR lets go at this hour.
    """
    if mailing.kind == mailings.INVITATION or mailing.quiet is None:
        return None
    return mailing.quiet.over_at(clock.now())


def to_tell_again(event: Event) -> dict[int, Reachable]:
    """Return who comes or waits, was not reached by the latest letter, and can be reached now."""
    if event.starts_at <= clock.now():
        return {}
    return queries.reachable([one.person_id for one in queries.not_reached(event)])


def tell_again(event_id: int, *, expected: int | None, by: Actor) -> tuple[int, datetime | None]:
    """Tell those whom the letter about a change or the end did not reach.

    Return how many they are and when it goes: in the morning what is sent at night, unless the
    event begins too soon after; nothing: at once. `expected` is the number that was said yes to.
    Raises Refusal when there is nobody or such letters wait already, and Conflict when it is
    another number by now.
    """
    event = seats.lock(event_id)
    people = to_tell_again(event)
    _check_number(len(people), expected)
    if queries.told_again_at(event) is not None:
        raise Refusal(_l("Ett mejl väntar redan på att gå."))
    at = waits_until(clock.now(), event.starts_at)
    if at is None:
        _tell(event, people, by=by)
    else:
        _await(event, at)
        audit.record("event.tells_again", by=by, subject=event.public_id, at=str(at))
    return len(people), at


def _await(event: Event, at: datetime) -> None:
    jobs.enqueue(TELL_AGAIN, {"event": event.id}, key=queries.again_key(event, at), run_at=at)


def tell_waiting(event_id: int) -> int:
    """Tell whom the letter did not reach, what waited for this morning; return how many.

    Not those who are about to be told of another change since. Come too late, it waits for the
    next morning.
    """
    event = seats.lock(event_id)
    people = to_tell_again(event)
    at = waits_until(clock.now(), event.starts_at)
    if not people:
        return 0
    if at is not None:
        _await(event, at)
        return 0
    _tell(event, people, by=SYSTEM)
    return len(people)


def _tell(event: Event, people: Mapping[int, Reachable], *, by: Actor) -> None:
    for reply in queries.not_reached(event):
        if reply.person_id in people:
            telling.write([(event, reply)], people[reply.person_id])
    audit.record("event.told_again", by=by, subject=event.public_id, number=len(people))


def _check_number(number: int, expected: int | None) -> None:
    if not number:
        raise Refusal(_l("Det finns ingen att skicka till."))
    if expected != number:
        raise Conflict(
            _l("Inget har skickats. Nu är det %(n)s som får mejlet. Läs igen.", n=number)
        )
