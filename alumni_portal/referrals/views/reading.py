from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.referrals import queries, services
from alumni_portal.referrals.models import Referral, ReferralState
from alumni_portal.referrals.views import bp


@bp.get("/referrals")
@requires(Permission.REFERRALS_READ)
def index() -> ResponseReturnValue:
    show = request.args.get("show", "")
    state = ReferralState.HIRED if show == "hired" else ReferralState.CONFIRMED
    page = queries.confirmed_page(
        [state], after=request.args.get("after"), before=request.args.get("before")
    )
    access_log.listed(current_actor(), [one.by_person_id for one in page.rows], Look.PERSON_LIST)
    return render_template(
        "referrals/index.html",
        page=page,
        show=state,
        counts=queries.counts(),
    )


@bp.post("/referrals/<public_id>/contacted")
@requires(Permission.REFERRALS_READ)
def note_contacted(public_id: str) -> ResponseReturnValue:
    found = queries.confirmed(public_id)
    if found is None:
        raise NotFound
    back = _back(found)
    services.note_contacted(found, by=current_actor())
    flash(_("Noterat. Tipset väntar inte på någon längre."), "ok")
    return back


@bp.post("/referrals/<public_id>/hired")
@requires(Permission.REFERRALS_READ)
def note_hired(public_id: str) -> ResponseReturnValue:
    found = queries.confirmed(public_id)
    if found is None:
        raise NotFound
    back = _back(found)
    services.note_hired(found, by=current_actor())
    flash(_("Noterat. Den som tipsade ser att det blev en anställning."), "ok")
    return back


def _back(found: Referral) -> ResponseReturnValue:
    """Return the way back to where the button was."""
    opening = found.opening if "opening" in request.form else None
    if opening is not None:
        return redirect(url_for("openings.opening", public_id=opening.public_id), 303)
    return redirect(url_for("referrals.index"), 303)
