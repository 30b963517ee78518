"""Newsletters by the clock: planned ones go or are asked about, broken-off ones come to an end."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.models import Newsletter

#: So long a counted visit stands with its visitor, so that nobody is counted twice.
_VISITOR_IS_KEPT = timedelta(days=30)
_LINK_IS_KEPT = timedelta(days=90)
_GREETING_IS_KEPT = timedelta(days=730)


def forget(run: JobRun) -> dict[str, Any]:
    """Forget whose visits were counted once they can no longer be counted twice."""
    del run
    now = clock.now()
    with unit():
        services.forget_links(now - _LINK_IS_KEPT)
        gone = services.forget_testers()
        greeted = services.forget_greetings(now - _GREETING_IS_KEPT)
        visitors = services.forget_visitors(now - _VISITOR_IS_KEPT)
        return {"visitors": visitors, "testers": gone, "greetings": greeted}


def greet(run: JobRun) -> dict[str, Any]:
    """Greet whoever's turn it is, in the first hour of a day that is not night."""
    del run
    with unit():
        return {str(step): number for step, number in services.greet().items()}


def check_links(run: JobRun) -> dict[str, Any]:
    """Look whether links answer, one after the other, and keep what came of it."""
    found = services.look_at(run.args["urls"])
    with unit():
        services.note_links(found)
    return {"links": len(found)}


def look_before(run: JobRun) -> dict[str, Any]:
    """Look at the links of a planned newsletter before it goes; a dead one holds it."""
    return _carry_on(run, services.hold_for_links)


def send_planned(run: JobRun) -> dict[str, Any]:
    """Send a planned newsletter, or hold it and ask whoever planned it."""
    return _carry_on(run, services.carry_out)


def _carry_on(
    run: JobRun, then: Callable[[Newsletter, datetime, Mapping[str, str]], services.Coming]
) -> dict[str, Any]:
    """Look at the links that nobody has looked at lately, and do what follows."""
    with unit():
        found = queries.newsletter(run.args["newsletter"])
        urls = services.links_to_see_again(found) if found else []
    if urls:
        seen = services.look_at(urls)
        with unit():
            services.note_links(seen)
    with unit():
        found = queries.newsletter(run.args["newsletter"])
        if found is None:
            return {"state": "gone"}
        at, known = datetime.fromisoformat(run.args["at"]), run.args.get("links", {})
        came = then(found, at, known)
    return {"state": came.state, "why": came.held_why or ""}


def finish_cancelled(run: JobRun) -> dict[str, Any]:
    """End a mailing that was broken off once the copies in hand have come back."""
    with unit():
        found = queries.newsletter(run.args["newsletter"])
        of_reminder = bool(run.args.get("reminder"))
        over = found is None or services.finish_cancelled(found, of_reminder=of_reminder, by=SYSTEM)
    return {"over": over}
