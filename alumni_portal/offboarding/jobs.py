"""What happens by the clock: invitations, reminders, and what is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import Case, ImportState
from alumni_portal.offboarding.queries import cases, imports, invitations, links, reminders
from alumni_portal.offboarding.rules.links import INVITATION_REMINDER
from alumni_portal.offboarding.services import importing

_AT_A_TIME = 500


def _each(
    run: JobRun, find: Callable[[], list[int]], do: Callable[[int], object]
) -> dict[str, Any]:
    """Do something for each found id, one transaction each, so that a crash loses nothing."""
    done: set[int] = set()
    while ids := [one for one in find() if one not in done]:
        for one in ids:
            with unit():
                do(one)
            done.add(one)
        run.progress(len(done), len(done))
    return {"done": len(done)}


def send_links(run: JobRun) -> dict[str, Any]:
    """Send leavers their first link, one transaction each."""
    by = Actor(ref=run.args["actor"], roles=frozenset(Role(one) for one in run.args["roles"]))
    cases = run.args["cases"]
    sent = 0
    for done, case_id in enumerate(cases, 1):
        with unit():
            sent += services.send_first_link(case_id, by=by)
        run.progress(done, len(cases))
    return {"sent": sent, "nowhere_to_send": len(cases) - sent}


def send_new_link(run: JobRun) -> dict[str, Any]:
    """Send a leaver's link once more, if the typed address is a leaver's."""
    with unit():
        sent = services.send_new_link(run.args["sealed"])
        run.finish({})
    return {"sent": sent}


def invite(run: JobRun) -> dict[str, Any]:
    """Ask everybody who left and wants to join, the day after the last day."""
    return _each(run, lambda: invitations.to_invite(limit=_AT_A_TIME), _invite)


def _invite(case_id: int) -> None:
    case = invitations.case_to_invite(case_id)
    if case is not None:
        services.invite_leaver(case)


def remind_invited(run: JobRun) -> dict[str, Any]:
    """Ask once more after two weeks."""
    before = clock.now() - INVITATION_REMINDER
    return _each(run, lambda: invitations.to_remind(before, limit=_AT_A_TIME), _remind)


def _remind(invitation_id: int) -> None:
    invitation = links.invitation(invitation_id)
    if invitation is not None:
        services.remind(invitation)


def plan_reminders(run: JobRun) -> dict[str, Any]:
    """Ask for today's reminders, one per person."""
    del run
    with unit():
        return {"planned": services.plan_reminders()}


def remind_one(run: JobRun) -> dict[str, Any]:
    """Send one person today's reminder. One of another day is not caught up on."""
    if run.args["day"] != clock.today().isoformat():
        return {"state": "too late"}
    with unit():
        remind = services.remind_leaver if run.args["leaver"] else services.remind_owner
        result = {"sent": remind(run.args["person"])}
        run.finish(result)
    return result


def close_finished(run: JobRun) -> dict[str, Any]:
    """Close the cases in which nothing is left to do after the last day."""
    return _each(run, lambda: reminders.finished(clock.today(), limit=_AT_A_TIME), _close)


def _close(case_id: int) -> None:
    case = cases.find(Case.id == case_id)
    if case is not None and case.is_open:
        services.close_case(case, by=SYSTEM)


def forget(run: JobRun) -> dict[str, Any]:
    """Forget ticks and requests that have waited too long, and what is over since two years."""
    cases = 0
    while True:
        with unit():
            some = services.forget_old_cases()
        if not some:
            break
        cases += some
        run.progress(cases, cases)
    with unit():
        result = {
            "cases": cases,
            "invitations": services.forget_old_invitations(),
            "wishes": services.forget_old_wishes(),
            "requests": services.forget_old_requests(),
        }
        run.finish(result)
    return result


def check_import(run: JobRun) -> dict[str, Any]:
    """Find out what a large file would do; its page shows how far that is."""
    batch = imports.batch(run.args["batch"])
    if batch is None or batch.state is not ImportState.CHECKING:
        return {"state": "not wanted"}
    rows = batch.rows
    judged = importing.judge(batch, lambda done: run.progress(done, rows))
    with unit():
        batch = imports.batch_to_change(run.args["batch"])
        if batch is not None and batch.state is ImportState.CHECKING:
            importing.note_judged(batch, judged)
        run.finish({"rows": rows})
    return {"rows": rows}


def store_import(run: JobRun) -> dict[str, Any]:
    """Store a large file, all of it in one transaction; a second run finds nothing to do."""
    try:
        with unit():
            batch = imports.batch_to_change(run.args["batch"])
            if batch is not None and batch.state is ImportState.STORING:
                importing.store_as_shown(batch, by=importing.actor_of(batch))
            run.finish({"state": "stored"})
    except importing.Moved:
        with unit():
            importing.show_again(run.args["batch"])
            run.finish({"state": importing.CHANGED_MEANWHILE})
    return {}


def undo_import(run: JobRun) -> dict[str, Any]:
    """Undo a large import, all of it in one transaction."""
    with unit():
        batch = imports.batch_to_change(run.args["batch"])
        if batch is not None and batch.state is ImportState.STORED:
            importing.undo(batch, by=importing.actor_of(batch))
        run.finish({})
    return {}


def forget_imports(run: JobRun) -> dict[str, Any]:
    """Forget the rows of files that are a day old."""
    with unit():
        result = {"chunks": importing.forget_old(clock.now() - timedelta(days=1))}
        run.finish(result)
    return result
