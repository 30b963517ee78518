"""Reads about many interviews: one's own."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Interview,
    InterviewState,
    Reach,
    Reader,
    Seat,
    Track,
)
from alumni_portal.people.models import Employment

MOST_SHOWN = 200


def own(person_id: int) -> list[Interview]:
    """Return talks that somebody holds, and questionnaires that were opened to them and sent in."""
    opened = and_(
        Reader.seat == Seat.MANAGER,
        Interview.track == Track.QUESTIONNAIRE,
        Interview.reach == Reach.OPEN,
        Interview.sent_in.is_(True),
    )
    held = and_(Reader.seat == Seat.INTERVIEWER, Interview.state == InterviewState.OPEN)
    kept = and_(Reader.seat == Seat.READER, Interview.track == Track.MANAGER)
    return list(
        db.session.scalars(
            select(Interview)
            .join(Reader, Reader.interview_id == Interview.id)
            .where(
                Reader.person_id == person_id,
                Reader.from_circle.is_not(None),
                Interview.person_id.is_not(None),
                Interview.state != InterviewState.CANCELLED,
                or_(opened, held, kept),
            )
            .options(
                joinedload(Interview.person),
                joinedload(Interview.employment).joinedload(Employment.unit),
                selectinload(Interview.readers),
            )
            .order_by(Interview.starts_at, Interview.id)
            .distinct()
            .limit(MOST_SHOWN)
        )
    )
