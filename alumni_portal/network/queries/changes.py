"""What has changed in profiles since a process last looked."""

from dataclasses import dataclass

from sqlalchemy import func, select

from alumni_portal.core.db import db
from alumni_portal.network.models import ProfileChange


@dataclass(frozen=True)
class Changes:
    """Whose profiles changed after a number, and the number to ask after next."""

    seq: int
    person_ids: list[int]
    #: Changes were thrown away meanwhile, or there are too many: read everything again.
    is_too_much: bool = False


def last_change() -> int:
    """Return the number of the latest change; 0 before the first."""
    return db.session.scalar(select(func.max(ProfileChange.seq))) or 0


def changes_since(seq: int, *, most: int) -> Changes:
    """Return what changed after a number, at most so many changes."""
    latest = last_change()
    if latest <= seq:
        return Changes(seq, [])
    if latest - seq > most or not _goes_back_to(seq):
        return Changes(latest, [], is_too_much=True)
    later = ProfileChange.seq
    query = select(ProfileChange.person_id).where(later > seq, later <= latest).distinct()
    return Changes(latest, sorted(db.session.scalars(query)))


def _goes_back_to(seq: int) -> bool:
    first = db.session.scalar(select(func.min(ProfileChange.seq))) or 0
    return first <= seq + 1
