"""Consents that end by the clock, and the letters that ask whether they should go on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alumni_portal.consents import services
from alumni_portal.core import clock
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit

_PROOF_IS_KEPT = timedelta(days=730)
_LEAVING_IS_KEPT = timedelta(days=90)


def _until_done(work: Callable[[], int]) -> int:
    done = 0
    while True:
        with unit():
            some = work()
        if not some:
            return done
        done += some


def end_and_ask() -> dict[str, int]:
    """End what is over, close what employment ends, ask about what lapses soon."""
    return {
        "expired": _until_done(services.expire),
        "closed": _until_done(services.close_for_employed),
        "asked": _until_done(services.ask_again),
    }


def expire(run: JobRun) -> dict[str, Any]:
    """Do an hour's worth of `end_and_ask`; every step is safe to do again."""
    del run
    return dict(end_and_ask())


def forget(run: JobRun) -> dict[str, Any]:
    """Forget the proof of consents that ended 24 months ago."""
    del run
    before = clock.now() - _PROOF_IS_KEPT
    with unit():
        left = services.forget_preferences(clock.now() - _LEAVING_IS_KEPT)
    return {"forgotten": _until_done(lambda: services.forget_ended(before)), "left": left}
