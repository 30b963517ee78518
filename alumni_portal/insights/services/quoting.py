"""A leaver's own words in a publication: put in, taken out, gone when the answer is gone (A9)."""

from sqlalchemy import or_, select

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, Publication
from alumni_portal.insights.rules.telltales import print_of


def mark_of(quote: str) -> str:
    """Return what a quote is called in a form."""
    return print_of({"quote": quote})


def quote(action: Action, mark: str, *, by: Actor) -> Publication:
    """Put a quote into the draft of what is told of an action; an empty mark takes it out.

    Everybody goes on reading what was approved until a second person has approved the draft.
    Raises NotFound for one that is not allowed, or no longer, or of a theme of too few.
    """
    queries.locked(action.id)
    allowed = {mark_of(one): one for one in queries.quotes(action.theme)} | {"": ""}
    if mark not in allowed:
        raise NotFound
    found = queries.publication_of(action.id) or Publication(action_id=action.id, written_by="")
    if (found.quote or "") != allowed[mark]:
        found.quote, found.written_by = allowed[mark], by.ref
    db.session.add(found)
    db.session.flush()
    audit.record("publication.quoted", by=by, subject=action.public_id)
    return found


def drop_gone() -> int:
    """Take quotes out that are not allowed any longer, out of what everybody reads, too.

    That is when the leaver is erased, or the answer is no longer kept. Return how many.
    """
    rows = db.session.execute(
        select(Publication, Action)
        .join(Action, Action.id == Publication.action_id)
        .where(or_(Publication.quote != "", Publication.told.is_not(None)))
        .order_by(Publication.id)
        .with_for_update(of=Publication)
    )
    return sum(_without(found, action) for found, action in rows.all())


def _without(found: Publication, action: Action) -> bool:
    told = (found.told or {}).get("quote", "")
    gone = {found.quote, told} - {"", *queries.quotes(action.theme)}
    if not gone:
        return False
    if found.quote in gone:
        found.quote = ""
    if told in gone:
        found.told = {**(found.told or {}), "quote": ""}
    db.session.flush()
    audit.record("publication.quote_dropped", by=SYSTEM, subject=action.public_id)
    return True
