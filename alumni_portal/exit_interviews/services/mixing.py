"""Rows without a person are written anew, in random order: where they lie tells nobody's turn."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, text

from alumni_portal.core.db import Base, db, new_public_id
from alumni_portal.exit_interviews.models import Answer, Interview
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.services.blanks import fill

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


def random_id() -> int:
    """Return an id below zero: the order of rows without a person tells nobody whose they are."""
    return -1 - secrets.randbelow(2**31 - 2)


def mix(*, renamed: Collection[int] = ()) -> int:
    """Write every row without a person anew, sorted by its random mark, and return how many.

    A database keeps rows where they were written, and PostgreSQL also which transaction wrote
    them; both would say next to whose choice a row was made. Afterwards all lie together in an
    order that means nothing, written by one transaction. Rows of earlier surveys stay: they came
    in one piece. Those in `renamed` get another id and mark.
    """
    return _written_anew(_LOOSE, renamed)


def _written_anew(these: ColumnElement[bool], renamed: Collection[int] = ()) -> int:
    take_turn()
    db.session.flush()
    rows = [dict(row) for row in db.session.execute(select(_INTERVIEWS).where(these)).mappings()]
    if not rows:
        return 0
    kept = {table: _taken_out(table, these) for table in _children()}
    answers = next(table for table in kept if table is Answer.__table__)
    kept[answers] = fill(rows, kept[answers])
    db.session.execute(delete(_INTERVIEWS).where(these))
    names = _renamed(rows, renamed)
    rows.sort(key=lambda row: row["mark"])
    place = {row["id"]: number for number, row in enumerate(rows)}
    db.session.execute(insert(_INTERVIEWS), rows)
    for table, found in kept.items():
        if found:
            db.session.execute(insert(table), _in_order(table, found, names, place))
    db.session.expire_all()
    return len(rows)


def _renamed(rows: list[dict[str, Any]], these: Collection[int]) -> dict[int, int]:
    """Give rows another id and other names that nobody has seen; return the new id of each."""
    names = {row["id"]: random_id() if row["id"] in these else row["id"] for row in rows}
    for row in rows:
        if row["id"] in these:
            row |= {"id": names[row["id"]], "public_id": new_public_id(), "mark": new_public_id()}
    return names


def _children() -> list[Table]:
    return [
        table
        for table in Base.metadata.sorted_tables
        if any(key.column.table is _INTERVIEWS for key in table.foreign_keys)
    ]


def _taken_out(table: Table, these: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Return a table's rows about these interviews and delete them there."""
    about = table.c.interview_id.in_(select(Interview.id).where(these))
    rows = [dict(row) for row in db.session.execute(select(table).where(about)).mappings()]
    db.session.execute(delete(table).where(about))
    return rows


def _in_order(
    table: Table, rows: list[dict[str, Any]], names: dict[int, int], place: dict[int, int]
) -> list[dict[str, Any]]:
    """Return a table's rows about interviews under the names and in the order that these have."""
    for row in rows:
        row["interview_id"] = names[row["interview_id"]]
    keys = [column.name for column in table.primary_key]
    return sorted(
        rows, key=lambda row: (place[row["interview_id"]], *(str(row[key]) for key in keys))
    )
