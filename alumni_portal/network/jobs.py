"""Profiles by the clock: the yearly question, forgetting, and the index made anew."""

from typing import Any

from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.network import services


def ask_if_still_right(run: JobRun) -> dict[str, Any]:
    """Ask everybody whose profile was not confirmed for a year."""
    asked = 0
    while True:
        with unit():
            some = services.ask_if_still_right()
        if not some:
            return {"asked": asked}
        asked += some
        run.progress(asked, asked)


def forget_profiles(run: JobRun) -> dict[str, Any]:
    """Forget profiles thirty days after their owners left the network, and old changes."""
    forgotten = 0
    while True:
        with unit():
            some = services.forget()
        if not some:
            break
        forgotten += some
        run.progress(forgotten, forgotten)
    with unit():
        changes = services.forget_changes()
    return {"forgotten": forgotten, "changes": changes}


def refresh_directory(run: JobRun) -> dict[str, Any]:
    """Make the whole index anew: names of units and people may have changed meanwhile."""
    last: int | None = 0
    batches = 0
    while last is not None:
        with unit():
            last = services.reindex_after(last)
        batches += 1
        run.progress(batches, batches)
    return {"batches": batches}
