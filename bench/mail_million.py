"""T7: very many receivers, mailed to a sink: memory, the last tenth against the first, a pause.

The machine's speed may double or halve within minutes, so smtp-source sends between the tenths, to
show what the machine was like then.
"""

from threading import Thread
from time import perf_counter
from typing import NamedTuple

import mail_engine as engine
import mail_tools as tools
from flask import current_app

from alumni_portal.core import jobs
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing
from alumni_portal.mail.services.mailings import CHUNK
from tests.support.relay import free_port

GROWS, SLOWER, PAUSES = 64.0, 0.9, 1.0


def million(number: int, connections: int) -> bool:
    """Send to so many, print how it went, and say whether every target was met."""
    port = free_port()
    with tools.sink(port), engine.portal(port, number, connections=connections) as bounds:
        warm = engine.begun([bounds[0], bounds[0] + 1_000], "warm")
        engine.sent(warm, 1_000)
        before, start = engine.memory(), perf_counter()
        mailing = engine.begun(bounds, "million")
        print(f"{number} copies frozen in {perf_counter() - start:.1f} s", flush=True)
        tenths = _tenths(port, connections)
        seconds, grown = sum(one.seconds for one in tenths), engine.memory() - before
        db.session.rollback()
        progress = queries.progress(mailing)
        print(f"{progress.sent} of {number} in {seconds:.1f} s, {number / seconds:.0f} a second")
        print(f"memory grew by {grown:.0f} MB to {engine.memory():.0f} MB (at most {GROWS:.0f})")
        first, last = tenths[0], tenths[-1]
        print("seconds and speed beside smtp-source of each tenth:", *tenths)
        ratio = first.seconds / last.seconds
        print(f"speed of the last tenth / first {ratio:.2f} (at least {SLOWER})")
        print(f"the same, each beside smtp-source {last.beside / first.beside:.2f}")
        paused = _paused(bounds)
        print(f"a pause takes {paused:.2f} s (at most {PAUSES})")
    met = (progress.sent == number, grown <= GROWS, ratio >= SLOWER, paused <= PAUSES)
    return all(met)


class Tenth(NamedTuple):
    """One tenth of the mailing's jobs."""

    seconds: float
    #: Its share of the speed that smtp-source had just before and after; of no unit.
    beside: float

    def __str__(self) -> str:
        """Return both, shortly."""
        return f"{self.seconds:.1f}:{self.beside:.2f}"


def _tenths(port: int, connections: int) -> list[Tenth]:
    """Run all jobs and return how each tenth of them went."""
    waiting = db.session.query(jobs.Job).filter(jobs.Job.state == jobs.JobState.QUEUED).count()
    each = max(1, waiting // 10)
    source, tenths = _source(port, connections), []
    while True:
        start = perf_counter()
        ran = jobs.run_queued(most=each)
        seconds = perf_counter() - start
        if ran < each:
            return tenths
        before, source = source, _source(port, connections)
        tenths.append(Tenth(seconds, ran * CHUNK / seconds / ((before + source) / 2)))


def _source(port: int, connections: int) -> float:
    return tools.source(port, 20_000, connections, tools.SIZE)


def _paused(bounds: list[int]) -> float:
    """Return how many seconds after a pause the last mail goes."""
    mailing = engine.begun([bounds[0], min(bounds[1], bounds[0] + 60_000)], "paused")
    ended: list[float] = []
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - for a thread

    def work() -> None:
        with app.app_context():
            jobs.run_queued()
            ended.append(perf_counter())

    worker = Thread(target=work)
    worker.start()
    while queries.progress(mailing).sent < 1_000:
        db.session.rollback()
    with unit():
        mail.pause(db.session.get_one(Mailing, mailing), by=SYSTEM)
    start = perf_counter()
    worker.join()
    return ended[0] - start
