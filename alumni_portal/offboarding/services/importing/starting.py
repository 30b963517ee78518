"""Begin a step of an import: at once for a small file, as a job for a large one."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from alumni_portal.accounts import queries as accounts
from alumni_portal.core import jobs, tokens
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import COMMAND_LINE, Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import attempt
from alumni_portal.offboarding.models import ImportBatch, ImportState
from alumni_portal.offboarding.queries import imports as queries
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.mapping_file import to_plain
from alumni_portal.offboarding.services.importing.judging import (
    CHANGED_MEANWHILE,
    MANY,
    check_can_go_on,
    judge,
    note_judged,
    store,
)
from alumni_portal.offboarding.services.importing.undoing import undo

_TRIES = 3
#: Rows done by the job that stores an import just now. It is one transaction, so nothing about it
#: stands in the database before its end; a page of the same process shows this instead.
_under_way: dict[str, int] = {}


class Moved(Exception):
    """What would be stored is no longer what HR saw."""


@dataclass(frozen=True)
class Progress:
    """How far a step has come."""

    done: int
    total: int
    has_failed: bool = False


def check(batch: ImportBatch, mapping: Mapping) -> None:
    """Find out what the file would do, understood like this. Raises Conflict when too late."""
    check_can_go_on(batch)
    batch.mapping, batch.remark = to_plain(mapping), ""
    if batch.rows > MANY:
        _enqueue("offboarding.check_import", batch, ImportState.CHECKING)
    else:
        note_judged(batch, judge(batch))


def accept(batch: ImportBatch, *, strict: bool, by: Actor) -> None:
    """Store what the dry run showed. Raises Refusal with `strict` when rows are rejected."""
    if batch.state is not ImportState.CHECKED:
        raise Conflict(_l("Filen är redan inläst, eller läses in just nu. Ladda om sidan."))
    figures = batch.figures or {}
    if strict and figures.get("rejected"):
        raise Refusal(_l("Några rader avvisas, så ingenting lästes in."), field="strict")
    if not figures.get("accepted"):
        raise Refusal(_l("Det finns ingenting att läsa in i filen."))
    if batch.rows > MANY:
        _enqueue("offboarding.store_import", batch, ImportState.STORING)
    else:
        store_or_show_again(batch, by=by)


def store_or_show_again(batch: ImportBatch, *, by: Actor) -> None:
    """Store an import, or show HR the dry run again when something has moved meanwhile."""
    try:
        with attempt():
            store_as_shown(batch, by=by)
    except Moved:
        note_judged(batch, judge(batch), remark=CHANGED_MEANWHILE)


def show_again(ref: str) -> None:
    """Show HR the dry run of a large import again, because something has moved meanwhile."""
    batch = queries.batch_to_change(ref)
    if batch is not None:
        note_judged(batch, judge(batch), remark=CHANGED_MEANWHILE)


def store_as_shown(batch: ImportBatch, *, by: Actor) -> None:
    """Store an import. Raises `Moved`, for the caller to undo it, when it is not what HR saw."""
    ref = batch.public_id
    try:
        if not store(batch, by=by, watch=lambda done: note_progress(ref, done)):
            raise Moved
    except IntegrityError as error:  # somebody stored the same at the same moment
        raise Moved from error
    finally:
        note_progress(ref, None)


def take_back(batch: ImportBatch, *, by: Actor) -> None:
    """Undo an import. Raises Conflict when it is not stored."""
    if batch.rows > MANY and batch.state is ImportState.STORED:
        batch.job = _job("offboarding.undo_import", batch).public_id
    else:
        undo(batch, by=by)


def _enqueue(name: str, batch: ImportBatch, state: ImportState) -> None:
    batch.state = state
    batch.job = _job(name, batch).public_id


def _job(name: str, batch: ImportBatch) -> Job:
    key = f"{name}:{batch.public_id}:{tokens.new_token()[:8]}"
    return jobs.enqueue(name, {"batch": batch.public_id}, key=key, tries=_TRIES)


def job_of(batch: ImportBatch) -> Job | None:
    """Return the job that works on an import, if one does."""
    return jobs.find(batch.job) if batch.job else None


def progress_of(batch: ImportBatch) -> Progress | None:
    """Return how far the job of an import is; nothing when none is at work."""
    job = job_of(batch)
    if job is None or job.state is JobState.DONE:
        return None
    done = max(job.done, _under_way.get(batch.public_id, 0))
    return Progress(min(done, batch.rows), batch.rows, has_failed=job.state is JobState.DEAD)


def try_again(batch: ImportBatch) -> None:
    """Let HR go on after a job has given up: nothing of it was stored."""
    found = progress_of(batch)
    if found is None or not found.has_failed:
        raise Conflict(_l("Arbetet pågår. Ladda om sidan."))
    batch.job = None
    if batch.state is ImportState.STORING:
        batch.state = ImportState.CHECKED
    elif batch.state is ImportState.CHECKING:
        batch.state = ImportState.MAPPING


def note_progress(ref: str, done: int | None) -> None:
    """Remember how far the storing of an import is; nothing forgets it."""
    if done is None:
        _under_way.pop(ref, None)
    else:
        _under_way[ref] = done


def actor_of(batch: ImportBatch) -> Actor:
    """Return whoever began an import, for the job that goes on in their name."""
    account = accounts.account(batch.actor)
    if account is None:
        return COMMAND_LINE
    return Actor(
        account_id=account.id,
        ref=account.public_id,
        person_id=account.person_id,
        name=account.person.name,
        roles=frozenset({Role.HR}),
    )
