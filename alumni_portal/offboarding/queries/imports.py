"""Reads about imports: the list, the rows of a dry run, people who may be one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.accounts.models import Account
from alumni_portal.core import paging
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page
from alumni_portal.offboarding.models import ImportBatch, ImportChunk, ImportMatch, MatchState
from alumni_portal.offboarding.queries.packing import unpacked
from alumni_portal.people.models import Employment, Person

#: What can be shown of a dry run, each on its own tab.
SHOWN = ("rejected", "changed", "match", "repeated", "note", "new")
LINES = 25


def batch(public_id: str) -> ImportBatch | None:
    """Return the import with this public id."""
    return db.session.scalar(select(ImportBatch).where(ImportBatch.public_id == public_id))


def batch_to_change(public_id: str) -> ImportBatch | None:
    """Return the same, held so that no other request changes it meanwhile."""
    query = select(ImportBatch).where(ImportBatch.public_id == public_id)
    return db.session.scalar(query.with_for_update())


def batches(*, before: str | None = None, after: str | None = None) -> Page[ImportBatch]:
    """Return imports, the newest first."""
    newest_first = (-ImportBatch.id).label("place")
    query: Any = select(ImportBatch, newest_first)
    page = paging.page(
        query,
        [newest_first],
        lambda row: [row.place],
        after=after,
        before=before,
    )
    return Page([row[0] for row in page.rows], page.next, page.previous)


def names_of_actors(refs: Collection[str]) -> dict[str, str]:
    """Return the names of accounts by public id."""
    query = (
        select(Account.public_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.public_id.in_(refs))
    )
    rows = db.session.execute(query)
    return {row.public_id: f"{row.first_name} {row.last_name}".strip() for row in rows}


@dataclass(frozen=True)
class Line:
    """One row of the file as a page of the dry run shows it."""

    row: int
    cells: list[str]
    #: What the check says about it: see `services.importing.judging`.
    entry: dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """Some rows of the file, and a mark for where the next ones begin."""

    rows: list[Line]
    next: str | None


def lines(batch_id: int, shown: str, *, after: str | None = None) -> Lines:
    """Return the next rows of one outcome; chunks that hold none are not opened."""
    chunk, place = _mark(after)
    found: list[Line] = []
    for number, line_place, line in _coming(batch_id, shown, chunk, place):
        if len(found) == LINES:
            return Lines(found, f"{number}-{line_place}")
        found.append(line)
    return Lines(found, None)


def _mark(after: str | None) -> tuple[int, int]:
    chunk, _dash, place = (after or "").partition("-")
    return (int(chunk), int(place)) if chunk.isdecimal() and place.isdecimal() else (0, 0)


def _coming(
    batch_id: int, shown: str, first_chunk: int, first_place: int
) -> Iterator[tuple[int, int, Line]]:
    heads = db.session.execute(
        select(ImportChunk.number, ImportChunk.counts)
        .where(ImportChunk.batch_id == batch_id, ImportChunk.number >= first_chunk)
        .order_by(ImportChunk.number)
    ).all()
    for number, counts in heads:
        if not (counts or {}).get(shown):
            continue
        begin = first_place if number == first_chunk else 0
        for place, line in enumerate(_lines_of(batch_id, number, shown)):
            if place >= begin:
                yield number, place, line


def _lines_of(batch_id: int, number: int, shown: str) -> Iterator[Line]:
    query = select(ImportChunk.content, ImportChunk.found).where(
        ImportChunk.batch_id == batch_id, ImportChunk.number == number
    )
    content, packed = db.session.execute(query).one()
    entries = {one["row"]: one for one in (unpacked(packed) if packed else [])}
    for row, cells in unpacked(content):
        entry = entries.get(row, {"row": row, "is": "new"})
        if entry["is"] == shown or shown in entry or (shown == "note" and "notes" in entry):
            yield Line(row, cells, entry)


def rejected(batch_id: int) -> Iterator[Line]:
    """Yield every rejected row of an import, chunk by chunk."""
    for _number, _place, line in _coming(batch_id, "rejected", 0, 0):
        yield line


def has_rejected(batch_id: int) -> bool:
    """Say whether rejected rows of an import can still be fetched."""
    query = select(ImportChunk.id).where(
        ImportChunk.batch_id == batch_id, ImportChunk.counts.is_not(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def people_by_ref(refs: Collection[str]) -> dict[str, Person]:
    """Return people by public id."""
    found = db.session.scalars(select(Person).where(Person.public_id.in_(refs)))
    return {person.public_id: person for person in found}


def match(public_id: str) -> ImportMatch | None:
    """Return a pair of people who may be one, held for HR's answer."""
    query = select(ImportMatch).where(ImportMatch.public_id == public_id)
    return db.session.scalar(query.with_for_update())


def open_matches(*, after: str | None = None, before: str | None = None) -> Page[ImportMatch]:
    """Return the pairs that wait for an answer, the oldest first, with all that the page shows."""
    query: Any = (
        select(ImportMatch, ImportMatch.id)
        .where(ImportMatch.state == MatchState.OPEN)
        .options(_whole(ImportMatch.person), _whole(ImportMatch.other))
    )
    page = paging.page(
        query, [ImportMatch.id], lambda row: [row[0].id], after=after, before=before, size=10
    )
    return Page([row[0] for row in page.rows], page.next, page.previous)


def _whole(side: Any) -> Any:  # noqa: ANN401 - a relationship and its loader
    return joinedload(side).options(
        selectinload(Person.employments).joinedload(Employment.unit),
        selectinload(Person.addresses),
    )


def count_open_matches() -> int:
    """Return how many pairs wait for an answer."""
    query = select(func.count()).where(ImportMatch.state == MatchState.OPEN)
    return db.session.scalar(query) or 0
