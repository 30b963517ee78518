"""Changes to segments."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from alumni_portal.audiences.models import Segment, Wanted
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l


def save_segment(
    segment: Segment | None, *, name: str, goal: str, wanted: Wanted, by: Actor
) -> Segment:
    """Save a new or known segment and return it.

    Raises Refusal for a name that another segment has, and when the years run backwards.
    """
    check_years(wanted)
    taken = db.session.scalar(select(Segment).where(Segment.name == name))
    if taken is not None and (segment is None or taken.id != segment.id):
        raise Refusal(_l("Det finns redan ett urval med det namnet."), field="name")
    segment = segment or Segment(owner=by.ref)
    segment.name, segment.goal, segment.stored = name, goal, wanted.stored()
    db.session.add(segment)
    db.session.flush()
    audit.record("segment.saved", by=by, subject=segment.public_id)
    return segment


def check_years(wanted: Wanted) -> None:
    """Raise Refusal when the years of a segment run backwards."""
    if wanted.from_year and wanted.to_year and wanted.from_year > wanted.to_year:
        raise Refusal(_l("Det sista året ligger före det första."), field="to_year")


def delete_segment(segment: Segment, *, by: Actor) -> None:
    """Throw a segment away. Raises Refusal while something points at it."""
    try:
        with db.session.begin_nested():
            db.session.delete(segment)
    except IntegrityError as error:
        raise Refusal(_l("Urvalet används av ett utskick och kan inte tas bort.")) from error
    audit.record("segment.deleted", by=by, subject=segment.public_id)
