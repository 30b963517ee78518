from datetime import timedelta

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import access, queries, services
from alumni_portal.events.models import Event
from alumni_portal.events.queries import Door
from alumni_portal.events.queries.replies import GUESTS
from alumni_portal.events.rules import MOST_GUESTS, may_tick_off, party_of
from alumni_portal.events.views import bp
from alumni_portal.people.models import Person
from alumni_portal.people.queries import person


@bp.route("/events/door/<token>", methods=["GET", "POST"])
@requires(Permission.EVENTS_READ)
def at_the_door(token: str) -> ResponseReturnValue:
    actor, door = current_actor(), _guest(token)
    event, guest = door.event, door.person
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            _let_in(event, guest)
            return redirect(url_for("events.attendance", public_id=event.public_id), 303)
    access_log.opened(actor, guest.id, Look.EVENT_GUESTS)
    reply = queries.reply(event.id, guest.id)
    names = queries.told(GUESTS, reply.guest_names if reply else None)
    return render_template(
        "events/door.html",
        event=event,
        guest=guest,
        form=form,
        reply=reply,
        names=names,
        party=party_of(reply.guests if reply else 0, names),
        may_tick=may_tick_off(event.state, event.starts_at, now=clock.now()),
    )


@bp.route("/events/<public_id>/door", methods=["GET", "POST"], endpoint="let_in")
@requires(Permission.EVENTS_READ)
def let_in(public_id: str) -> ResponseReturnValue:
    event = access.hosted_by(current_actor(), public_id)
    form, text = PlainForm(), request.args.get("q", "")[:200]
    if form.validate_on_submit():
        with form.attempt():
            guest = person(request.form.get("person", ""))
            if guest is None:
                raise NotFound
            _let_in(event, guest)
            return redirect(url_for("events.let_in", public_id=public_id), 303)
    scanned = queries.guest_with(text.strip().rpartition("/")[2])
    if scanned is not None and scanned.event.id == event.id:
        token = text.strip().rpartition("/")[2]
        return redirect(url_for("events.at_the_door", token=token), 303)
    return render_template(
        "events/let_in.html", event=event, form=form, text=text, found=_callers(event, text)
    )


@bp.get("/events/<public_id>/door/names", endpoint="suggest_names")
@requires(Permission.EVENTS_READ)
@limited(Limit(name="event-door-names", most=1_000, per=timedelta(hours=1), by=by_client))
def suggest_names(public_id: str) -> ResponseReturnValue:
    event = access.hosted_by(current_actor(), public_id)
    found = _callers(event, request.args.get("q", "")[:200])
    return jsonify({"suggestions": [one.name for one in found]})


def _callers(event: Event, text: str) -> list[queries.Caller]:
    """Return whom the host may mean, from the day of the event: who was looked up is told."""
    if not may_tick_off(event.state, event.starts_at, now=clock.now()):
        return []
    found = queries.callers(event.id, text)
    access_log.listed(current_actor(), [one.person_id for one in found], Look.EVENT_GUESTS)
    return found


def _let_in(event: Event, guest: Person) -> None:
    before = queries.reply(event.id, guest.id)
    was_here = before is not None and before.checked_in_at is not None
    ticked = request.form.getlist("guest")
    guests = [place for place in range(MOST_GUESTS) if str(place) in ticked]
    services.let_in(event, guest.id, guests=guests, by=current_actor())
    if was_here:
        flash(_("%(name)s var redan avprickad.", name=guest.name), "plain")
    else:
        flash(_("%(name)s är avprickad.", name=guest.name), "ok")


def _guest(token: str) -> Door:
    """Return whom a code stands for, to the hosts of that event; for all others it is missing."""
    door = queries.guest_with(token)
    if door is None or not access.sees_guests(current_actor(), door.event):
        raise NotFound
    return door
