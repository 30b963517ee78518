"""What exit interviews add to other pages: the leaver's own, and HR's page of a case."""

from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.exit_interviews import access
from alumni_portal.exit_interviews.models import InterviewState, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries.break_glass import count_waiting
from alumni_portal.exit_interviews.queries.staff import is_manager_of
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.offboarding.models import Case


def of_case(actor: Actor, case: Case) -> Panel | None:
    """Show HR how far the interviews of a case are; nobody else learns that there are any (S63)."""
    if not actor.may(Permission.EXIT_INTERVIEWS_READ) or not timing.may_be_asked(case.kind):
        return None
    found = queries.of_case(case.id)
    asked = {one.track: one for one in found}
    return Panel(
        "exit_interviews/of_case.html",
        {
            "case": case,
            "questionnaire": asked.get(Track.QUESTIONNAIRE),
            "talks": [one for one in found if one.starts_at is not None],
            "free": [t for t in (Track.HR, Track.MANAGER) if t not in asked],
            # A manager who also works at HR learns nothing of their own people (S63).
            "sees_state": not is_manager_of(actor.person_id, case.employment),
            "may_read": {one.track for one in found if access.seats_now(actor, one)},
            "due": timing.ask_on(case.kind, case.last_day),
        },
    )


def emergencies_waiting(actor: Actor) -> int:
    """Return how many readings in an emergency wait for this officer."""
    if not actor.may(Permission.EXIT_ANSWERS_LET_BREAK):
        return 0
    return count_waiting(actor.person_id or 0)


def on_leaver_page(_actor: Actor, subject: tuple[Case, str]) -> Panel | None:
    """Show the leaver the way to their questionnaire and their talks."""
    case, token = subject
    found = queries.of_case(case.id)
    asked = [one for one in found if one.state is InterviewState.OPEN]
    if not asked:
        return None
    return Panel("exit_interviews/on_leaver_page.html", {"asked": asked, "token": token})
