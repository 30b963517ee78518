"""Releases made; actions by the clock: owners reminded, leavers told, old wishes forgotten."""

from typing import Any

from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Dead, JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.insights import queries, services

_SOME = 100


def ask_for_release(run: JobRun) -> dict[str, Any]:
    """Have the latest quarter released as soon as its forms are closed (A2)."""
    with unit():
        found = {"quarter": services.ask_when_closed()}
        run.finish(dict(found))
    return dict(found)


def make_release(run: JobRun) -> dict[str, Any]:
    """Make a release that was asked for, unless another process does at the same moment.

    What may not be made now never may.
    """
    quarter: str = run.args["quarter"]
    try:
        services.make_release(run)
    except Refusal as refusal:
        with unit():
            if not services.is_released(quarter):
                raise Dead(str(refusal.message)) from refusal
    return {"quarter": quarter}


def remind_owners(run: JobRun) -> dict[str, Any]:
    """Write to whoever answers for an action whose day is near or past."""
    letters = last = 0
    while True:
        with unit():
            some, last = services.remind_some(after=last, limit=_SOME)
        letters += some
        run.progress(letters, letters)
        if not last:
            return {"letters": letters}


def tell(run: JobRun) -> dict[str, Any]:
    """Tell everybody who asked about the theme of a closed action, a hundred letters at a time.

    How many is told to nobody: one wish about a theme would say what the last leaver thinks of it.
    """
    while True:
        with unit():
            action = queries.action(run.args["action"])
            some = services.tell_some(action, limit=_SOME) if action else 0
        if not some:
            return {}
        run.keep()


def forget(run: JobRun) -> dict[str, Any]:
    """Forget who asked three years ago and was never told, and quotes whose answers are gone."""
    with unit():
        found = {"follow_ups": services.forget_old(), "quotes": services.drop_gone()}
        run.finish(dict(found))
    return dict(found)
