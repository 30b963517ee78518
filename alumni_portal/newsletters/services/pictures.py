"""Pictures of newsletters."""

from alumni_portal.core.db import db
from alumni_portal.core.pictures import LARGEST, drawn_anew
from alumni_portal.newsletters.models import Newsletter, Picture

__all__ = ["LARGEST", "add_picture"]


def add_picture(newsletter: Newsletter, uploaded: bytes) -> Picture:
    """Keep a picture for a newsletter and return it: JPG or PNG, drawn anew, nothing else in it.

    Raises Refusal for anything that is no such picture, or is too large.
    """
    picture = Picture(newsletter_id=newsletter.id, **vars(drawn_anew(uploaded, field="file")))
    db.session.add(picture)
    db.session.flush()
    return picture
