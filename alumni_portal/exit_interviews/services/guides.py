"""Guides: what we ship becomes version 1 at first use; HR's changes become the next version."""

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import Guide, GuideVersion, Track
from alumni_portal.exit_interviews.queries import guides as queries
from alumni_portal.exit_interviews.rules.guide import GuideText, read, stored
from alumni_portal.exit_interviews.rules.shipped import SHIPPED


def version_in_use(track: Track) -> GuideVersion:
    """Return the version of a guide that is asked now; the shipped one is stored at first use."""
    return queries.newest_version(track) or _store(Guide(track=track), SHIPPED[track], by=SYSTEM)


def _store(guide: Guide, text: GuideText, *, by: Actor, number: int = 1) -> GuideVersion:
    db.session.add(guide)
    db.session.flush()
    made = GuideVersion(guide_id=guide.id, number=number, content=stored(text), made_by=by.ref)
    made.guide = guide
    db.session.add(made)
    db.session.flush()
    return made


def change(track: Track, text: GuideText, *, after: int, note: str, by: Actor) -> GuideVersion:
    """Store a changed guide as the next version; answers keep the one they were given to.

    Raises Conflict when somebody made a version after `after`, Refusal when nothing changed.
    """
    old = version_in_use(track)
    if old.number != after:
        raise Conflict(_l("Någon annan har ändrat guiden. Läs den nya och ändra i den."))
    if read(old.content) == text:
        raise Refusal(_l("Ingenting är ändrat."))
    made = _store(old.guide, text, by=by, number=old.number + 1)
    made.note = note
    audit.record(
        "exit_guide.changed", by=by, subject=made.public_id, track=track, number=made.number
    )
    db.session.flush()
    return made
