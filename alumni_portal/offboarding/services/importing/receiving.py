"""An upload: read once without the database, then its cleaned rows are kept for a day."""

from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import select

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding.models import ImportBatch, ImportChunk, ImportState
from alumni_portal.offboarding.rules.cleaning import Row
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.guessing import Guess, guess
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.mapping_file import from_plain
from alumni_portal.offboarding.rules.profile import Column, Profile
from alumni_portal.offboarding.rules.reading import Table, Wanted, open_table
from alumni_portal.offboarding.services.importing import mappings
from alumni_portal.offboarding.services.importing.files import hash_of, new_batch
from alumni_portal.offboarding.services.importing.packing import in_chunks

#: A column with more different values holds no codes.
_MOST_CODES = 200
_SHOWN_CODES = 60
_EXAMPLES = 6


@dataclass
class Upload:
    """What was read of a file, before anything of it is stored."""

    kind: Kind
    file_name: str
    digest: str
    table: Table
    rows: int
    chunks: list[bytes]
    profile: Profile


def read_upload(stream: BinaryIO, file_name: str, kind: Kind, wanted: Wanted) -> Upload:
    """Return the cleaned rows of a file, packed. Raises `Unreadable`; stores nothing."""
    digest = hash_of(stream)
    with open_table(stream, wanted=wanted) as table:
        profile = Profile([Column(heading, i) for i, heading in enumerate(table.headings)])

        def seen(row: Row) -> Row:
            profile.add(row[1])
            return row

        chunks = list(in_chunks(map(seen, table.rows)))
    return Upload(kind, file_name, digest, table, profile.rows, chunks, profile)


def receive(upload: Upload, *, by: Actor) -> ImportBatch:
    """Keep the rows of a file until HR has said how it is to be understood, and return the import.

    A saved mapping that fits is taken; otherwise the guess.
    """
    guessed = guess(upload.profile, upload.kind, latest=mappings.latest_year())
    fitting = mappings.that_fits(upload.kind, upload.table.headings)
    mapping = from_plain(fitting.mapping) if fitting else guessed.mapping()
    before = earlier(upload.digest)
    batch = new_batch(upload.file_name, upload.table, mapping, digest=upload.digest, by=by)
    batch.rows = upload.rows
    batch.profile = _profile(upload.profile, guessed)
    batch.repeats = before.public_id if before else None
    db.session.flush()
    db.session.add_all(
        ImportChunk(batch_id=batch.id, number=number, content=content)
        for number, content in enumerate(upload.chunks)
    )
    db.session.flush()
    audit.record("import.received", by=by, subject=batch.public_id, rows=upload.rows)
    return batch


def earlier(digest: str) -> ImportBatch | None:
    """Return the latest import of the same file that was stored."""
    query = select(ImportBatch).where(
        ImportBatch.file_hash == digest, ImportBatch.state == ImportState.STORED
    )
    return db.session.scalar(query.order_by(ImportBatch.id.desc()).limit(1))


def import_again(batch: ImportBatch) -> None:
    """Note that HR wants this file once more, although it was imported before."""
    batch.repeats = None
    db.session.flush()


def _profile(profile: Profile, guessed: Guess) -> dict[str, Any]:
    return {
        "columns": [_column(column) for column in profile.columns],
        "guessed": {
            one.heading: {"field": one.field, "because": one.because.value, "sure": one.confidence}
            for one in guessed.columns.values()
        },
        "styles": {
            heading: {"style": found.style.value, "ambiguous": found.ambiguous}
            for heading, found in guessed.styles.items()
        },
        "first": profile.sample[:5],
    }


def _column(column: Column) -> dict[str, Any]:
    values = column.values
    few = len(values) <= _MOST_CODES
    common = sorted(values, key=lambda value: (-values[value], value))[:_SHOWN_CODES]
    return {
        "heading": column.heading,
        "filled": column.filled,
        "different": len(values),
        "examples": list(values)[:_EXAMPLES],
        "codes": {value[:200]: values[value] for value in common} if few else {},
    }


def mapping_of(batch: ImportBatch) -> Mapping:
    """Return how an import's file is understood at the moment."""
    return from_plain(batch.mapping or {})
