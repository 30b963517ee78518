"""What happens by the clock: invitations, reminders, and what is forgotten."""

from collections.abc import Callable
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries import cases, invitations, links, reminders
from alumni_portal.offboarding.rules.links import INVITATION_REMINDER

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
    """Forget ticks and requests that have waited too long."""
    with unit():
        result = {
            "wishes": services.forget_old_wishes(),
            "requests": services.forget_old_requests(),
        }
        run.finish(result)
    return result
