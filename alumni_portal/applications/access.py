"""Who may see which application, and what of it."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from alumni_portal.accounts.access import may_not_decide_on
from alumni_portal.applications import queries
from alumni_portal.applications.models import Applicant, Application
from alumni_portal.applications.rules import ENDED, Stage
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor, Permission, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.openings.models import Opening
from alumni_portal.people.queries import units_led_by

#: Who sees the applications of every opening; a recruiter sees those of their own.
_EVERYWHERE = {Role.HR, Role.HR_LEAD}
#: A manager opens documents of whom they will meet (permission matrix, row CV).
_SHORTLISTED = {Stage.INTERVIEW, Stage.OFFER, Stage.HIRED}


def visible_openings(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor works with the applications of an opening.

    HR sees all; a recruiter those they answer for and those nobody answers for; a manager those
    of units they lead or stand in for, and those they hire for.
    """
    if actor.person_id is None:
        return false()
    if actor.may(Permission.APPLICATIONS_READ):
        if actor.roles & _EVERYWHERE:
            return true()
        mine = or_(Opening.recruiter_id == actor.person_id, Opening.recruiter_id.is_(None))
        return or_(mine, Opening.manager_id == actor.person_id)
    if not actor.may(Permission.APPLICATIONS_READ_OWN_UNIT):
        return false()
    units = units_led_by(actor.person_id)
    return or_(Opening.unit_id.in_(units), Opening.manager_id == actor.person_id)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may know of an application; never of their own here."""
    others = or_(Applicant.person_id.is_(None), Applicant.person_id != actor.person_id)
    return and_(visible_openings(actor), others)


def application_for(actor: Actor, public_id: str) -> Application:
    """Return an application, and note that it was opened.

    Raises NotFound when there is none or this actor may not know of it: both look the same.
    """
    found = queries.find(visible(actor), public_id)
    if found is None:
        raise NotFound
    if found.applicant.person_id is not None:
        access_log.opened(actor, found.applicant.person_id, Look.APPLICATION)
    return found


def application_to_decide(actor: Actor, public_id: str) -> Application:
    """Return an application that an actor may move. Raises NotFound as `application_for`.

    One place for who may decide; a colleague who may not decide on somebody is refused here.
    """
    if not actor.may(Permission.APPLICATIONS_DECIDE):
        raise NotFound
    found = application_for(actor, public_id)
    if is_recused(actor, found):
        raise Refusal(_l("En kollega måste avgöra det här."))
    return found


def is_recused(actor: Actor, application: Application) -> bool:
    """Say whether a colleague must decide on this applicant instead; why is not said here."""
    about_id = application.applicant.person_id
    return about_id is not None and may_not_decide_on(actor.person_id, about_id)


def own_application_for(actor: Actor, public_id: str) -> Application:
    """Return one of an actor's own applications. Raises NotFound for any other."""
    found = queries.own_application(actor.person_id or 0, public_id)
    if found is None:
        raise NotFound
    return found


def may_read_what_is_written(application: Application) -> bool:
    """Say whether there is anything to read: what was taken back is gone."""
    return application.stage is not Stage.WITHDRAWN


def may_reach(actor: Actor, application: Application) -> bool:
    """Say whether an actor sees how the applicant is reached: not managers, nor after the end."""
    return actor.may(Permission.APPLICATIONS_READ) and application.stage not in ENDED


def may_open_file(actor: Actor, application: Application) -> bool:
    """Say whether an actor may open the file that came with an application."""
    if not may_read_what_is_written(application):
        return False
    return actor.may(Permission.APPLICATIONS_READ) or application.stage in _SHORTLISTED


def may_decide(actor: Actor) -> bool:
    """Say whether an actor may move applications."""
    return actor.may(Permission.APPLICATIONS_DECIDE)
