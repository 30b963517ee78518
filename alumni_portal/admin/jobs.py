"""The daily anchor of the audit chain (S61), and work done long ago that is forgotten."""

from datetime import timedelta
from typing import Any

from alumni_portal.admin import services
from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.jobs import JobRun, book
from alumni_portal.core.transaction import unit

_JOBS_ARE_KEPT = timedelta(days=30)
_LOGS_ARE_KEPT = timedelta(days=730)


def anchor(run: JobRun) -> dict[str, Any]:
    """Tie who looked at whom to the chain, then keep the chain's head outside the database."""
    with unit():
        looks = services.digest_looks()
    result = {"looks": looks, "seq": services.anchor_head()}
    with unit():
        run.finish(result)
    return result


def forget_jobs(run: JobRun) -> dict[str, Any]:
    """Forget background work thirty days after it was done."""
    with unit():
        forgotten = book.forget_before(clock.now() - _JOBS_ARE_KEPT)
        run.finish({"forgotten": forgotten})
    return {"forgotten": forgotten}


def forget_logs(run: JobRun) -> dict[str, Any]:
    """Forget after 24 months who looked at whom, and what was changed."""
    before = clock.now() - _LOGS_ARE_KEPT
    looks = 0
    while True:
        with unit():
            some = access_log.forget_before(before)
        if not some:
            break
        looks += some
        run.progress(looks, looks)
    with unit():
        result = {"looks": looks, "entries": audit.forget_before(before)}
        run.finish(result)
    return result
