"""Guides: what we ship becomes version 1 at first use; HR's changes become the next version."""

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import (
    REASONS,
    CodeWording,
    Guide,
    GuideVersion,
    Track,
)
from alumni_portal.exit_interviews.queries import guides as queries
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText, stored
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
    if old.content == stored(text):
        raise Refusal(_l("Ingenting är ändrat."))
    made = _store(old.guide, text, by=by, number=old.number + 1)
    made.note = note
    audit.record(
        "exit_guide.changed", by=by, subject=made.public_id, track=track, number=made.number
    )
    db.session.flush()
    return made


def reword(code: str, *, name: Words, definition: Words, by: Actor) -> None:
    """Give a reason of the code book HR's own words; its code and theme stay.

    Raises NotFound for no such code, Refusal when a word is missing in a language.
    """
    if code not in REASONS:
        raise NotFound
    words = [name.sv, name.en, definition.sv, definition.en]
    if not all(one.strip() for one in words):
        raise Refusal(_l("Namn och förklaring behövs på båda språken."))
    kept = db.session.get(CodeWording, code) or CodeWording(code=code)
    kept.name, kept.name_en, kept.definition, kept.definition_en = (
        one.strip()[:200] for one in words
    )
    kept.changed_by = by.ref
    db.session.add(kept)
    audit.record("exit_code.changed", by=by, subject=code)
    db.session.flush()
