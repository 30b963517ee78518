"""Reads of the ledger: who is behind which cell, by tokens. For the audit and for erasure only."""

from collections.abc import Iterator, Mapping

import numpy as np
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.insights.models import LedgerToken, Release, ReleaseCell
from alumni_portal.insights.rules.draft import Past


def past() -> Past:
    """Return what all releases have shown, withdrawn cells too: they have been seen."""
    tokens = _tokens()
    shown: dict[str, list[frozenset[str]]] = {}
    told: dict[str, dict[frozenset[str], Mapping[str, float]]] = {}
    query = select(
        ReleaseCell.release_id, ReleaseCell.question, ReleaseCell.members, ReleaseCell.values
    ).order_by(ReleaseCell.id)
    for release_id, question, members, values in db.session.execute(query):
        names = tokens[release_id]
        inside = np.flatnonzero(_flags(members, len(names)))
        cell = frozenset(names[number] for number in inside)
        shown.setdefault(question, []).append(cell)
        told.setdefault(question, {})[cell] = values
    return Past(shown, told)


def _tokens() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = select(LedgerToken.release_id, LedgerToken.token)
    for release_id, token in db.session.execute(
        query.order_by(LedgerToken.release_id, LedgerToken.position)
    ):
        found.setdefault(release_id, []).append(token)
    return found


def _flags(members: bytes, people: int) -> np.ndarray:
    return np.unpackbits(np.frombuffer(members, dtype=np.uint8), count=people)


def live_counts() -> Iterator[tuple[ReleaseCell, int, int]]:
    """Yield each cell that stands, how many in it are not erased, and the k of its release."""
    erased: dict[int, list[bool]] = {}
    query = select(LedgerToken.release_id, LedgerToken.is_erased)
    for release_id, is_erased in db.session.execute(
        query.order_by(LedgerToken.release_id, LedgerToken.position)
    ):
        erased.setdefault(release_id, []).append(is_erased)
    cells = (
        select(ReleaseCell, Release.k)
        .join(Release, Release.id == ReleaseCell.release_id)
        .where(ReleaseCell.withdrawn_at.is_(None))
    )
    for cell, k in db.session.execute(cells):
        gone = np.array(erased[cell.release_id])
        flags = _flags(cell.members, gone.size).astype(bool)
        yield cell, int((flags & ~gone).sum()), k
