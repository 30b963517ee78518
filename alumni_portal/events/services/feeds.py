"""One's own calendar: turned on, renewed when the address got around, turned off."""

from sqlalchemy import delete

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import audit
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.permissions import Actor
from alumni_portal.events import queries
from alumni_portal.events.models import EventFeed


def renew_feed(person_id: int, *, by: Actor) -> EventFeed:
    """Turn somebody's calendar on, or give it a new address: the one before leads nowhere."""
    feed = queries.feed_of(person_id)
    if feed is None:
        feed = EventFeed(person_id=person_id)
        db.session.add(feed)
    else:
        feed.public_id = new_public_id()
    db.session.flush()
    audit.record("event.feed_renewed", by=by)
    return feed


def end_feed(person_id: int, *, by: Actor) -> None:
    """Turn somebody's calendar off; nothing happens when it is."""
    feed = queries.feed_of(person_id)
    if feed is not None:
        db.session.delete(feed)
        audit.record("event.feed_ended", by=by)
        db.session.flush()


def forget_feeds() -> int:
    """Forget the calendars of those who are no longer members and return how many."""
    result = db.session.execute(
        delete(EventFeed)
        .where(EventFeed.person_id.not_in(agreeing(Purpose.MEMBERSHIP)))
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
