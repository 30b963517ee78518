"""Rows without a person are written anew, in random order: where they lie tells nobody's turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, text

from alumni_portal.core.db import Base, db
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.exit_interviews.queries import interviews as queries

_INTERVIEWS: Table = Interview.__table__  # type: ignore[assignment]  # it is one
_LOOSE = and_(Interview.person_id.is_(None), Interview.batch.is_(None))
#: So many rows that can still be changed are written together with the one that is changed.
TOGETHER = 20
_TURN = 0x65786974  # one advisory lock for all rows without a name on PostgreSQL


def take_turn() -> None:
    """Wait until nobody else changes rows without a name; hold the turn to the end of the work.

    Whoever changes such a row or writes one that points at it asks first: mixing takes rows out
    and puts them back. SQLite lets one writer in at a time anyway.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURN})


@contextmanager
def unseen(interview: Interview) -> Iterator[None]:
    """Let somebody change an interview; without a name, the change is hidden among others.

    The rows beside it are written anew by the same transaction, so that neither place nor
    transaction tells which of them was changed when.
    """
    if not interview.is_nameless:
        yield
        return
    take_turn()
    db.session.refresh(interview, ["state", "closing", "token_hash"])
    yield
    mix_around(interview)


def mix_around(interview: Interview) -> int:
    """Write rows that can still be changed anew, one and those beside it by their random marks.

    Always the same ones, as long as none comes or goes: two changes narrow nothing down. Returns
    how many.
    """
    open_ids = queries.open_nameless_ids()
    if interview.id not in open_ids:
        return 0
    at = open_ids.index(interview.id)
    first = max(0, min(at - TOGETHER // 2, len(open_ids) - TOGETHER))
    return _written_anew(Interview.id.in_(open_ids[first : first + TOGETHER]))


def mix() -> int:
    """Write every row without a person anew, sorted by its random mark, and return how many.

    A database keeps rows where they were written, and PostgreSQL also which transaction wrote
    them; both would say next to whose choice a row was made. Afterwards all lie together in an
    order that means nothing, written by one transaction. Rows of earlier surveys stay: they came
    in one piece.
    """
    return _written_anew(_LOOSE)


def _written_anew(these: ColumnElement[bool]) -> int:
    take_turn()
    db.session.flush()
    query = select(_INTERVIEWS).where(these).order_by(Interview.mark)
    rows = [dict(row) for row in db.session.execute(query).mappings()]
    if not rows:
        return 0
    place = {row["id"]: number for number, row in enumerate(rows)}
    kept = [(table, _taken_out(table, these, place)) for table in _children()]
    db.session.execute(delete(_INTERVIEWS).where(these))
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


def _taken_out(
    table: Table, these: ColumnElement[bool], place: dict[int, int]
) -> list[dict[str, Any]]:
    """Return a table's rows about these interviews, in their new order, and delete them there."""
    about = table.c.interview_id.in_(select(Interview.id).where(these))
    keys = [column.name for column in table.primary_key]
    rows = [dict(row) for row in db.session.execute(select(table).where(about)).mappings()]
    db.session.execute(delete(table).where(about))
    return sorted(
        rows, key=lambda row: (place[row["interview_id"]], *(str(row[key]) for key in keys))
    )
