"""What HR sends in the evening or at night waits for the morning, unless it is to go now."""

from datetime import datetime

from alumni_portal.accounts.access import still_may
from alumni_portal.accounts.queries import account, holders_of
from alumni_portal.audiences.queries import resolve
from alumni_portal.audiences.queries import segment as segment_of
from alumni_portal.consents.models import Purpose
from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.night import is_quiet, morning_after
from alumni_portal.core.permissions import SYSTEM, Actor, Permission, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import attempt
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventState
from alumni_portal.events.rules import waits_until
from alumni_portal.events.services import seats
from alumni_portal.events.services.announcing import announce
from alumni_portal.events.services.invitations import invite, to_invite

SEND = "events.send_waiting"
_NO_SENDER = _l("Den som lade det på kö får inte längre skicka det.")


def tell_at(
    event: Event,
    *,
    moved_to: datetime | None = None,
    with_series: bool = False,
    at_once: bool,
) -> datetime | None:
    """Return when those who come are told of a change or the end made now; nothing: at once.

    What is `with_series` about all dates ahead waits no longer than the soonest of them lets it.
    """
    if at_once or event.state is not EventState.OPEN:
        return None
    dates = queries.dates_ahead(event) if with_series else []
    soonest = min(one.starts_at for one in (event, *dates))
    return waits_until(clock.now(), min(soonest, moved_to or soonest))


def wait_for_morning(
    event_id: int, *, segment: str = "", expected: int | None = None, by: Actor
) -> datetime:
    """Let an invitation, or the word of a new date, go in the morning; return when.

    `segment` is the public id of the one that it goes to, `expected` the number of people that was
    said yes to. Raises Refusal when one waits already, Conflict when it is another number by now.
    """
    event = seats.lock(event_id)
    if event.mails_at is not None:
        raise Refusal(_l("Ett mejl väntar redan på att gå."))
    if expected is not None:
        to_invite(event, among=among(segment), expected=expected)
    event.mails_by, event.mails_to = by.ref, segment
    at = _await(event)
    audit.record("event.mail_waits", by=by, subject=event.public_id, at=str(at))
    return at


def _await(event: Event) -> datetime:
    at = event.mails_at = morning_after(clock.now())
    db.session.flush()
    jobs.enqueue(SEND, {"event": event.id, "at": at.isoformat()}, run_at=at)
    return at


def take_back(event_id: int, *, by: Actor) -> None:
    """Let what waits for the morning not go; nothing happens when nothing waits."""
    event = seats.lock(event_id)
    if event.mails_at is not None:
        _clear(event)
        audit.record("event.mail_taken_back", by=by, subject=event.public_id)


def send_waiting(event_id: int, at: datetime) -> int:
    """Send what waited for this morning and return to how many it goes.

    Nothing when it was taken back. Who sent it is told when it cannot go; when they may do so no
    longer, whoever leads HR. Come too late, it waits for the next morning.
    """
    event = seats.lock(event_id)
    if event.mails_at != at:
        return 0
    if is_quiet(clock.now()):
        _await(event)
        return 0
    by, segment = still_may(event.mails_by, Permission.EVENTS_WRITE), event.mails_to
    sender = account(event.mails_by) if by is not None else None
    _clear(event)
    number, why = _send(event, segment, by) if by is not None else (0, _NO_SENDER)
    if not number:
        audit.record("event.mail_not_sent", by=SYSTEM, subject=event.public_id)
        if event.state is EventState.OPEN:  # whoever cancelled it knows
            emails.not_sent([sender.person] if sender else holders_of(Role.HR_LEAD), event, why)
    return number


def _send(event: Event, segment: str, by: Actor) -> tuple[int, object]:
    """Return to how many it goes; when to nobody, why."""
    try:
        with attempt():
            if event.head_id is not None:
                return announce(event.id, by=by)[1], ""
            return invite(event.id, by=by, among=among(segment))[1], ""
    except Refusal as refusal:
        return 0, refusal.message


def among(segment: str) -> set[int] | None:
    """Return whom a segment (public id) narrows an invitation to; nothing: everybody."""
    if not segment:
        return None
    found = segment_of(segment)
    if found is None:
        return set()
    return {one.person_id for one in resolve(found.wanted, Purpose.EVENTS).recipients}


def _clear(event: Event) -> None:
    event.mails_at, event.mails_by, event.mails_to = None, "", ""
    db.session.flush()
