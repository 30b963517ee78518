"""What becomes of interviews when the case, its last day or the person does."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select

from alumni_portal.core.db import db
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    InterviewState,
    Reach,
    Redaction,
    Track,
)
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.exit_interviews.services.booking import tell_called_off
from alumni_portal.offboarding.facts import CaseCancelled, LastDayMoved
from alumni_portal.people.facts import PersonDied


def after_case_cancelled(fact: CaseCancelled) -> None:
    """React to notices that were withdrawn: nobody leaves, so nothing was said on leaving.

    Answers without a name are found by nobody, so the leaver is asked to take them back by the
    link that only they have.
    """
    for case_id in fact.case_ids:
        case = queries.case_of(case_id)
        one = queries.of_case_and_track(case_id, Track.QUESTIONNAIRE)
        if case is not None and one is not None and one.is_open and one.reach is Reach.AGGREGATE:
            emails.take_back(case)
    where = Interview.case_id.in_(fact.case_ids)
    talks = queries.talks_ahead(where)
    _stop(where)
    for talk in talks:
        tell_called_off(talk, leaver_too=True)


def after_death(fact: PersonDied) -> None:
    """React to a death: nobody is asked or reminded any more. What was said stands.

    Who was to hold a talk is told that it is off.
    """
    where = Interview.person_id.in_(fact.person_ids)
    talks = queries.talks_ahead(where)
    _stop(where, keep_answers=True)
    for talk in talks:
        tell_called_off(talk, leaver_too=False)


def _stop(where: ColumnElement[bool], *, keep_answers: bool = False) -> None:
    ids: Collection[int] = db.session.scalars(
        select(Interview.id).where(where, Interview.state == InterviewState.OPEN)
    ).all()
    for interview_id in ids:
        db.session.get_one(Interview, interview_id).state = InterviewState.CANCELLED
    if not keep_answers:
        for table in (Redaction, Coding, Answer):
            db.session.execute(delete(table).where(table.interview_id.in_(ids)))


def after_last_day_moved(fact: LastDayMoved) -> None:
    """React to another last day: the day of closing follows it."""
    for case_id in fact.case_ids:
        case = queries.case_of(case_id)
        for one in queries.of_case(case_id):
            if one.is_open and case is not None:
                one.closes_on = timing.closes_on(case.last_day)
