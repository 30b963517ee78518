"""What workers cost that have nothing to do, and those whose database is away (S71).

    .venv/bin/python bench/waiting.py [--seconds 30] [--workers 4]

Goal: at most 5 % of one core while PostgreSQL is away; and a job asked for before it went is done
once it is back. Exit 1 over that. CPU is this process alone: the server is another.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask

from alumni_portal.core import jobs
from alumni_portal.core.jobs import JobState, book
from alumni_portal.core.jobs.running import Pool
from alumni_portal.core.transaction import unit
from tests.support.app import made_app, settings_for
from tests.support.outages import OwnServer, own_server

MOST, PATIENCE = 5.0, 60.0
JOB = "admin.forget_jobs"


def main() -> int:
    """Print the share of a core that waiting takes in both cases; 1 when it is over the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=4)
    given = parser.parse_args()
    with portal() as (app, server):
        pool = Pool(app, workers=given.workers)
        pool.start()
        within(PATIENCE, lambda: is_idle(app))
        print(f"{given.workers} workers, nothing to do    {share(given.seconds):5.2f} % of a core")
        server.goes_away()
        away = share(given.seconds)
        print(f"{given.workers} workers, database away    {away:5.2f} %   at most {MOST} %")
        server.comes_back()
        with app.app_context(), unit():
            jobs.enqueue(JOB, {}, key="asked when it was back")
        seconds = within(PATIENCE, lambda: is_idle(app))
        print(f"back: the next job was done after {seconds:.1f} s")
        pool.stop()
    return int(away > MOST or seconds > PATIENCE)


@contextmanager
def portal() -> Iterator[tuple[Flask, OwnServer]]:
    """Yield a portal on a PostgreSQL server of its own."""
    with tempfile.TemporaryDirectory() as folder, own_server(Path(folder)) as server:
        url = server.empty_portal(Path(folder))
        with made_app(settings_for(url, Path(folder) / "instance")) as app:
            yield app, server


def share(seconds: float) -> float:
    """Return what this process takes of a core, in percent, while so many seconds go by."""
    wall, cpu = monotonic(), process_time()
    Event().wait(seconds)
    return 100 * (process_time() - cpu) / (monotonic() - wall)


def is_idle(app: Flask) -> bool:
    """Say whether every job there is was done."""
    with app.app_context():
        counts = book.counts()
        return set(counts) == {JobState.DONE}


def within(patience: float, is_so: Callable[[], bool]) -> float:
    """Wait until something is so and return the seconds it took; over the patience if never."""
    began = monotonic()
    while not is_so() and monotonic() - began <= patience:
        Event().wait(0.1)
    return monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
