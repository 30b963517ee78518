from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.headers import indexed
from alumni_portal.core.installation import brand, settings
from alumni_portal.core.permissions import Permission, current_actor, public
from alumni_portal.core.prose import prose
from alumni_portal.core.rendering import link
from alumni_portal.openings import access, queries, rules
from alumni_portal.openings.forms import KINDS
from alumni_portal.openings.models import EmploymentKind, Opening
from alumni_portal.openings.views import bp
from alumni_portal.people.queries import names_of

_OTHERS = 4


def layout() -> str:
    """Return the shell of this reader; a stranger gets the one without menus."""
    actor = current_actor()
    if actor.is_staff:
        return "layouts/staff.html"
    return "layouts/alumni.html" if actor.is_signed_in else "layouts/task.html"


@bp.get("/openings")
@indexed
@public
def index() -> ResponseReturnValue:
    found = queries.published()
    place = request.args.get("place", "")
    return render_template(
        "openings/index.html",
        layout=layout(),
        places=sorted({one.place for one in found}),
        chosen=place,
        openings=[one for one in found if place in ("", one.place)],
        fits=_fits(found),
    )


@bp.get("/openings/<public_id>")
@indexed
@public
def opening(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.opening_for(actor, public_id)
    is_open = queries.is_open(found)
    if not (is_open or actor.may(Permission.OPENINGS_READ)):
        return _closed(found)
    wanted = queries.skills_of([found.id])
    return render_template(
        "openings/opening.html",
        layout=layout(),
        opening=found,
        is_open=is_open,
        text=prose(found.text),
        skills=wanted.get(found.id, []),
        criteria=queries.criteria_of(found.id),
        names=_names(found),
        fit=_fits([found]).get(found.id),
        kinds=KINDS,
        states=queries.STATES,
        hours=queries.HOURS,
        weights=sorted(queries.WEIGHTS.items(), reverse=True),
        posting=_posting(found) if is_open else None,
    )


def _fits(found: list[Opening]) -> dict[int, rules.Fit]:
    """Return what an alumnus shares with each opening; nothing for other readers."""
    actor = current_actor()
    if not actor.may(Permission.HOME_ALUMNUS) or actor.person_id is None:
        return {}
    return queries.fits(found, actor.person_id)


def _closed(found: Opening) -> ResponseReturnValue:
    """Say that an opening is closed, and lead on to those that are not."""
    others = queries.open_openings(_OTHERS)
    page = render_template(
        "openings/closed.html", layout=layout(), opening=found, others=others, fits={}
    )
    return page, 410


def _names(found: Opening) -> dict[str, str]:
    """Return who is named: the recruiter if the page says so, and to staff also the manager."""
    actor = current_actor()
    is_staff = actor.may(Permission.OPENINGS_READ)
    shown = {
        "recruiter": found.recruiter_id if found.names_recruiter or is_staff else None,
        "manager": found.manager_id if is_staff else None,
    }
    named = [one for one in shown.values() if one]
    if actor.is_signed_in:
        access_log.listed(actor, named, Look.PERSON_LIST)
    known = names_of(named)
    return {part: known.get(person_id or 0, "") for part, person_id in shown.items()}


def _posting(found: Opening) -> dict[str, object]:
    posting = rules.Posting(
        ref=found.public_id,
        url=link("openings.opening", public_id=found.public_id),
        title=found.title,
        description=str(prose(found.text)),
        place=found.place,
        employer=brand().name,
        employer_url=settings().base_url,
        posted_on=_day_of(found),
        closes_on=found.closes_on,
        pay_from=found.pay_from,
        pay_to=found.pay_to,
        hours=found.hours,
        is_temporary=found.kind not in {EmploymentKind.PERMANENT, EmploymentKind.PROBATIONARY},
        seats=found.seats,
    )
    return rules.job_posting(posting, clock.HOME)


def _day_of(found: Opening) -> date | None:
    return clock.local(found.published_at).date() if found.published_at else None
