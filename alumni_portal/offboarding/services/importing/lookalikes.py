"""People of an import who look like somebody we know: proposed, never joined by themselves."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, or_, select

from alumni_portal.core.db import db
from alumni_portal.offboarding.models import ImportMatch
from alumni_portal.offboarding.rules.records import Accepted


def propose(
    alike: Sequence[Accepted],
    by_row: Mapping[int, int],
    known: Mapping[str, int],
    *,
    batch: str,
) -> int:
    """Put pairs of people in the queue of HR and return how many; a pair is asked about once."""
    pairs = dict.fromkeys(filter(None, (_pair(one, by_row, known) for one in alike)))
    new = [pair for pair in pairs if not _asked(*pair)]
    db.session.add_all(
        ImportMatch(batch=batch, person_id=person, other_id=other) for person, other in new
    )
    db.session.flush()
    return len(new)


def _pair(
    accepted: Accepted, by_row: Mapping[int, int], known: Mapping[str, int]
) -> tuple[int, int] | None:
    match = accepted.match
    if match is None:
        return None
    person = by_row[match.row]
    other = by_row[match.other_row] if match.other_row is not None else known[match.person or ""]
    return (person, other) if person != other else None


def _asked(person_id: int, other_id: int) -> bool:
    query = select(ImportMatch.id).where(
        or_(
            and_(ImportMatch.person_id == person_id, ImportMatch.other_id == other_id),
            and_(ImportMatch.person_id == other_id, ImportMatch.other_id == person_id),
        )
    )
    return db.session.scalar(query.limit(1)) is not None
