"""What other pages show of tips."""

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import is_open
from alumni_portal.referrals import queries
from alumni_portal.referrals.rules import STATUSES

_SHOWN = 2


def tip_somebody(actor: Actor, opening: Opening) -> Panel | None:
    """Let an alumnus tip somebody about an open opening, from its page."""
    if not actor.may(Permission.REFERRALS_MAKE) or not is_open(opening):
        return None
    return Panel("referrals/act.html", {"opening": opening})


def tip_link(actor: Actor, opening: Opening) -> Panel | None:
    """Let an alumnus do so from a list of openings."""
    if not actor.may(Permission.REFERRALS_MAKE):
        return None
    return Panel("referrals/link.html", {"opening": opening})


def of_opening(actor: Actor, opening: Opening) -> Panel | None:
    """Show a recruiter who was tipped about an opening and said yes."""
    if not actor.may(Permission.REFERRALS_READ):
        return None
    tips = queries.confirmed_for(opening.id)
    access_log.listed(actor, [one.by_person_id for one in tips], Look.PERSON_LIST)
    return Panel("referrals/of_opening.html", {"tips": tips}) if tips else None


def own_tips(actor: Actor, subject: object) -> Panel | None:
    """Invite an alumnus to tip somebody, and show how their latest tips stand."""
    del subject
    if not actor.may(Permission.REFERRALS_MAKE) or actor.person_id is None:
        return None
    tips = queries.own(actor.person_id, limit=_SHOWN)
    return Panel("referrals/own.html", {"tips": tips, "statuses": STATUSES})


def waiting(actor: Actor) -> int:
    """Return how many people said yes and wait for a recruiter to be in touch.

    HR has the figure on the start page only: its menu counts enough as it is.
    """
    is_recruiter = actor.may(Permission.REFERRALS_READ) and not actor.may(Permission.CASES_READ)
    return queries.count_to_contact() if is_recruiter else 0
