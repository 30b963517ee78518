"""Background work: a row in the caller's transaction is the truth, a lease keeps it safe."""

from alumni_portal.core.jobs.book import Job, JobState, enqueue, find, has_due, retry
from alumni_portal.core.jobs.running import (
    Dead,
    JobRun,
    Registry,
    install,
    registry,
    run_due,
    run_queued,
)

__all__ = [
    "Dead",
    "Job",
    "JobRun",
    "JobState",
    "Registry",
    "enqueue",
    "find",
    "has_due",
    "install",
    "registry",
    "retry",
    "run_due",
    "run_queued",
]
