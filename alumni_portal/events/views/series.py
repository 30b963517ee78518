from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import DateForm
from alumni_portal.events.models import Event
from alumni_portal.events.views import bp


@bp.route("/events/<public_id>/dates", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def add_date(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    starts, ends = clock.local(event.starts_at), clock.local(event.ends_at)
    form = DateForm(begins=starts.time(), until=ends.time(), capacity=event.capacity)
    if form.validate_on_submit():
        with form.attempt():
            begins, until = form.moments()
            room = form.capacity.data
            added = services.add_date(event.id, begins, until, capacity=room, by=current_actor())
            flash(_("Datumet är tillagt. Rubrik, text och program är desamma."), "ok")
            return redirect(_next(added), 303)
    dates = queries.dates_of(event)
    return render_template("events/dates.html", event=event, dates=dates, form=form)


def _next(added: Event) -> str:
    """Return where to go on: where somebody was asked before, they may be told of the date."""
    asked = services.may_be_announced(added) and queries.to_announce(added)
    where = "events.announce" if asked else "events.attendance"
    return url_for(where, public_id=added.public_id)
