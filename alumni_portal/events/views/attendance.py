from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor, Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import WalkInForm
from alumni_portal.events.models import Answer, Event
from alumni_portal.events.queries import Guest
from alumni_portal.events.rules import NEEDS_KEPT, may_tick_off
from alumni_portal.events.views import bp
from alumni_portal.events.views.steering import MAILINGS


@bp.get("/events/<public_id>/attendance")
@requires(Permission.EVENTS_READ)
def attendance(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.hosted_by(actor, public_id)
    return _page(event, actor, WalkInForm(number=event.walk_ins))


@bp.post("/events/<public_id>/attendance", endpoint="check_in")
@requires(Permission.EVENTS_READ)
def check_in(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.hosted_by(actor, public_id)
    here, before = set(request.form.getlist("here")), set(request.form.getlist("was"))
    try:
        with attempt():
            changed = services.check_in(event, here=here - before, gone=before - here, by=actor)
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        _say(changed)
    return redirect(url_for("events.attendance", public_id=public_id), 303)


def _say(changed: int) -> None:
    if changed:
        flash(ngettext("%(num)s ändring sparad.", "%(num)s ändringar sparade.", changed), "ok")
    else:
        flash(_("Inget var ändrat."), "plain")


@bp.post("/events/<public_id>/walk-ins", endpoint="walk_ins")
@requires(Permission.EVENTS_READ)
def walk_ins(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.hosted_by(actor, public_id)
    form = WalkInForm()
    if form.validate_on_submit():
        with form.attempt():
            services.count_walk_ins(event, form.number.data or 0, by=actor)
            flash(_("Antalet är sparat."), "ok")
            return redirect(url_for("events.attendance", public_id=public_id), 303)
    return _page(event, actor, form)


def _page(event: Event, actor: Actor, form: WalkInForm) -> str:
    guests = queries.attendance(event.id, with_needs=True)
    access_log.listed(actor, [one.person_id for one in guests], Look.EVENT_GUESTS)
    dates = queries.dates_of(event)
    may_write = actor.may(Permission.EVENTS_WRITE)
    needs_until = clock.local(event.ends_at).date() + NEEDS_KEPT
    about = queries.mailings_about(event, dates) if may_write else []
    return render_template(
        "events/attendance.html",
        event=event,
        form=form,
        dates=dates,
        line=queries.counts_of(event),
        **_by_answer(guests),
        is_over=event.starts_at <= clock.now(),
        can_check_in=may_tick_off(event.state, event.starts_at, now=clock.now()),
        under_way=services.under_way(about, dates),
        mailing_names=MAILINGS,
        can_announce=services.may_be_announced(event, about),
        waits_for_morning=queries.waits_of(event) if may_write else None,
        needs_until=needs_until,
        needs_gone=needs_until < clock.today(),
    )


def _by_answer(guests: list[Guest]) -> dict[str, list[Guest]]:
    """Return the guests as the list groups them; who waits stands in the order of the queue."""
    waiting = [one for one in guests if one.answer is Answer.WAITING]
    return {
        "coming": [one for one in guests if one.answer is Answer.YES],
        "offered": [one for one in guests if one.answer is Answer.OFFERED],
        "walked_in": [one for one in guests if one.answer is Answer.WALKED_IN],
        "waiting": sorted(waiting, key=lambda one: one.queue_no or 0),
    }
