"""Doing the work: what a job function is given, the worker pool, and periodic work."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app

from alumni_portal.core import carrier
from alumni_portal.core.jobs import book, periodic
from alumni_portal.core.logs import log
from alumni_portal.core.transaction import unit

_IDLE = 1.0


class Dead(Exception):
    """The work can never succeed: do not try again."""


class LeaseLost(Exception):
    """Somebody else has taken this job over; stop without a trace."""


@dataclass(frozen=True)
class JobRun:
    """One try at a job, as its function sees it."""

    id: int
    args: dict[str, Any]
    owner: str

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Show how far the work is and keep the lease. Call between units of work."""
        with unit():
            if not book.extend(self.id, self.owner, done=done, total=total, note=note):
                raise LeaseLost

    def keep(self) -> None:
        """Keep the lease inside the unit under way, so that its work is ours or undone."""
        if not book.extend(self.id, self.owner):
            raise LeaseLost

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """Mark the job done inside the unit under way, so that its effect happens exactly once."""
        if not book.finish(self.id, self.owner, result):
            raise LeaseLost


JobFunction = Callable[[JobRun], dict[str, Any] | None]


@dataclass(frozen=True)
class Registry:
    """The one list of background work: job functions by name, and what runs by the clock."""

    functions: Mapping[str, JobFunction]
    periodic: Mapping[str, timedelta]


def install(app: Flask, registry_: Registry) -> None:
    """Give an application its list of background work."""
    app.extensions["alumni_portal.jobs"] = registry_


def registry() -> Registry:
    """Return the list of background work of this application."""
    found: Registry = current_app.extensions["alumni_portal.jobs"]
    return found


def run_one(owner: str) -> bool:
    """Claim and run one due job; False when nothing is due."""
    if not book.has_due():
        return False
    with unit():
        job = book.claim(owner)
        run = JobRun(job.id, job.args, owner) if job else None
        name = job.name if job else ""
    if run is not None:
        _run(name, run)
    return True


def _run(name: str, run: JobRun) -> None:
    try:
        with _heartbeat(run):
            result = registry().functions[name](run)
        with unit():
            book.finish(run.id, run.owner, result)
    except Dead as error:
        log.warning("job.given_up", job=name)
        with unit():
            book.give_up(run.id, run.owner, str(error) or "it can never succeed")
    except LeaseLost:
        log.info("job.lease_lost", job=name)
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure, noted in its row
        log.warning("job.failed", job=name, kind=type(error).__name__)
        with unit():
            book.fail(run.id, run.owner, type(error).__name__)


@contextlib.contextmanager
def _heartbeat(run: JobRun) -> Any:  # noqa: ANN401 - a context manager
    """Keep the lease of long work from a thread of its own, a third of the lease apart."""
    over = threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - for a thread

    def beat() -> None:
        while not over.wait(book.LEASE.total_seconds() / 3):
            with app.app_context(), contextlib.suppress(Exception), unit():
                book.extend(run.id, run.owner)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def run_queued(*, most: int = 10_000) -> int:
    """Run what was asked for and is due, and return how many jobs ran."""
    owner = f"once-{secrets.token_hex(4)}"
    ran = 0
    while ran < most and run_one(owner):
        ran += 1
    return ran


def run_due(*, most: int = 10_000) -> int:
    """Run what is due, periodic work included, and return how many jobs ran."""
    periodic.enqueue_due(registry().periodic)
    return run_queued(most=most)


class Pool:
    """Threads that run jobs inside this process until they are told to stop."""

    def __init__(self, app: Flask, *, workers: int) -> None:
        self._app = app
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{n}", daemon=True)
            for n in range(workers)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the threads finish what they do and end."""
        self._stop.set()
        carrier.stop()
        for thread in self._threads:
            thread.join(timeout=book.LEASE.total_seconds())

    def join(self) -> None:
        """Wait for the threads."""
        while any(thread.is_alive() for thread in self._threads):
            self._stop.wait(_IDLE)

    def _work(self) -> None:
        owner = f"{threading.current_thread().name}-{secrets.token_hex(4)}"
        while not self._stop.is_set():
            if not self._turn(owner):
                carrier.wait(_IDLE)

    def _turn(self, owner: str) -> bool:
        try:
            with self._app.app_context():
                periodic.enqueue_due(registry().periodic)
                return run_one(owner)
        except Exception as error:  # noqa: BLE001 - a worker outlives a database that is away
            log.warning("worker.failed", kind=type(error).__name__)
            return False
