"""A series: several dates of one event, each with seats, replies and a list at the door."""

from collections.abc import Sequence
from datetime import datetime

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventState
from alumni_portal.events.services import seats, spans

#: What all dates of a series have in common.
SHARED = (
    "title",
    "title_en",
    "text",
    "text_en",
    "agenda",
    "agenda_en",
    "guests_allowed",
    "offer_hours",
    "unit_id",
    "host_id",
    "thanks",
    "thanks_en",
    "sends_thanks",
)
#: How and where people meet: each date may have its own.
WHERE = (
    "kind",
    "place",
    "place_en",
    "address",
    "address_en",
    "directions",
    "directions_en",
    "online_url",
)
_OWN = (*WHERE, "reply_from", "reply_from_time", "reply_by_time")
MOST_DATES = 30


def add_date(
    event_id: int, starts_at: datetime, ends_at: datetime, *, capacity: int | None, by: Actor
) -> Event:
    """Add a date to an event, which makes it a series, and return the date.

    It is as open as the first date is. Raises Refusal when it is before now, ends before it
    begins or is there already, or when the first date is called off.
    """
    head = seats.lock(event_id)
    if head.head_id is not None:
        head = seats.lock(head.head_id)
    _check(head, starts_at, ends_at)
    added = Event(
        head_id=head.id,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        state=EventState.DRAFT if head.state is EventState.DRAFT else EventState.OPEN,
        opened_at=None if head.state is EventState.DRAFT else clock.now(),
        **{name: getattr(head, name) for name in (*SHARED, *_OWN)},
    )
    if head.reply_by is not None:
        added.reply_by = clock.local(starts_at).date() - (
            clock.local(head.starts_at).date() - head.reply_by
        )
    db.session.add(added)
    db.session.flush()
    audit.record("event.date_added", by=by, subject=added.public_id)
    return added


def _check(head: Event, starts_at: datetime, ends_at: datetime) -> None:
    if head.state is EventState.CANCELLED:
        raise Refusal(_l("Träffen är inställd."))
    if starts_at <= clock.now():
        raise Refusal(_l("Datumet har redan varit."), field="day")
    spans.check(starts_at, ends_at)
    dates = queries.dates_of(head)
    if any(one.starts_at == starts_at for one in dates):
        raise Refusal(_l("Det datumet finns redan."), field="day")
    if len(dates) >= MOST_DATES:
        raise Refusal(_l("Fler datum än så går inte i samma serie."))


def lock_ahead(event_id: int) -> list[Event]:
    """Return the date and the others of its series that are ahead, held in the order of all."""
    event = seats.lock(event_id)
    now = clock.now()
    ids = [
        one.id
        for one in queries.dates_of(event)
        if one.id == event_id or (one.starts_at > now and one.state is not EventState.CANCELLED)
    ]
    return [seats.lock(one) for one in sorted(ids)]


def take_along(event: Event, dates: Sequence[Event]) -> None:
    """Bring how and where people meet from one date to these."""
    for one in dates:
        for name in WHERE:
            setattr(one, name, getattr(event, name))
    db.session.flush()


def share(event: Event) -> None:
    """Bring what all dates have in common from one date to those that have not begun."""
    for one in queries.dates_of(event):
        if one.id != event.id and one.starts_at > clock.now():
            for name in SHARED:
                setattr(one, name, getattr(event, name))
    db.session.flush()
