"""A release in the background: asked for by a person or the calendar, made once.

Working the figures out takes seconds, for many leavers longer: nobody waits for a page meanwhile,
and no transaction is held open. What was read before is compared with what is there at the end.
"""

from dataclasses import dataclass

from sqlalchemy import select

from alumni_portal.core import audit, jobs
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobRun, JobState, retry
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.transaction import unit
from alumni_portal.insights import queries
from alumni_portal.insights.models import Release
from alumni_portal.insights.rules import population
from alumni_portal.insights.rules.draft import worked_out
from alumni_portal.insights.services import releasing

MAKE = "insights.make_release"
_TRIES = 3
_UNDER_WAY = {JobState.QUEUED, JobState.RUNNING}


class Moved(Exception):
    """Answers or earlier releases changed while the figures were worked out: try again."""


@dataclass(frozen=True)
class Making:
    """A release that was asked for and is not there yet."""

    quarter: str
    has_failed: bool


def ask_for_release(quarter: str, *, by: Actor) -> None:
    """Ask for the release of a quarter; asking twice makes one, after a failure it is tried anew.

    Raises Refusal as `release` does.
    """
    releasing.check(quarter)
    known = _job(quarter)
    if known is None:
        jobs.enqueue(MAKE, {"quarter": quarter, "by": by.ref}, key=_key(quarter), tries=_TRIES)
    elif known.state not in _UNDER_WAY:
        retry(known)
    else:
        return
    audit.record("release.asked", by=by, quarter=quarter)


def making(quarter: str) -> Making | None:
    """Return how the release of a quarter is coming along, if it was asked for."""
    job = _job(quarter) if quarter else None
    return Making(quarter, has_failed=job.state not in _UNDER_WAY) if job else None


def _key(quarter: str) -> str:
    return f"{MAKE}:{quarter}"


def _job(quarter: str) -> Job | None:
    return db.session.scalar(select(Job).where(Job.key == _key(quarter)))


def ask_when_closed() -> str:
    """Ask for the release of the latest quarter whose forms are closed; return it, or nothing.

    A quarter in which nobody left, and none of the three before it, needs no release.
    """
    quarter = queries.next_quarter(queries.releases())
    if not quarter or _job(quarter):
        return ""
    if not population.counted(releasing.material(quarter).rows, quarter):
        return ""
    ask_for_release(quarter, by=SYSTEM)
    return quarter


def make_release(run: JobRun) -> None:
    """Make the release that a job asks for, unless it is there.

    Raises Moved when something changed meanwhile, and Refusal when it may not be made.
    """
    quarter, by = run.args["quarter"], Actor(ref=run.args["by"])
    with unit():
        if is_released(quarter):
            return
        material = releasing.material(quarter)
    draft = worked_out(
        material.rows, quarter, past=material.past, theme_of=releasing.themes(), k=material.k
    )
    with unit():
        if not is_released(quarter):
            if releasing.material(quarter) != material:
                raise Moved
            releasing.freeze(draft, by=by)
        run.finish({"quarter": quarter})


def is_released(quarter: str) -> bool:
    """Say whether a quarter has its release."""
    return db.session.scalar(select(Release.id).where(Release.quarter == quarter)) is not None
