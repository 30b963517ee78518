"""The picture of an event: drawn anew, with words for whoever does not see it."""

from sqlalchemy import delete

from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.pictures import Drawn
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventPicture

_WORDS = _l("Skriv vad bilden visar, för den som inte ser den.")


def set_picture(event: Event, drawn: Drawn | None, *, alt: str, alt_en: str = "") -> None:
    """Keep a new picture, or new words for the one there is.

    Raises Refusal when there is a picture without words.
    """
    standing = queries.picture_of(event)
    if drawn is None and standing is None:
        return
    if not alt:
        raise Refusal(_WORDS, field="alt")
    if drawn is None:
        if standing is not None:
            standing.alt, standing.alt_en = alt, alt_en
        return
    drop_picture(event)
    shown_by = event.head_id or event.id
    db.session.add(EventPicture(event_id=shown_by, alt=alt, alt_en=alt_en, **vars(drawn)))
    db.session.flush()


def drop_picture(event: Event) -> None:
    """Take the picture of an event away."""
    shown_by = event.head_id or event.id
    db.session.execute(delete(EventPicture).where(EventPicture.event_id == shown_by))
