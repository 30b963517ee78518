"""Letters to those who come, about a change or the end: whom they reached, and once more."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import date_time
from alumni_portal.core.night import is_quiet
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import AgainForm
from alumni_portal.events.rules import waits_until
from alumni_portal.events.views import bp


@bp.get("/events/<public_id>/told")
@requires(Permission.EVENTS_WRITE)
def told(public_id: str) -> ResponseReturnValue:
    event, asked = access.event_for(current_actor(), public_id), request.args.get("state", "")
    after, before = request.args.get("after"), request.args.get("before")
    page = queries.told_page(event, asked, after=after, before=before)
    access_log.listed(current_actor(), [one.person_id for one in page.rows], Look.DELIVERIES)
    number = len(services.to_tell_again(event))
    shown = {
        "page": page,
        "asked": asked,
        "number": number,
        "waits_for_morning": queries.waits_of(event),
    }
    return render_template("events/told.html", event=event, **shown)


@bp.post("/events/<public_id>/told/taken-back")
@requires(Permission.EVENTS_WRITE)
def take_back_told(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    try:
        with attempt():
            services.take_back_telling(event.id, by=current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("Mejlen går inte. Inget väntar längre."), "ok")
    return redirect(url_for("events.told", public_id=public_id), 303)


@bp.route("/events/<public_id>/told/again", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def tell_again(public_id: str) -> ResponseReturnValue:
    event, form = access.event_for(current_actor(), public_id), AgainForm()
    back = url_for("events.told", public_id=public_id)
    if form.validate_on_submit():
        with form.attempt():
            expected, by = form.number.data, current_actor()
            number, at = services.tell_again(event.id, expected=expected, by=by)
            flash(_goes(number, at), "ok")
            return redirect(back, 303)
    number = len(services.to_tell_again(event))
    form.number.data, form.number.raw_data = number, None
    return render_template(
        "events/again.html",
        event=event,
        form=form,
        name=_("Mejl till dem som kommer"),
        number=number,
        is_anew=False,
        is_letter=True,
        is_quiet=is_quiet(clock.now()),
        rests_until=waits_until(clock.now(), event.starts_at),
        back=back,
    )


def _goes(number: int, at: datetime | None) -> str:
    if at is None:
        return ngettext("%(num)s mejl är på väg.", "%(num)s mejl är på väg.", number)
    when = date_time(at)
    return ngettext("%(num)s mejl går %(at)s.", "%(num)s mejl går %(at)s.", number, at=when)
