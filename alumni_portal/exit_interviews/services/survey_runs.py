"""Checking and storing a draft: at once when it is small, as a job when it is large."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alumni_portal.core import jobs, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.jobs import JobState
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import SurveyImport
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.rules.survey_rows import Rejected
from alumni_portal.exit_interviews.services import survey_checks, surveys
from alumni_portal.exit_interviews.services.survey_checks import Checked
from alumni_portal.exit_interviews.services.survey_drafts import (
    delete_rows,
    locked,
    mapping_of,
    survey_of,
)

#: From so many rows on a job does the work, and the page shows how far it is.
MANY = 2_000
_TRIES = 3
#: Rows done by the job that stores a file just now. It is one transaction, so nothing about it
#: stands in the database before its end; a page of the same process shows this instead.
_under_way: dict[str, int] = {}


@dataclass(frozen=True)
class Progress:
    """How far a job has come."""

    done: int
    total: int
    has_failed: bool = False


def is_large(draft: SurveyImport) -> bool:
    """Say whether a job does the work."""
    return draft.row_count > MANY


def begin_check(draft: SurveyImport) -> None:
    """Find out what a draft says as it is mapped now, a large one by a job. Raises BadMapping."""
    survey_checks.reader_of(survey_of(draft), mapping_of(draft))
    if is_large(draft):
        _enqueue("exit_interviews.check_survey", draft)
    else:
        note_checked(draft, check(draft))


def check(draft: SurveyImport, watch: Callable[[], None] = lambda: None) -> Checked:
    """Read a whole draft and store nothing."""
    return survey_checks.check(survey_of(draft), mapping_of(draft), watch=watch)


def note_checked(draft: SurveyImport, found: Checked) -> None:
    """Keep what a check found for the page that shows it."""
    draft.found = Vault().seal(found.plain())
    db.session.flush()


def checked(draft: SurveyImport) -> Checked | None:
    """Return what the last check of a draft found; nothing when it must be checked first."""
    if draft.found is not None:
        return Checked.of_plain(Vault().open(draft.found))
    return None if is_large(draft) else check(draft)


def accept(draft: SurveyImport, *, by: Actor) -> Checked | None:
    """Store a draft as it was shown; nothing comes back while a job does it.

    Raises Conflict when it is stored already or on its way, Refusal for a known file.
    """
    found = locked(draft.public_id)
    if found is None or progress_of(found) is not None:
        raise Conflict(_l("Filen är redan inläst eller bortglömd."))
    surveys.check_unknown(found)
    if is_large(found):
        _enqueue("exit_interviews.store_survey", found)
        return None
    return store(found, by=by)


def store(
    draft: SurveyImport, *, by: Actor, watch: Callable[[int], None] = lambda _: None
) -> Checked:
    """Store a draft, all of it or nothing. Raises Refusal for a known file."""
    survey, mapping, ref = survey_of(draft), mapping_of(draft), draft.public_id
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % MANY == 0:
            _under_way[ref] = done
            watch(done)

    try:
        found = surveys.store(survey, mapping, draft, by=by, watch=count)
    finally:
        _under_way.pop(ref, None)
    delete_rows([draft.id])
    return found


def progress_of(draft: SurveyImport) -> Progress | None:
    """Return how far the job of a draft is; nothing when none is at work."""
    job = jobs.find(draft.job) if draft.job else None
    if job is None or job.state is JobState.DONE:
        return None
    done = max(job.done, _under_way.get(draft.public_id, 0))
    total = draft.row_count
    return Progress(min(done, total), total, has_failed=job.state is JobState.DEAD)


def try_again(draft: SurveyImport) -> None:
    """Let HR go on after a job has given up: nothing of it was stored. Raises Conflict."""
    progress = progress_of(draft)
    if progress is None or not progress.has_failed:
        raise Conflict(_l("Arbetet pågår. Ladda om sidan."))
    draft.job = None
    db.session.flush()


def _enqueue(name: str, draft: SurveyImport) -> None:
    key = f"{name}:{draft.public_id}:{tokens.new_token()[:8]}"
    job = jobs.enqueue(name, {"file": draft.public_id}, key=key, tries=_TRIES)
    draft.job = job.public_id
    db.session.flush()


def rejected_rows(draft: SurveyImport) -> Iterator[list[str]]:
    """Yield the rejected rows of a draft as they stand in the file, the headings first.

    Row number and reason come before the cells. What is never read is not there. Raises Conflict
    when the rows are gone.
    """
    survey = survey_of(draft)
    reader = survey_checks.reader_of(survey, mapping_of(draft))
    yield ["row", "column", "reason", *survey.headings]
    for number, cells in survey.rows:
        try:
            reader.read(cells)
        except Rejected as why:
            yield [str(number), why.column, why.problem.value, *cells]
