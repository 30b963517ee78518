"""Letters about a change that wait for the morning, taken back before they go."""

from collections.abc import Collection

from sqlalchemy import update

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Job
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventState, Reply
from alumni_portal.events.services import seats


def take_back_telling(event_id: int, *, by: Actor) -> None:
    """Let letters about a change that wait not go, first ones or those sent again: all or none.

    Whoever was to hear of it counts as told: the next letter is of the next change. First letters
    about the end always go. Raises Refusal when nothing waits, or some of it is on its way.
    """
    event = seats.lock(event_id)
    found = queries.held_tellings(event)
    taken = [one for one in found if _may_be_taken(one, event)]
    if not taken:
        raise Refusal(_l("Inget mejl väntar som går att ta tillbaka."))
    if not all(queries.is_waiting(one) for one in found):
        raise Refusal(_l("Mejlen är redan på väg och går inte att ta tillbaka."))
    for one in taken:
        db.session.delete(one)
    _count_as_told(event, taken, [one for one in found if one not in taken])
    audit.record("event.telling_taken_back", by=by, subject=event.public_id)


def _may_be_taken(job: Job, event: Event) -> bool:
    is_first = job.name == queries.TELL
    return event.id in queries.dates_in(job) and (event.state is EventState.OPEN or not is_first)


def _count_as_told(event: Event, taken: Collection[Job], left: Collection[Job]) -> None:
    """Count those as told whom nothing else tells; a date called off meanwhile has its own job."""
    first = [one for one in taken if one.name == queries.TELL]
    dates = {date for job in first for date in queries.dates_in(job)}
    dates -= {date for job in left for date in queries.dates_in(job)}
    for date_id in sorted(dates):
        date = seats.lock(date_id)
        if date.state is not event.state:
            continue
        due = Reply.event_id == date.id, Reply.told_sequence < date.sequence
        db.session.execute(update(Reply).where(*due).values(told_sequence=date.sequence))
    db.session.flush()
