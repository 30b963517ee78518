"""Rows without a person are written anew, in random order: where they lie tells nobody's turn."""

from typing import Any

from sqlalchemy import Table, delete, insert, select

from alumni_portal.core.db import Base, db
from alumni_portal.exit_interviews.models import Interview

_INTERVIEWS: Table = Interview.__table__  # type: ignore[assignment]  # it is one
_LOOSE = (Interview.person_id.is_(None), Interview.batch.is_(None))


def mix() -> int:
    """Write every row without a person anew, sorted by its random mark, and return how many.

    A database keeps rows where they were written, and PostgreSQL also which transaction wrote
    them; both would say next to whose choice a row was made. Afterwards all lie together in an
    order that means nothing, written by one transaction. Rows of earlier surveys stay: they came
    in one piece.
    """
    query = select(_INTERVIEWS).where(*_LOOSE).order_by(Interview.mark).with_for_update()
    rows = [dict(row) for row in db.session.execute(query).mappings()]
    if not rows:
        return 0
    place = {row["id"]: number for number, row in enumerate(rows)}
    kept = [(table, _taken_out(table, place)) for table in _children()]
    db.session.execute(delete(_INTERVIEWS).where(*_LOOSE))
    db.session.execute(insert(_INTERVIEWS), rows)
    for table, found in kept:
        if found:
            db.session.execute(insert(table), found)
    db.session.expire_all()
    return len(rows)


def _children() -> list[Table]:
    return [
        table
        for table in Base.metadata.sorted_tables
        if any(key.column.table is _INTERVIEWS for key in table.foreign_keys)
    ]


def _taken_out(table: Table, place: dict[int, int]) -> list[dict[str, Any]]:
    """Return a table's rows about these interviews, in their new order, and delete them there."""
    loose = select(Interview.id).where(*_LOOSE)
    about = table.c.interview_id.in_(loose)
    keys = [column.name for column in table.primary_key]
    query = select(table).where(about).with_for_update()
    rows = [dict(row) for row in db.session.execute(query).mappings()]
    db.session.execute(delete(table).where(about))
    return sorted(
        rows, key=lambda row: (place[row["interview_id"]], *(str(row[key]) for key in keys))
    )
