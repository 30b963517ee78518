"""Coming back by the clock: the question before an answer lapses, and forgetting old letters."""

from collections.abc import Callable
from typing import Any

from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.rehire import services


def _until_done(run: JobRun, work: Callable[[], int]) -> int:
    done = 0
    while True:
        with unit():
            some = work()
        if not some:
            return done
        done += some
        run.progress(done, done)


def ask_if_still_so(run: JobRun) -> dict[str, Any]:
    """Ask everybody whose answer lapses within two weeks."""
    return {"asked": _until_done(run, services.ask_if_still_so)}


def forget_contacts(run: JobRun) -> dict[str, Any]:
    """Forget letters to candidates after two years."""
    return {"forgotten": _until_done(run, services.forget_contacts)}
