"""The rows: asking for work, claiming it under a lease, and noting how it went."""

import random
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Index, Select, String, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import carrier, clock, transaction
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, db, enum_type
from alumni_portal.core.moments import this_moment

LEASE = timedelta(seconds=30)
_TRIES = 8
_LONGEST_WAIT = timedelta(hours=4)
_ABOVE = "above"


class JobState(StrEnum):
    """Where a unit of background work stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    #: Given up after its last try: a person decides.
    DEAD = "dead"


class Job(Base):
    __tablename__ = "job"
    __personal__ = Personal(
        "do work in the background",
        Basis.LEGITIMATE_INTEREST,
        "30 days after it is done; arguments hold ids, and at most one sealed address",
    )
    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    name: Mapped[Line]
    args: Mapped[dict[str, Any]]
    #: Higher goes first: a letter that somebody waits for before a long import.
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[JobState] = mapped_column(enum_type(JobState), default=JobState.QUEUED)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=_TRIES)
    #: The same key is not asked for twice, however often the button is pressed.
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    note: Mapped[Line] = mapped_column(default="")
    error: Mapped[Prose] = mapped_column(default="")
    result: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


def enqueue(
    name: str,
    args: dict[str, Any] | None = None,
    *,
    key: str | None = None,
    run_at: datetime | None = None,
    priority: int = 0,
    tries: int = _TRIES,
) -> Job:
    """Ask for a piece of background work in the transaction under way and return its row.

    A second call with the same `key` returns the row that is already there.
    """
    known = db.session.scalar(select(Job).where(Job.key == key)) if key else None
    if known is not None:
        return known
    job = Job(
        name=name,
        args=args or {},
        key=key,
        run_at=run_at or clock.now(),
        priority=priority,
        max_attempts=tries,
    )
    db.session.add(job)
    db.session.flush()
    transaction.after_commit(carrier.wake)
    return job


def find(public_id: str) -> Job | None:
    """Return the job with this public id."""
    return db.session.scalar(select(Job).where(Job.public_id == public_id))


def claim(owner: str) -> Job | None:
    """Take the next due job under a lease, or nothing. Call inside a unit of its own.

    A job whose lease ran out belongs to whoever claims it next.
    """
    now = clock.now()
    due = or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= now),
        and_(Job.state == JobState.RUNNING, Job.lease_until < now),
    )
    query = select(Job).where(due).order_by(Job.priority.desc(), Job.run_at, Job.id).limit(1)
    job = db.session.scalar(query.with_for_update(skip_locked=True))
    if job is None:
        return None
    if job.attempts >= job.max_attempts:
        _bury(job, "its worker was lost on the last try")
        return None
    job.state, job.owner, job.lease_until = JobState.RUNNING, owner, now + LEASE
    job.attempts += 1
    db.session.flush()
    return job


def has_due(*, above: int | None = None) -> bool:
    """Say whether something could be claimed now; reads without taking a lock.

    `above` asks for work that goes before other work of that priority.
    """
    asked = {} if above is None else {_ABOVE: above}
    query = _due(is_above=above is not None)
    return db.session.scalar(query, asked) is not None


@cache
def _due(*, is_above: bool) -> Select[int]:
    now = this_moment()
    due = or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= now),
        and_(Job.state == JobState.RUNNING, Job.lease_until < now),
    )
    query = select(Job.id).where(due)
    if is_above:
        query = query.where(Job.priority > bindparam(_ABOVE, type_=Job.priority.type))
    return query.limit(1)


def extend(job_id: int, owner: str, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Keep the lease and note progress; False when somebody else has taken the job over."""
    values["lease_until"] = clock.now() + LEASE
    result = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.owner == owner, Job.state == JobState.RUNNING)
        .values(**values)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def finish(job_id: int, owner: str, result: dict[str, Any] | None) -> bool:
    """Note that the work is done; False when the lease was lost meanwhile."""
    return extend(
        job_id,
        owner,
        state=JobState.DONE,
        result=result,
        error="",
        ended_at=clock.now(),
    )


def fail(job_id: int, owner: str, reason: str) -> None:
    """Note a failure: try again later with growing pauses, or give up for a person to see."""
    job = db.session.get(Job, job_id)
    if job is None or job.owner != owner or job.state is not JobState.RUNNING:
        return
    if job.attempts >= job.max_attempts:
        _bury(job, reason)
        return
    job.state, job.owner, job.lease_until, job.error = JobState.QUEUED, None, None, reason
    job.run_at = clock.now() + pause(job.attempts)


def give_up(job_id: int, owner: str, reason: str) -> None:
    """Note that the work can never succeed, for a person to see."""
    job = db.session.get(Job, job_id)
    if job is not None and job.owner == owner and job.state is JobState.RUNNING:
        _bury(job, reason)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: doubling, with jitter, four hours at most."""
    seconds = min(2.0**attempts, _LONGEST_WAIT.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 - spreads load only


def _bury(job: Job, reason: str) -> None:
    job.state, job.error, job.ended_at, job.owner = JobState.DEAD, reason, clock.now(), None


def retry(job: Job) -> None:
    """Give a dead job another round of tries."""
    job.state, job.attempts, job.run_at, job.ended_at = JobState.QUEUED, 0, clock.now(), None
    transaction.after_commit(carrier.wake)


def forget_before(moment: datetime) -> int:
    """Delete jobs that were done before a moment and return how many; dead ones stay."""
    result = db.session.execute(
        delete(Job).where(Job.state == JobState.DONE, Job.ended_at < moment)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


@once_per_page
def counts() -> dict[JobState, int]:
    """Return how many jobs stand in each state."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    return {state: number for state, number in rows}  # noqa: C416 - rows are not pairs to mypy


def latest(*, limit: int = 100) -> list[Job]:
    """Return the newest jobs, dead ones first."""
    query = select(Job).order_by((Job.state == JobState.DEAD).desc(), Job.id.desc()).limit(limit)
    return list(db.session.scalars(query))
