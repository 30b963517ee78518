from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.audiences import queries as audiences
from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import date_time
from alumni_portal.core.night import morning_after
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.forms import PlanForm
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.views import bp


@bp.route("/newsletters/<public_id>/plan", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def plan(public_id: str) -> ResponseReturnValue:
    newsletter = _found(public_id)
    if newsletter.mailing_id:
        return redirect(url_for("newsletters.progress", public_id=public_id), 303)
    form = PlanForm(data=_suggested(newsletter))
    if form.validate_on_submit() and form.day.data and form.at.data:
        with form.attempt():
            day, at, number = form.day.data, form.at.data, form.number.data
            services.plan(newsletter, day, at, expected=number, by=current_actor())
            flash(_("Brevet går %(at)s.", at=date_time(newsletter.planned_at)), "ok")
            return redirect(url_for("newsletters.plan", public_id=public_id), 303)
    ready = _looked_at(newsletter, form)
    form.number.data, form.number.raw_data = ready.audience.number, None
    return render_template(
        "newsletters/plan.html",
        newsletter=newsletter,
        ready=ready,
        form=form,
        reasons=audiences.REASONS,
        held=queries.HELD,
        dead=services.dead_links(newsletter, {}),
    )


def _looked_at(newsletter: Newsletter, form: PlanForm) -> services.Ready:
    """Look over a newsletter for the chosen moment, or for a day on which somebody gets it."""
    ready = services.make_ready(newsletter, form.moment)
    if ready.free_from and not form.is_submitted() and not newsletter.is_waiting:
        form.day.data = ready.free_from
        ready = services.make_ready(newsletter, form.moment)
    return ready


def _found(public_id: str) -> Newsletter:
    newsletter = queries.newsletter(public_id)
    if newsletter is None:
        raise NotFound
    return newsletter


def _suggested(newsletter: Newsletter) -> dict[str, object]:
    """Return the moment it is planned for, or the next morning's."""
    known = newsletter.planned_at
    if known is None or known < clock.now():
        here = clock.local(morning_after(clock.now()))
        return {"day": here.date(), "at": here.time()}
    return {"day": clock.local(known).date(), "at": clock.local(known).time()}


@bp.post("/newsletters/<public_id>/unplan")
@requires(Permission.NEWSLETTERS_SEND)
def unplan(public_id: str) -> ResponseReturnValue:
    newsletter = _found(public_id)
    services.take_back(newsletter, by=current_actor())
    flash(_("Brevet är ett utkast igen. Inget skickas."), "ok")
    return redirect(url_for("newsletters.edit", public_id=public_id), 303)
