"""Reads about the mailings of an event that are not over."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from alumni_portal.core.db import db
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Mailing, MailingState
from alumni_portal.mail.queries import Progress, progress_of

#: What the kind of every mailing about an event begins with.
_ABOUT_EVENTS = "events/"


def unfinished(event: Event, dates: Sequence[Event]) -> list[tuple[Mailing, Progress]]:
    """Return the mailings of a date, and of the first of all dates, that have not ended."""
    own = {event.public_id, *(one.public_id for one in dates if one.head_id is None)}
    query = select(Mailing).where(
        Mailing.kind.startswith(_ABOUT_EVENTS),
        Mailing.state != MailingState.FINISHED,
        or_(
            Mailing.ref.in_(own),
            *(Mailing.ref.startswith(f"{one}:", autoescape=True) for one in own),
        ),
    )
    found = db.session.scalars(query.order_by(Mailing.id)).all()
    stands = progress_of([one.id for one in found]) if found else {}
    return [(one, stands[one.id]) for one in found]
