"""What other pages show of applications: on an opening, on a person, on the alumnus's home."""

from sqlalchemy import and_

from alumni_portal.applications import access, queries
from alumni_portal.applications.models import Applicant
from alumni_portal.applications.queries import SAYS, STAGES, Stage
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import is_open
from alumni_portal.people.models import Person

_SHOWN = 3


def may_read(actor: Actor) -> bool:
    """Say whether an actor works with applications at all."""
    return actor.may(Permission.APPLICATIONS_READ) or actor.may(
        Permission.APPLICATIONS_READ_OWN_UNIT
    )


def apply_button(actor: Actor, opening: Opening) -> Panel | None:
    """Show who does not work here as staff how to apply, or the application they have sent."""
    if actor.is_staff:
        return None
    sent = draft = None
    if actor.person_id is not None:
        sent = queries.application_of(actor.person_id, opening.id)
        draft = queries.draft_of(actor.person_id, opening.id)
    if sent is not None and sent.stage is Stage.WITHDRAWN:
        sent = None
    if sent is None and not is_open(opening):
        return None
    return Panel(
        "applications/opening_act.html", {"opening": opening, "sent": sent, "draft": draft}
    )


def apply_link(actor: Actor, opening: Opening) -> Panel | None:
    """Show the way to apply beside a role in a list; whether one has applied is told there."""
    if actor.is_staff or not is_open(opening):
        return None
    return Panel("applications/opening_card.html", {"opening": opening})


def applicants(actor: Actor, opening: Opening) -> Panel | None:
    """Show staff who has applied for an opening, among those they may know of."""
    if not may_read(actor):
        return None
    cards = queries.applicants_for(access.visible(actor), opening.id)
    people = queries.person_ids_of([card.application for card in cards])
    access_log.listed(actor, people, Look.APPLICATION_LIST)
    undecided = [one for one in cards if one.application.stage is not Stage.HIRED]
    return Panel(
        "applications/of_opening.html",
        {
            "opening": opening,
            "cards": cards,
            "stages": STAGES,
            "still_open": 0 if is_open(opening) else len(undecided),
        },
    )


def of_person(actor: Actor, person: Person) -> Panel | None:
    """Show HR the applications of a person."""
    if not actor.may(Permission.APPLICATIONS_READ) or person.id == actor.person_id:
        return None
    found = queries.seen_of(and_(access.visible(actor), Applicant.person_id == person.id))
    if not found:
        return None
    return Panel("applications/of_person.html", {"applications": found, "stages": STAGES})


def at_home(actor: Actor, subject: object) -> Panel | None:
    """Show an alumnus their own running applications and what they have begun."""
    del subject
    if actor.person_id is None:
        return None
    found = queries.under_way_for(actor.person_id)
    if not found:
        return None
    return Panel("applications/at_home.html", {"lines": found[:_SHOWN], "says": SAYS})
