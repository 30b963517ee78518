"""Reads about readings in an emergency."""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.core import clock
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import BreakGlass, Interview

_MOST = 200


def _whole() -> Select[BreakGlass]:
    return select(BreakGlass).options(
        joinedload(BreakGlass.asked_by),
        joinedload(BreakGlass.decided_by),
        joinedload(BreakGlass.interview).joinedload(Interview.person),
    )


def find(where: ColumnElement[bool]) -> BreakGlass | None:
    """Return the glass that a condition finds."""
    return db.session.scalar(_whole().where(where).limit(1))


def latest() -> list[BreakGlass]:
    """Return the latest glasses, those that wait first."""
    order = (BreakGlass.decided_at.is_not(None), BreakGlass.id.desc())
    return list(db.session.scalars(_whole().order_by(*order).limit(_MOST)))


@once_per_page
def count_waiting(person_id: int) -> int:
    """Return how many glasses wait for somebody else than who asked: a decision, or a look."""
    over = and_(BreakGlass.until < clock.now(), BreakGlass.reviewed_at.is_(None))
    query = select(func.count(BreakGlass.id)).where(
        BreakGlass.asked_by_id != person_id, or_(BreakGlass.decided_at.is_(None), over)
    )
    return db.session.scalar(query) or 0


def busy(person_id: int) -> bool:
    """Say whether somebody waits for an answer or may read another record now."""
    query = select(BreakGlass.id).where(
        BreakGlass.asked_by_id == person_id,
        or_(BreakGlass.decided_at.is_(None), BreakGlass.until >= clock.now()),
    )
    return db.session.scalar(query.limit(1)) is not None


def open_for(person_id: int, interview_id: int) -> BreakGlass | None:
    """Return the glass through which somebody may read an interview now."""
    return db.session.scalar(
        select(BreakGlass)
        .where(
            BreakGlass.asked_by_id == person_id,
            BreakGlass.interview_id == interview_id,
            BreakGlass.until >= clock.now(),
        )
        .limit(1)
    )
