from flask import Response, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core import language
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, by_link, current_actor, requires
from alumni_portal.events import access, queries
from alumni_portal.events.emails.calendar import Holder, feed, file_of, name_of
from alumni_portal.events.models import Answer, Event
from alumni_portal.events.rules import IN_LINE
from alumni_portal.events.views import bp

_COMES = {Answer.YES, *IN_LINE}


def _file(event: Event, person_id: int | None, url: str) -> ResponseReturnValue:
    dates = queries.dates_of(event)
    replies = queries.replies_of(person_id, [one.id for one in dates]) if person_id else {}
    said = {one.id: replies[one.id].answer if one.id in replies else None for one in dates}
    if len(dates) > 1:  # the whole series, or the dates of it that somebody comes to
        mine = [one for one in dates if said[one.id] in _COMES] or dates
        pairs = [(one, said[one.id]) for one in mine]
        made = feed(pairs, url_of=lambda _one: url, language=language.current())
    else:
        holder = Holder(answer=said[event.id])
        made = file_of(event, url=url, language=language.current(), holder=holder)
    headers = {
        "Content-Disposition": f'attachment; filename="{name_of(event)}"',
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return Response(made, mimetype="text/calendar", headers=headers)


@bp.get("/events/<public_id>/calendar.ics")
@requires(Permission.EVENTS_READ)
def ics(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = access.event_for(actor, public_id)
    url = url_for("events.event", public_id=public_id, _external=True)
    return _file(event, None if actor.is_staff else actor.person_id, url)


@bp.get("/events/reply/<token>/calendar.ics")
@by_link
def ics_by_link(token: str) -> ResponseReturnValue:
    door = queries.door(token)
    if door is None:
        raise NotFound
    url = url_for("events.reply_by_link", token=token, _external=True)
    return _file(door.event, door.person.id, url)
