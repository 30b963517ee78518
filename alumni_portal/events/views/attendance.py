from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, queries, services
from alumni_portal.events.models import Answer
from alumni_portal.events.rules import NEEDS_KEPT
from alumni_portal.events.views import bp


@bp.get("/events/<public_id>/attendance")
@requires(Permission.EVENTS_READ)
def attendance(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.hosted_by(actor, public_id)
    guests = queries.attendance(event.id, with_needs=True)
    access_log.listed(actor, [one.person_id for one in guests], Look.PERSON_LIST)
    line = sorted(
        (one for one in guests if one.answer is Answer.WAITING), key=lambda one: one.queue_no or 0
    )
    return render_template(
        "events/attendance.html",
        event=event,
        line=queries.counts_of(event),
        coming=[one for one in guests if one.answer is Answer.YES],
        offered=[one for one in guests if one.answer is Answer.OFFERED],
        waiting=line,
        is_over=event.starts_at <= clock.now(),
        can_check_in=clock.local(event.starts_at).date() <= clock.today(),
        needs_until=clock.local(event.ends_at).date() + NEEDS_KEPT,
    )


@bp.post("/events/<public_id>/attendance", endpoint="check_in")
@requires(Permission.EVENTS_READ)
def check_in(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.hosted_by(actor, public_id)
    here, before = set(request.form.getlist("here")), set(request.form.getlist("was"))
    changed = services.check_in(event, here=here - before, gone=before - here, by=actor)
    if changed:
        flash(ngettext("%(num)s avprickad.", "%(num)s avprickade.", changed), "ok")
    else:
        flash(_("Inget var ändrat."), "plain")
    return redirect(url_for("events.attendance", public_id=public_id), 303)
