"""Reads about people's own calendars: whose address it is, and what stands in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import tokens
from alumni_portal.core.db import db
from alumni_portal.events.models import Answer, Event, EventFeed, EventState, Reply
from alumni_portal.people.models import Person

_FEED = "event-feed"
_MOST = 500


def feed_of(person_id: int) -> EventFeed | None:
    """Return somebody's own calendar, if it is turned on."""
    return db.session.get(EventFeed, person_id)


def feed_key(feed: EventFeed) -> str:
    """Return what stands in the address of a calendar: its id, signed."""
    return tokens.sign(_FEED, feed.public_id)


def holder_of(token: str) -> Person | None:
    """Return whose calendar an address leads to; nothing when it was renewed or turned off."""
    found = tokens.unsign(_FEED, token)
    return db.session.scalar(
        select(Person)
        .join(EventFeed, EventFeed.person_id == Person.id)
        .where(EventFeed.public_id == str(found or ""), Person.id.in_(agreeing(Purpose.MEMBERSHIP)))
    )


@dataclass(frozen=True)
class Entry:
    """One event in somebody's calendar, and what they answered."""

    event: Event
    answer: Answer


def entries(person_id: int, *, since: datetime) -> list[Entry]:
    """Return the events that somebody comes to or waits for, also those called off since."""
    rows = db.session.execute(
        select(Event, Reply.answer)
        .join(Reply, Reply.event_id == Event.id)
        .where(
            Reply.person_id == person_id,
            Reply.answer.in_({Answer.YES, Answer.WAITING, Answer.OFFERED}),
            Event.state != EventState.DRAFT,
            Event.ends_at > since,
        )
        .order_by(Event.starts_at, Event.id)
        .limit(_MOST)
    )
    return [Entry(row.Event, row.answer) for row in rows]
