"""Answers by the clock: the question before one lapses."""

from typing import Any

from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.rehire import services


def ask_if_still_so(run: JobRun) -> dict[str, Any]:
    """Ask everybody whose answer lapses within two weeks."""
    asked = 0
    while True:
        with unit():
            some = services.ask_if_still_so()
        if not some:
            return {"asked": asked}
        asked += some
        run.progress(asked, asked)
