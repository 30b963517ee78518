"""How a file of earlier interviews ends: forgotten before it is stored, or taken back after."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, and_, delete, select, update

from alumni_portal.core import audit, clock, jobs, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    SurveyChunk,
    SurveyImport,
    SurveyState,
)
from alumni_portal.exit_interviews.services.survey_drafts import KEPT, MANY, locked

_TOGETHER = 1_000


def discard(draft: SurveyImport) -> None:
    """Forget a draft with its rows. Stored files are taken back instead.

    What a job has stored of it so far goes with it; the job finds it gone.
    """
    if locked(draft.public_id) is not None:
        _stop_counting(draft)
        _forget([draft.id])


def _forget(ids: Sequence[int]) -> None:
    delete_rows(ids)
    db.session.execute(delete(SurveyImport).where(SurveyImport.id.in_(ids)))


def delete_rows(ids: Sequence[int]) -> None:
    """Delete the rows of files that are stored or forgotten."""
    db.session.execute(delete(SurveyChunk).where(SurveyChunk.import_id.in_(ids)))


def take_back(batch: SurveyImport, *, by: Actor) -> int:
    """Remove what a file gave; releases that counted it stay as they are. Twice is once.

    Nothing of it counts from now on; the rows of a large file are deleted by a job.
    """
    number = _stop_counting(batch)
    batch.state = SurveyState.TAKEN_BACK
    db.session.flush()
    if number:
        audit.record("exit_interviews.taken_back", by=by, subject=batch.public_id, number=number)
    return number


def _stop_counting(batch: SurveyImport) -> int:
    """Take what is stored of a file out of the numbers, delete it soon; return how much it is."""
    ref = batch.public_id
    counted = update(Interview).where(_of(ref)).values(state=InterviewState.CANCELLED)
    number = int(db.session.execute(counted).rowcount)  # type: ignore[attr-defined]  # of an update
    if number > MANY:
        key = f"exit_interviews.drop_survey:{ref}:{tokens.new_token()[:8]}"
        jobs.enqueue("exit_interviews.drop_survey", {"file": ref}, key=key)
    elif number:
        _delete(select(Interview.id).where(_of(ref)))
    return number


def _of(ref: str) -> ColumnElement[bool]:
    return and_(Interview.batch == ref, Interview.person_id.is_(None))


def _delete(ids: Sequence[int] | Select[int]) -> None:
    db.session.execute(delete(Answer).where(Answer.interview_id.in_(ids)))
    db.session.execute(delete(Interview).where(Interview.id.in_(ids)))


def drop_rows(ref: str, watch: Callable[[int], None] = lambda _: None) -> None:
    """Delete what there is of a file that does not count, some at a time; `watch` is told how many.

    Others write meanwhile. Call it outside of transactions.
    """
    done = 0
    while ids := db.session.scalars(select(Interview.id).where(_of(ref)).limit(_TOGETHER)).all():
        with unit():
            _delete(ids)
        done += len(ids)
        watch(done)


def forget_drafts() -> int:
    """Forget files that nobody stored within a day; return how many."""
    old = select(SurveyImport).where(
        SurveyImport.state == SurveyState.DRAFT, SurveyImport.created_at < clock.now() - KEPT
    )
    found = db.session.scalars(old).all()
    for one in found:
        _stop_counting(one)
    _forget([one.id for one in found])
    return len(found)
