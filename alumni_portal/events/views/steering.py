"""What HR does with a mailing of an event that stands still."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, services
from alumni_portal.events.views import bp


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
