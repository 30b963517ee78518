"""Cleaned rows between the upload and the answer: packed by the thousand, gone after a day."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.offboarding.models import ImportBatch, ImportChunk
from alumni_portal.offboarding.queries.packing import packed, unpacked
from alumni_portal.offboarding.rules.cleaning import Row

#: How many rows a chunk holds.
ROWS = 1_000


def in_chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield rows packed, a chunk at a time."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == ROWS:
            yield packed(waiting)
            waiting = []
    if waiting:
        yield packed(waiting)


def chunk_ids(batch: ImportBatch) -> list[int]:
    """Return the row ids of an import's chunks in the order of the file."""
    query = select(ImportChunk.id).where(ImportChunk.batch_id == batch.id)
    return list(db.session.scalars(query.order_by(ImportChunk.number)))


def rows_of(content: bytes) -> Iterator[Row]:
    """Yield the rows of a chunk."""
    yield from unpacked(content)


def all_rows(batch: ImportBatch) -> Iterator[Row]:
    """Yield the cleaned rows of an import, one chunk in memory at a time."""
    for chunk_id in chunk_ids(batch):
        query = select(ImportChunk.content).where(ImportChunk.id == chunk_id)
        yield from rows_of(db.session.scalars(query).one())


__all__ = ["ROWS", "all_rows", "chunk_ids", "in_chunks", "packed", "rows_of", "unpacked"]
