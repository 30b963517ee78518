"""Planning: writing an event, opening it for replies, calling it off."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from sqlalchemy import select, update

from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries, rules
from alumni_portal.events.models import Event, EventKind, EventState, Reply
from alumni_portal.events.rules import MOVES, Missing
from alumni_portal.events.services import seats, spans

TELL = queries.TELL
_MISSING = {
    Missing.TEXT: (_l("Skriv vad det är för träff innan du öppnar den."), "text"),
    Missing.PLACE: (_l("Skriv en plats innan du öppnar den."), "place"),
    Missing.LINK: (_l("Skriv länken för dem på distans innan du öppnar den."), "online_url"),
    Missing.OVER: (_l("Träffen ska börja efter i dag."), "day"),
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is decided about an event before anybody is asked."""

    kind: EventKind = EventKind.MEETING
    title: str
    title_en: str = ""
    text: str = ""
    text_en: str = ""
    agenda: str = ""
    agenda_en: str = ""
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    address: str = ""
    directions: str = ""
    place_en: str = ""
    address_en: str = ""
    directions_en: str = ""
    online_url: str = ""
    capacity: int | None = None
    guests_allowed: int = 0
    reply_from: date | None = None
    reply_from_time: time | None = None
    reply_by: date | None = None
    reply_by_time: time | None = None
    offer_hours: int = rules.OFFER_HOURS
    unit_id: int | None = None
    host_id: int | None = None
    thanks: str = ""
    thanks_en: str = ""
    sends_thanks: bool = True


def plan(wanted: Plan, *, by: Actor) -> Event:
    """Write a new event as a draft that only its planners see. Raises Refusal for unsound times."""
    check(wanted)
    event = Event(**values_of(wanted))
    db.session.add(event)
    db.session.flush()
    audit.record("event.planned", by=by, subject=event.public_id)
    return event


def values_of(wanted: Plan) -> dict[str, object]:
    """Return what a plan says as the columns of an event."""
    return {one.name: getattr(wanted, one.name) for one in fields(wanted)}


def check(wanted: Plan) -> None:
    """Raise Refusal for a plan whose times or seats are unsound."""
    spans.check(wanted.starts_at, wanted.ends_at)
    _check_window(wanted)
    if wanted.capacity is not None and wanted.capacity < 1:
        raise Refusal(
            _l("Skriv minst en plats, eller lämna tomt för ingen gräns."), field="capacity"
        )


def _check_window(wanted: Plan) -> None:
    starts_on, by_time = clock.local(wanted.starts_at).date(), wanted.reply_by_time
    window = rules.window_of(
        wanted.reply_from, wanted.reply_by, opens=wanted.reply_from_time, closes=by_time
    )
    for day, at, field in (
        (wanted.reply_from, wanted.reply_from_time, "reply_from"),
        (wanted.reply_by, by_time, "reply_by"),
    ):
        if at and not day:
            raise Refusal(_l("Skriv vilken dag klockslaget gäller."), field=field)
    if wanted.reply_by and wanted.reply_by > starts_on:
        raise Refusal(_l("Sista dag att svara ska vara före träffen."), field="reply_by")
    if by_time and window.closes and window.closes > wanted.starts_at:
        raise Refusal(_l("Det går inte att svara efter att träffen har börjat."), field="reply_by")
    if window.opens and window.opens >= (window.closes or wanted.starts_at):
        raise Refusal(_l("Första dag att svara ska vara före den sista."), field="reply_from")


def check_complete(event: Event) -> None:
    """Raise Refusal when something is missing before people can be asked to come."""
    missing = rules.reasons_not_to_open(
        event.kind,
        text=event.text,
        place=event.place,
        online_url=event.online_url,
        starts_at=event.starts_at,
        now=clock.now(),
    )
    if missing:
        message, field = _MISSING[missing[0]]
        raise Refusal(message, field=field)


def open_for_replies(event_id: int, *, by: Actor) -> Event:
    """Let members see an event and answer. Raises Refusal when something is missing."""
    event = _moved(event_id, EventState.OPEN)
    check_complete(event)
    for one in [event, *_drafts_of(event)]:
        one.state, one.opened_at = EventState.OPEN, clock.now()
        audit.record("event.opened", by=by, subject=one.public_id)
    db.session.flush()
    return event


def _drafts_of(head: Event) -> list[Event]:
    """Return the later dates of a series that nobody has seen yet."""
    query = select(Event).where(Event.head_id == head.id, Event.state == EventState.DRAFT)
    return list(db.session.scalars(query.order_by(Event.id)))


def cancel(
    event_id: int, *, reason: str, reason_en: str = "", tell_at: datetime | None = None, by: Actor
) -> Event:
    """Call an event off: all but those who said no are told, food and access are forgotten.

    `tell_at` is when the letters go; nothing: at once. Raises Refusal when it is over or already
    cancelled.
    """
    event = _call_off(event_id, (reason, reason_en), by=by)
    tell(event, [event_id], tell_at)
    return event


def _call_off(event_id: int, reasons: tuple[str, str], *, by: Actor) -> Event:
    event = seats.lock(event_id)
    if event.starts_at <= clock.now():
        raise Refusal(_l("Träffen har redan börjat eller varit."))
    event = _moved(event_id, EventState.CANCELLED)
    event.cancelled_at = clock.now()
    event.cancel_reason, event.cancel_reason_en = reasons
    event.sequence += 1
    db.session.execute(
        update(Reply).where(Reply.event_id == event.id).values(needs=None, guest_names=None)
    )
    audit.record("event.cancelled", by=by, subject=event.public_id)
    return event


def cancel_series(
    event_id: int, *, reason: str, reason_en: str = "", tell_at: datetime | None = None, by: Actor
) -> int:
    """Call off all dates of a series that are still ahead and return how many were.

    Everybody hears of them all in one mail, at `tell_at` or at once.
    """
    event = queries.event_by_id(event_id)
    ahead = [
        one.id
        for one in (queries.dates_of(event) if event else [])
        if one.state in {EventState.DRAFT, EventState.OPEN} and one.starts_at > clock.now()
    ]
    off = [_call_off(one, (reason, reason_en), by=by) for one in ahead]
    if off:
        tell(off[-1], ahead, tell_at)
    return len(off)


def _moved(event_id: int, state: EventState) -> Event:
    event = seats.lock(event_id)
    if state not in MOVES[event.state]:
        raise Refusal(_l("Träffen är redan öppnad, inställd eller över."))
    event.state = state
    db.session.flush()
    return event


def tell(
    event: Event,
    dates: list[int],
    tell_at: datetime | None,
    *,
    languages: Collection[str] = tuple(LANGUAGES),
) -> None:
    """Have everybody told who reads these languages.

    `dates` are what those who have not answered hear of in one mail.
    """
    key = f"event:{event.public_id}:{event.sequence}"
    at = clock.now().isoformat()
    args = {"event": event.id, "dates": dates, "changed_at": at, "languages": sorted(languages)}
    jobs.enqueue(TELL, args, key=key, run_at=tell_at)


def end_past(*, limit: int = 200) -> int:
    """Note which events are over and return how many were."""
    events = queries.over(clock.now(), limit=limit)
    for event in events:
        event.state = EventState.PAST
    db.session.flush()
    return len(events)
