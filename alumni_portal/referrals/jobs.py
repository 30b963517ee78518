"""Tips by the clock: who does not answer is forgotten."""

from typing import Any

from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.referrals import services


def forget(run: JobRun) -> dict[str, Any]:
    """Delete who did not answer within thirty days, old yeses, and marks no longer needed."""
    done = {"unanswered": 0, "marks": 0}
    for name, forget_some in (
        ("unanswered", services.forget_unanswered),
        ("marks", services.forget_marks),
    ):
        while True:
            with unit():
                some = forget_some()
            if not some:
                break
            done[name] += some
            run.progress(done[name], done[name])
    return done
