"""Checking and storing a draft: at once when it is small, as a job when it is large."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from alumni_portal.core import jobs, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.jobs import JobState
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews.models import (
    SurveyImport,
    SurveyState,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries.imports import survey_import
from alumni_portal.exit_interviews.rules.survey_rows import Rejected
from alumni_portal.exit_interviews.services import survey_checks, surveys
from alumni_portal.exit_interviews.services.survey_checks import Checked
from alumni_portal.exit_interviews.services.survey_drafts import (
    MANY,
    locked,
    mapping_of,
    survey_of,
)
from alumni_portal.exit_interviews.services.survey_endings import delete_rows, drop_rows

_TRIES = 3


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


def store(draft: SurveyImport, *, by: Actor) -> Checked:
    """Store a small draft, all of it or nothing. Raises Refusal for a known file."""
    found = surveys.store(survey_of(draft), mapping_of(draft), draft, by=by)
    delete_rows([draft.id])
    return found


def store_by_pieces(
    ref: str, *, keep: Callable[[], None], watch: Callable[[int], None], done: Callable[[], None]
) -> None:
    """Store a large draft some rows at a time, so that others can write meanwhile.

    The rows count from the last transaction on, all of them or none: releases pass over drafts.
    What an earlier try has left goes first; a file that is forgotten meanwhile takes its rows
    along. `keep` and, at the end, `done` are called in the transactions, `watch` between them with
    how many rows are stored. Raises Refusal for a known file.
    """
    draft = survey_import(ref)
    if draft is None or draft.state is not SurveyState.DRAFT:
        return
    drop_rows(ref)
    db.session.refresh(draft)
    survey, mapping, found = survey_of(draft), mapping_of(draft), Checked()
    rows = survey_checks.read_rows(survey, mapping, found)
    units, vault = survey_checks.units_by_name(), Vault()
    while some := list(islice(rows, surveys.CHUNK)):
        with unit():
            if locked(ref) is None:
                return
            keep()
            surveys.insert_rows(some, ref, units, vault)
        watch(found.accepted + found.rejected_rows)
    with unit():
        draft = locked(ref)
        if draft is not None:
            surveys.check_unknown(draft)
            by = Actor(ref=draft.actor, roles=frozenset({Role.HR}))
            surveys.finish(draft, survey, mapping, found, by=by)
            delete_rows([draft.id])
        done()


def progress_of(draft: SurveyImport) -> Progress | None:
    """Return how far the job of a draft is; nothing when none is at work."""
    job = jobs.find(draft.job) if draft.job else None
    if job is None or job.state is JobState.DONE:
        return None
    total = draft.row_count
    return Progress(min(job.done, total), total, has_failed=job.state is JobState.DEAD)


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
