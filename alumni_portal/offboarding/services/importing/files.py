"""Import a file in one go, as the command line does: read, judged and stored as it comes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.installation import settings
from alumni_portal.core.national_id import masked
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.offboarding.models import ImportBatch, ImportState
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.mapping_file import to_plain
from alumni_portal.offboarding.rules.reading import Layout, Table, Wanted, open_table
from alumni_portal.offboarding.services.importing.running import Run, figures_of

_PIECE = 1 << 20


@dataclass
class Imported:
    """What came of a file."""

    #: As `--json` prints it (docs/formats).
    summary: dict[str, Any]
    figures: dict[str, Any]
    #: Public id of the import; empty after a dry run.
    batch: str = ""


class StoredNothing(Exception):
    """Rows were rejected and the caller wants all or nothing: the work under way is undone."""

    def __init__(self, found: Imported) -> None:
        super().__init__("rows were rejected")
        self.found = found


def import_file(
    path: Path,
    mapping: Mapping,
    *,
    by: Actor,
    dry_run: bool = False,
    strict: bool = False,
    watch: Callable[[], None] = lambda: None,
) -> Imported:
    """Import a file in the transaction under way; `watch` is called for every row.

    Raises `Unreadable`, `BadMapping`, and with `strict` `StoredNothing` when any row was rejected.
    """
    ref = new_public_id()
    wanted = Wanted(mapping.encoding, mapping.separator, mapping.sheet)
    with open_table(path, wanted=wanted) as table:
        run = Run(
            table,
            mapping,
            work_domains=settings().work_domains,
            batch=ref,
            store_as=None if dry_run else by,
        )
        for _ in run:
            watch()
    found = Imported(run.tally.summary(), figures_of(run.tally, run.made))
    if strict and run.tally.rejected:
        raise StoredNothing(found)
    if not dry_run:
        found.batch = ref
        with path.open("rb") as stream:
            batch = new_batch(path.name, table, mapping, digest=hash_of(stream), by=by)
        batch.public_id = ref
        note_stored(batch, found.figures, by=by)
    return found


def new_batch(
    file_name: str, table: Table, mapping: Mapping, *, digest: str, by: Actor
) -> ImportBatch:
    """Write down that a file was read, and return the row."""
    batch = ImportBatch(
        kind=mapping.kind,
        file_name=masked(clean_line(file_name))[-200:],
        file_hash=digest,
        actor=by.ref,
        layout=layout_of(table.layout),
        headings=list(table.headings),
        dropped=list(table.dropped),
        profile={},
        mapping=to_plain(mapping),
    )
    db.session.add(batch)
    return batch


def layout_of(layout: Layout) -> dict[str, Any]:
    """Return how a file was read, fit for JSON."""
    return {
        "format": layout.format.value,
        "encoding": layout.encoding,
        "separator": layout.separator,
        "sheet": layout.sheet,
        "sheets": list(layout.sheets),
        "heading_row": layout.heading_row,
    }


def hash_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of a stream and leave it at its start."""
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()


def note_stored(batch: ImportBatch, figures: dict[str, Any], *, by: Actor) -> None:
    """Note that an import is stored: one row in the chain for all of it."""
    batch.state, batch.stored_at = ImportState.STORED, clock.now()
    batch.figures, batch.rows, batch.profile = figures, figures["rows"], {}
    db.session.flush()
    made = figures["made"]
    audit.record(
        "import.stored",
        by=by,
        subject=batch.public_id,
        kind=batch.kind,
        rows=figures["rows"],
        rejected=figures["rejected"],
        **{key: made[key] for key in ("persons", "employments", "changed", "units", "cases")},
    )
