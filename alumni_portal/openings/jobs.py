"""Openings by the clock."""

from typing import Any

from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.openings import services


def close_past(run: JobRun) -> dict[str, Any]:
    """Close the openings whose last day is over."""
    closed = 0
    while True:
        with unit():
            some = services.close_past()
        if not some:
            return {"closed": closed}
        closed += some
        run.progress(closed, closed)
