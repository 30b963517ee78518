from datetime import timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents.models import Act, Purpose
from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.charts.bars import bars
from alumni_portal.core.formats import number
from alumni_portal.core.jobs import JobState
from alumni_portal.core.jobs.book import counts as job_counts
from alumni_portal.core.permissions import Actor, Permission, current_actor, requires
from alumni_portal.home import queries
from alumni_portal.home.rules import coming_days
from alumni_portal.home.views import bp, waiting, wording
from alumni_portal.mail.models import LetterState
from alumni_portal.offboarding import access
from alumni_portal.people import queries as people

_TWO_WEEKS = timedelta(days=13)


@bp.get("/start")
@requires(Permission.HOME_STAFF)
def staff() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "home/staff.html",
        first_name=actor.name.partition(" ")[0],
        today=clock.today(),
        waiting=waiting.for_actor(actor),
        **_leaving(actor),
        **_network(actor),
        **_own(actor),
    )


def _leaving(actor: Actor) -> dict[str, Any]:
    """Return who leaves within two weeks, for those who may know of it."""
    if not (actor.may(Permission.CASES_READ) or actor.may(Permission.CASES_READ_OWN_UNIT)):
        return {"days": None, "leaving": []}
    today = clock.today()
    found = queries.leaving(access.visible_cases(actor), until=today + _TWO_WEEKS)
    access_log.listed(actor, [one.person_id for one in found], Look.CASE_LIST)
    return {"days": coming_days([one.last_day for one in found], today=today), "leaving": found}


def _network(actor: Actor) -> dict[str, Any]:
    """Return how the network stands, and to readers of the directory where its people come from."""
    found = queries.network()
    agreed, said = found.agreed, found.said
    groups = []
    if actor.may(Permission.DIRECTORY_READ):
        groups = queries.members_by_unit(Purpose.MEMBERSHIP)
    return {
        "members": agreed.get(Purpose.MEMBERSHIP, 0),
        "joined": said.get(Act.GIVEN, 0),
        "left": said.get(Act.WITHDRAWN, 0) + said.get(Act.EXPIRED, 0),
        "reachable": agreed.get(Purpose.RECRUITER_CONTACT, 0),
        "purposes": bars(
            [(str(words), agreed.get(p, 0)) for p, words in wording.AGREED.items()],
            most=max(agreed.get(Purpose.MEMBERSHIP, 0), 1),
        ),
        "from_units": bars([(group.name, group.number) for group in groups]),
    }


def _own(actor: Actor) -> dict[str, Any]:
    """Return what only some roles have: units led, the audit chain."""
    units = []
    if actor.may(Permission.CASES_READ_OWN_UNIT) and actor.person_id:
        units = queries.units_of(people.units_led_by(actor.person_id))
    reads_audit = actor.may(Permission.AUDIT_VERIFY) or actor.may(Permission.AUDIT_READ_TECHNICAL)
    return {
        "units": units,
        "audit_entries": audit.count() if reads_audit else None,
        "machine": _machine() if actor.may(Permission.JOBS_READ) else [],
    }


def _machine() -> list[tuple[str, str]]:
    """Return what the portal has done by itself, in figures."""
    jobs, letters = job_counts(), queries.letters_by_state()
    under_way = jobs.get(JobState.QUEUED, 0) + jobs.get(JobState.RUNNING, 0)
    figures = (
        (_("Mejl skickade"), letters.get(LetterState.SENT, 0)),
        (_("Arbeten klara"), jobs.get(JobState.DONE, 0)),
        (_("Arbeten på väg"), under_way),
    )
    return [(label, number(value)) for label, value in figures]
