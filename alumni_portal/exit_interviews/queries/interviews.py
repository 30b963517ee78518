"""Reads about interviews: of a case, behind a link, whom they wait for."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    Reach,
    Reader,
    Seat,
    Track,
)
from alumni_portal.exit_interviews.rules.exits import quarter_start
from alumni_portal.exit_interviews.rules.timing import PULSE_AFTER, PULSE_OPEN
from alumni_portal.offboarding.models import Case, CaseState
from alumni_portal.people.models import Employment, Unit, UnitLead


def _whole() -> Select[Interview]:
    return select(Interview).options(
        joinedload(Interview.version),
        joinedload(Interview.person),
        joinedload(Interview.interviewer),
        selectinload(Interview.readers).joinedload(Reader.person),
        selectinload(Interview.readers).joinedload(Reader.instead_of),
    )


def find(where: ColumnElement[bool]) -> Interview | None:
    """Return the interview that a condition finds, with guide, person and readers."""
    return db.session.scalar(_whole().where(where).limit(1))


def of_case(case_id: int) -> list[Interview]:
    """Return the interviews of a case, the questionnaire first."""
    rows = db.session.scalars(
        _whole().where(Interview.case_id == case_id, Interview.state != InterviewState.CANCELLED)
    )
    order = list(Track)
    return sorted(rows, key=lambda one: (order.index(one.track), one.id))


def of_case_and_track(case_id: int, track: Track) -> Interview | None:
    """Return the interview of a case on one track."""
    return find(
        and_(
            Interview.case_id == case_id,
            Interview.track == track,
            Interview.state != InterviewState.CANCELLED,
        )
    )


def talks_ahead(where: ColumnElement[bool]) -> list[Interview]:
    """Return the talks under a condition that are still to be held."""
    ahead = and_(Interview.state == InterviewState.OPEN, Interview.starts_at > clock.now())
    return list(db.session.scalars(_whole().where(where, ahead)))


def nameless_by(token: str) -> Interview | None:
    """Return the answers without a name that a token opens; nothing after closing."""
    return find(and_(Interview.token_hash == tokens.digest(token), Interview.person_id.is_(None)))


def answers_of(interview_id: int) -> dict[str, Answer]:
    """Return the sealed answers of an interview by question."""
    rows = db.session.scalars(select(Answer).where(Answer.interview_id == interview_id))
    return {one.question: one for one in rows}


def cases_to_ask(today: date) -> list[Case]:
    """Return open cases without a questionnaire whose leaver has a last day near."""
    asked = exists().where(Interview.case_id == Case.id, Interview.track == Track.QUESTIONNAIRE)
    return list(
        db.session.scalars(
            select(Case)
            .where(
                Case.state == CaseState.OPEN,
                Case.last_day.between(_weeks(today, -4), _weeks(today, 3)),
                ~asked,
            )
            .options(
                joinedload(Case.person),
                joinedload(Case.employment).joinedload(Employment.unit),
                joinedload(Case.hr),
            )
            .order_by(Case.id)
        )
    )


def case_of(case_id: int) -> Case | None:
    """Return a case with its person, employment and HR contact."""
    return db.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .options(
            joinedload(Case.person),
            joinedload(Case.employment).joinedload(Employment.unit),
            joinedload(Case.hr),
        )
    )


def _weeks(day: date, number: int) -> date:
    return date.fromordinal(day.toordinal() + 7 * number)


def to_remind(today: date) -> list[Interview]:
    """Return open questionnaires whose leaver has neither sent in nor chosen to be nameless."""
    return list(
        db.session.scalars(
            _whole().where(
                Interview.state == InterviewState.OPEN,
                Interview.track == Track.QUESTIONNAIRE,
                Interview.asked_on.is_not(None),
                Interview.closes_on >= today,
                Interview.sent_in.is_(False),
                or_(Interview.reach.is_(None), Interview.reach != "aggregate"),
                Interview.person_id.is_not(None),
            )
        )
    )


def to_close(today: date) -> list[Interview]:
    """Return open interviews of named people whose last day to answer has passed."""
    return list(
        db.session.scalars(
            select(Interview).where(
                Interview.state == InterviewState.OPEN, Interview.closes_on < today
            )
        )
    )


def open_nameless() -> list[Interview]:
    """Return answers without a name that can still be changed; their day is sealed in the row."""
    return list(
        db.session.scalars(
            select(Interview).where(
                Interview.person_id.is_(None),
                Interview.closing.is_not(None),
                Interview.state == InterviewState.OPEN,
            )
        )
    )


def open_nameless_ids() -> list[int]:
    """Return the ids of answers without a name that can still be changed, by their random marks."""
    query = select(Interview.id).where(
        Interview.person_id.is_(None),
        Interview.batch.is_(None),
        Interview.token_hash.is_not(None),
        Interview.state == InterviewState.OPEN,
    )
    return list(db.session.scalars(query.order_by(Interview.mark)))


def seats(interview: Interview, person_id: int | None, *, circle: int | None = None) -> set[Seat]:
    """Return in which seats somebody may read an interview whose readers are loaded.

    With `circle`, only those in which they were let in when an answer of that circle was given.
    """
    return {
        one.seat
        for one in interview.readers
        if one.person_id == person_id
        and one.from_circle is not None
        and (circle is None or one.from_circle <= circle)
    }


def to_detach(before: date, *, exits: int = 2_000) -> list[Interview]:
    """Return closed interviews of people whose last day was before this day.

    Of so many exits, each with all its interviews: half of one would count twice (A1).
    """
    is_due = (
        Interview.person_id.is_not(None),
        Interview.state != InterviewState.OPEN,
        Interview.employment_id.in_(select(Employment.id).where(Employment.ends_on < before)),
    )
    jobs = select(Interview.employment_id).where(*is_due).distinct()
    some = jobs.order_by(Interview.employment_id).limit(exits).subquery()
    return list(
        db.session.scalars(
            select(Interview)
            .where(*is_due, Interview.employment_id.in_(select(some.c.employment_id)))
            .options(joinedload(Interview.employment), joinedload(Interview.version))
            .order_by(Interview.id)
        )
    )


def with_old_texts(before: date) -> list[Interview]:
    """Return closed answers without a name whose quarter began before a day, with texts left."""
    year, month = before.year, before.month
    began = or_(
        Interview.exit_year < year,
        and_(Interview.exit_year == year, Interview.exit_month <= month),
    )
    readable = exists().where(Reader.interview_id == Interview.id)
    texts = exists().where(
        Answer.interview_id == Interview.id, Answer.question.like("%\\_open", escape="\\")
    )
    return list(
        db.session.scalars(
            select(Interview).where(
                Interview.person_id.is_(None),
                Interview.batch.is_(None),
                Interview.state == InterviewState.CLOSED,
                began,
                or_(readable, texts),
            )
        )
    )


def has_open_nameless() -> bool:
    """Say whether there are answers without a name that can still be changed."""
    query = select(Interview.id).where(Interview.token_hash.is_not(None))
    return db.session.scalar(query.where(Interview.person_id.is_(None)).limit(1)) is not None


def chose_no_name_before(interview: Interview, job: Employment) -> bool:
    """Say whether somebody has chosen to have no name for another exit of the same quarter."""
    begins = quarter_start(job.ends_on or clock.today())
    query = select(Interview.id).where(
        Interview.person_id == interview.person_id,
        Interview.id != interview.id,
        Interview.reach == Reach.AGGREGATE,
        Interview.employment_id == Employment.id,
        Employment.ends_on >= begins,
        Employment.ends_on < quarter_start(begins + timedelta(days=100)),
    )
    return db.session.scalar(query.limit(1)) is not None


def unit_led(job: Employment) -> int | None:
    """Return the unit that somebody led when an employment ended."""
    day = job.ends_on
    return db.session.scalar(
        select(UnitLead.unit_id)
        .where(
            UnitLead.person_id == job.person_id,
            UnitLead.is_deputy.is_(False),
            UnitLead.from_on <= day,
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day),
        )
        .limit(1)
    )


def due_for_pulse(today: date) -> list[Interview]:
    """Return questionnaires whose leaver wants a second round and left three to six months ago."""
    return list(
        db.session.scalars(
            _whole()
            .join(Employment, Employment.id == Interview.employment_id)
            .where(
                Interview.track == Track.QUESTIONNAIRE,
                Interview.wants_pulse.is_(True),
                Employment.ends_on <= today - PULSE_AFTER,
                Employment.ends_on > today - PULSE_AFTER - PULSE_OPEN,
            )
        )
    )


def pulse_by(token: str) -> Interview | None:
    """Return the second round that a mailed token opens."""
    return find(and_(Interview.token_hash == tokens.digest(token), Interview.track == Track.PULSE))


def unit_ref(interview: Interview) -> str:
    """Return the public id of the unit that somebody leaves, or nothing."""
    query = select(Unit.public_id).join(Employment, Employment.unit_id == Unit.id)
    return db.session.scalar(query.where(Employment.id == interview.employment_id)) or ""
