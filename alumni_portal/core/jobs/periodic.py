"""Work by the clock: a table of next runs, claimed by compare-and-set, so it fires once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import String, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import Base, db
from alumni_portal.core.jobs import book
from alumni_portal.core.transaction import unit


class PeriodicRun(Base):
    __tablename__ = "periodic_run"
    __personal__ = None

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    next_at: Mapped[datetime]


def enqueue_due(table: Mapping[str, timedelta]) -> int:
    """Ask for the periodic jobs whose time has come; any number of processes may call this.

    Missed runs (the machine was off) count as one. Returns how many were asked for.
    """
    now = clock.now()
    rows = db.session.execute(select(PeriodicRun.name, PeriodicRun.next_at))
    planned = {row.name: row.next_at for row in rows}
    db.session.rollback()
    # Further ahead than one round it is only when the clock was wrong: then nothing waits for it.
    due = [name for name, each in table.items() if not now < planned.get(name, now) <= now + each]
    if not due:
        return 0
    try:
        with unit():
            return sum(_fire(name, planned.get(name), now + table[name]) for name in due)
    except IntegrityError:  # another process made the first rows, all of them
        return 0


def _fire(name: str, expected: datetime | None, following: datetime) -> bool:
    if not _move(name, expected, following):
        return False
    book.enqueue(name, key=f"periodic:{name}:{following.isoformat()}")
    return True


def _move(name: str, expected: datetime | None, following: datetime) -> bool:
    if expected is None:
        db.session.execute(insert(PeriodicRun).values(name=name, next_at=following))
        return True
    moved = db.session.execute(
        update(PeriodicRun)
        .where(PeriodicRun.name == name, PeriodicRun.next_at == expected)
        .values(next_at=following)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an update has a row count
