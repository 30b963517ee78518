from datetime import timedelta

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import Permission, by_link, current_actor, requires
from alumni_portal.core.rendering import link
from alumni_portal.events import emails, queries, services
from alumni_portal.events.views import bp

#: What was longer ago is no longer in the calendar that programs follow.
_SHOWN = timedelta(days=90)
_HOUR = timedelta(hours=1)


def _me() -> int:
    """Return the person whose calendar it is: only those who are invited have one."""
    actor = current_actor()
    if actor.person_id is None or actor.is_staff:
        raise NotFound
    return actor.person_id


@bp.route("/events/calendar", methods=["GET", "POST"])
@requires(Permission.HOME_ALUMNUS)
def own_calendar() -> ResponseReturnValue:
    person_id, form = _me(), PlainForm()
    if form.validate_on_submit():
        services.renew_feed(person_id, by=current_actor())
        flash(_("Kalendern har en ny adress. En äldre adress slutar gälla."), "ok")
        return redirect(url_for("events.own_calendar"), 303)
    feed = queries.feed_of(person_id)
    address = link("events.feed", token=queries.feed_key(feed)) if feed else ""
    return render_template("events/calendar.html", feed=feed, address=address, form=form)


@bp.post("/events/calendar/end", endpoint="end_own_calendar")
@requires(Permission.HOME_ALUMNUS)
def end_own_calendar() -> ResponseReturnValue:
    services.end_feed(_me(), by=current_actor())
    flash(_("Kalendern är avslagen. Adressen slutar gälla."), "ok")
    return redirect(url_for("events.own_calendar"), 303)


@bp.get("/calendar/<token>.ics")
@by_link
@limited(Limit(name="event-feed", most=600, per=_HOUR, by=by_client))
def feed(token: str) -> ResponseReturnValue:
    person = queries.holder_of(token)
    if person is None:
        raise NotFound
    found = queries.entries(person.id, since=clock.now() - _SHOWN)
    made = emails.feed(
        [(one.event, one.answer) for one in found],
        url_of=lambda one: str(link("events.event", public_id=one.public_id)),
        language=person.language,
    )
    headers = {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    return Response(made, mimetype="text/calendar", headers=headers)
