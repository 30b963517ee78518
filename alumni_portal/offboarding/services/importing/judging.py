"""The dry run of an upload, and storing it when HR has seen what would happen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding.models import UNFINISHED, ImportBatch, ImportChunk, ImportState
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import Accepted, Checked, Effect, Rejected
from alumni_portal.offboarding.services.importing.files import note_stored
from alumni_portal.offboarding.services.importing.packing import (
    ROWS,
    all_rows,
    chunk_ids,
    packed,
    rows_of,
    unpacked,
)
from alumni_portal.offboarding.services.importing.receiving import mapping_of
from alumni_portal.offboarding.services.importing.running import Run, figures_of, is_as_shown

#: From so many rows on a job does the work, and the page shows how far it is.
MANY = 2_000
CHANGED_MEANWHILE = "changed_meanwhile"

Watch = Callable[[int], None]


@dataclass
class Judged:
    """What a dry run found: figures of the whole, and per chunk what is not simply new."""

    figures: dict[str, Any]
    found: dict[int, tuple[bytes, dict[str, int]]]


def judge(batch: ImportBatch, watch: Watch = lambda _: None) -> Judged:
    """Return what would become of every row; stores nothing. `watch` gets rows done so far."""
    run = Run(_table(batch), mapping_of(batch), work_domains=settings().work_domains)
    found: dict[int, tuple[bytes, dict[str, int]]] = {}
    waiting: list[Checked] = []
    for done, checked in enumerate(run, 1):
        waiting.append(checked)
        if done % ROWS == 0 or done == batch.rows:
            found[(done - 1) // ROWS] = _packed(waiting)
            waiting = []
            watch(done)
    return Judged(figures_of(run.tally), found)


def _table(batch: ImportBatch) -> Table:
    return Table(tuple(batch.headings), all_rows(batch))


def _packed(rows: Sequence[Checked]) -> tuple[bytes, dict[str, int]]:
    entries = [_entry(one) for one in rows]
    counts: Counter[str] = Counter(one["is"] for one in entries)
    counts["match"] = sum("match" in one for one in entries)
    counts["note"] = sum("notes" in one for one in entries)
    return packed([one for one in entries if set(one) != {"row", "is"}]), dict(counts)


def _entry(checked: Checked) -> dict[str, Any]:
    """Return what the page says about a row; one that is simply new needs no entry."""
    if isinstance(checked, Rejected):
        why = [[problem.reason.value, problem.column] for problem in checked.problems]
        return {"row": checked.row, "is": "rejected", "why": why}
    if not isinstance(checked, Accepted):
        return {"row": checked.row, "is": "repeated", "of": checked.of_row}
    entry: dict[str, Any] = {"row": checked.row, "is": "new"}
    if checked.effect is Effect.CHANGE:
        entry |= {"is": "changed", "changes": [list(change) for change in checked.changes]}
    if checked.match:
        entry["match"] = [checked.match.other_row, checked.match.person]
    if checked.warnings or checked.notes:
        entry["notes"] = [one.value for one in (*checked.warnings, *checked.notes)]
    return entry


def note_judged(batch: ImportBatch, judged: Judged, *, remark: str = "") -> None:
    """Keep what a dry run found, for the page that shows it."""
    for number, (found, counts) in judged.found.items():
        db.session.execute(
            update(ImportChunk)
            .where(ImportChunk.batch_id == batch.id, ImportChunk.number == number)
            .values(found=found, counts=counts)
        )
    batch.figures, batch.state, batch.remark = judged.figures, ImportState.CHECKED, remark
    db.session.flush()


def store(batch: ImportBatch, *, by: Actor, watch: Watch = lambda _: None) -> bool:
    """Store the accepted rows, all of them or none, and say whether that was done.

    False when the rows would now be judged otherwise than HR saw: somebody changed something
    meanwhile. Nothing is stored then; the caller undoes the work and shows the new dry run.
    """
    seen = batch.figures
    run = Run(
        _table(batch),
        mapping_of(batch),
        work_domains=settings().work_domains,
        batch=batch.public_id,
        store_as=by,
    )
    for done, _ in enumerate(run, 1):
        if done % ROWS == 0:
            watch(done)
    figures = figures_of(run.tally, run.made)
    if not is_as_shown(seen, figures):
        return False
    keep_rejected_only(batch)
    note_stored(batch, figures, by=by)
    return True


def keep_rejected_only(batch: ImportBatch) -> None:
    """Drop the rows of an import except those that were rejected: they can be fetched for a day."""
    for chunk_id in chunk_ids(batch):
        chunk = db.session.get_one(ImportChunk, chunk_id)
        if not (chunk.counts or {}).get("rejected"):
            db.session.execute(delete(ImportChunk).where(ImportChunk.id == chunk.id))
            continue
        found = [one for one in unpacked(chunk.found or b"") if one["is"] == "rejected"]
        rows = {one["row"] for one in found}
        values = {
            "content": packed([row for row in rows_of(chunk.content) if row[0] in rows]),
            "found": packed(found),
            "counts": {"rejected": len(found)},
        }
        db.session.execute(update(ImportChunk).where(ImportChunk.id == chunk.id).values(**values))


def check_can_go_on(batch: ImportBatch) -> None:
    """Raise Conflict when an import is already stored, undone or on its way."""
    if batch.state not in UNFINISHED:
        raise Conflict(_l("Filen är redan inläst, eller läses in just nu. Ladda om sidan."))


def discard(batch: ImportBatch, *, by: Actor) -> None:
    """Forget an import that has changed nothing yet, with its rows."""
    check_can_go_on(batch)
    audit.record("import.discarded", by=by, subject=batch.public_id)
    db.session.execute(delete(ImportChunk).where(ImportChunk.batch_id == batch.id))
    db.session.execute(delete(ImportBatch).where(ImportBatch.id == batch.id))


def forget_old(before: datetime) -> int:
    """Forget rows older than a moment, and imports that nobody finished; return how many.

    What was rejected goes too; what an import made stays, and so does its line in the list.
    """
    old = select(ImportBatch.id).where(ImportBatch.created_at < before)
    unfinished = list(db.session.scalars(old.where(ImportBatch.state.in_(UNFINISHED))))
    gone = db.session.execute(delete(ImportChunk).where(ImportChunk.batch_id.in_(old)))
    db.session.execute(delete(ImportBatch).where(ImportBatch.id.in_(unfinished)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
