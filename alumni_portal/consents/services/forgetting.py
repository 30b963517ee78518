"""Forgetting the proof of a consent 24 months after it ended."""

from datetime import datetime

from sqlalchemy import delete, exists, func, select, tuple_

from alumni_portal.consents.models import ConsentEntry, StandingConsent
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM


def forget_ended(before: datetime, *, limit: int = 200) -> int:
    """Delete the lines of consents that ended before a moment and return how many were deleted.

    What stands keeps its whole history: it shows since when. Call until it returns nothing.
    """
    stands = exists().where(
        StandingConsent.person_id == ConsentEntry.person_id,
        StandingConsent.purpose == ConsentEntry.purpose,
    )
    ended = (
        select(ConsentEntry.person_id, ConsentEntry.purpose)
        .where(~stands)
        .group_by(ConsentEntry.person_id, ConsentEntry.purpose)
        .having(func.max(ConsentEntry.at) < before)
        .limit(limit)
    )
    pairs = [(row.person_id, row.purpose) for row in db.session.execute(ended)]
    if not pairs:
        return 0
    which = tuple_(ConsentEntry.person_id, ConsentEntry.purpose).in_(pairs)
    gone = db.session.execute(delete(ConsentEntry).where(which))
    number = int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    audit.record("consents.forgotten", by=SYSTEM, number=number)
    return number
