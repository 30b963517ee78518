"""A mailing of an event: whom it reached, sent again to the others, let go on when it stands."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from alumni_portal.bounces.access import copies_of
from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.night import is_quiet
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import AgainForm
from alumni_portal.events.models import Event
from alumni_portal.events.views import bp
from alumni_portal.mail.models import Mailing

MAILINGS = {
    services.INVITATION: _l("Inbjudan"),
    services.REMINDER: _l("Påminnelse"),
    services.THANKS: _l("Tack"),
    services.MOVED: _l("Mejl om ändringen"),
    services.CALLED_OFF: _l("Mejl om att träffen är inställd"),
    services.NEW_DATE: _l("Mejl om ett nytt datum"),
}


def _found(public_id: str, ref: str) -> tuple[Sequence[Event], Event, Mailing]:
    """Return the dates of a series, one of them and one of its mailings; there may be none."""
    event = access.event_for(current_actor(), public_id)
    dates = queries.dates_of(event)
    mailing = queries.mailing(event, dates, ref)
    if mailing is None:
        raise NotFound
    return dates, event, mailing


@bp.get("/events/<public_id>/mailings")
@requires(Permission.EVENTS_WRITE)
def mailings(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    sent = queries.sent(event, queries.dates_of(event))
    return render_template("events/sent.html", event=event, sent=sent, names=MAILINGS)


@bp.get("/events/<public_id>/mailings/<mailing>")
@requires(Permission.EVENTS_WRITE)
def mailing(public_id: str, mailing: str) -> ResponseReturnValue:
    _dates, event, sent = _found(public_id, mailing)
    seen = copies_of(current_actor(), sent.id, request.args)
    return render_template(
        "events/mailing.html",
        event=event,
        mailing=sent,
        name=MAILINGS[sent.kind],
        seen=seen,
        missed=queries.missed_by(sent.id),
    )


@bp.route("/events/<public_id>/mailings/<mailing>/again", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def send_again(public_id: str, mailing: str) -> ResponseReturnValue:
    dates, event, sent = _found(public_id, mailing)
    form = AgainForm()
    if form.validate_on_submit():
        with form.attempt():
            expected, by = form.number.data, current_actor()
            number = services.send_again(event.id, mailing, expected=expected, by=by)
            flash(ngettext("%(num)s mejl är på väg.", "%(num)s mejl är på väg.", number), "ok")
            return redirect(url_for("events.attendance", public_id=public_id), 303)
    number = len(services.to_send_again(dates, sent))
    form.number.data, form.number.raw_data = number, None
    return render_template(
        "events/again.html",
        event=event,
        form=form,
        name=MAILINGS[sent.kind],
        number=number,
        is_anew=sent.kind == services.INVITATION,
        is_letter=False,
        is_quiet=is_quiet(clock.now()),
        rests_until=services.rest_of(sent),
        back=url_for("events.mailing", public_id=public_id, mailing=mailing),
    )


@bp.post("/events/<public_id>/mailings/<mailing>/resume", endpoint="resume_mailing")
@requires(Permission.EVENTS_WRITE)
def resume_mailing(public_id: str, mailing: str) -> ResponseReturnValue:
    event, actor = access.event_for(current_actor(), public_id), current_actor()
    believing = request.form.get("believe") == "1"
    services.resume_mailing(event, mailing, believing=believing, by=actor)
    flash(_("Utskicket fortsätter."), "ok")
    return redirect(url_for("events.attendance", public_id=public_id), 303)


@bp.post("/events/<public_id>/mailings/<mailing>/settle", endpoint="settle_mailing")
@requires(Permission.EVENTS_WRITE)
def settle_mailing(public_id: str, mailing: str) -> ResponseReturnValue:
    event, actor = access.event_for(current_actor(), public_id), current_actor()
    again = request.form.get("again") == "1"
    services.settle_mailing(event, mailing, again=again, by=actor)
    flash(_("De skickas igen.") if again else _("De räknas som skickade."), "ok")
    return redirect(url_for("events.attendance", public_id=public_id), 303)
