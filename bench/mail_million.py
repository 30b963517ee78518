"""T7: very many receivers, mailed to a sink: memory, the last tenth against the first, a pause."""

from threading import Thread
from time import perf_counter

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
        start = perf_counter()
        tenths = _tenths()
        seconds, grown = perf_counter() - start, engine.memory() - before
        db.session.rollback()
        progress = queries.progress(mailing)
        print(f"{progress.sent} of {number} in {seconds:.1f} s, {number / seconds:.0f} a second")
        print(f"memory grew by {grown:.0f} MB to {engine.memory():.0f} MB (at most {GROWS:.0f})")
        ratio = tenths[0] / tenths[-1]
        print(f"speed of the last tenth / first {ratio:.2f} (at least {SLOWER})")
        paused = _paused(bounds)
        print(f"a pause takes {paused:.2f} s (at most {PAUSES})")
    met = (progress.sent == number, grown <= GROWS, ratio >= SLOWER, paused <= PAUSES)
    return all(met)


def _tenths() -> list[float]:
    """Run all jobs and return how many seconds each tenth of them took."""
    waiting = db.session.query(jobs.Job).filter(jobs.Job.state == jobs.JobState.QUEUED).count()
    each, taken = max(1, waiting // 10), []
    while True:
        start = perf_counter()
        ran = jobs.run_queued(most=each)
        if ran < each:
            return taken
        taken.append(perf_counter() - start)


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
