from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, queries, services
from alumni_portal.events.queries import Door
from alumni_portal.events.rules import may_tick_off
from alumni_portal.events.views import bp


@bp.route("/events/door/<token>", methods=["GET", "POST"])
@requires(Permission.EVENTS_READ)
def at_the_door(token: str) -> ResponseReturnValue:
    actor, door = current_actor(), _guest(token)
    event, guest = door.event, door.person
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.check_in(event, here={guest.public_id}, gone=set(), by=actor)
            flash(_("%(name)s är avprickad.", name=guest.name), "ok")
            return redirect(url_for("events.attendance", public_id=event.public_id), 303)
    access_log.opened(actor, guest.id, Look.EVENT_GUESTS)
    return render_template(
        "events/door.html",
        event=event,
        guest=guest,
        form=form,
        reply=queries.reply(event.id, guest.id),
        may_tick=may_tick_off(event.state, event.starts_at, now=clock.now()),
    )


def _guest(token: str) -> Door:
    """Return whom a code stands for, to the hosts of that event; for all others it is missing."""
    door = queries.guest_with(token)
    if door is None or not access.sees_guests(current_actor(), door.event):
        raise NotFound
    return door
