from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core import language
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.events import queries
from alumni_portal.events.models import Event
from alumni_portal.events.views import bp
from alumni_portal.events.views.shell import layout


@bp.get("/events")
@requires(Permission.EVENTS_READ)
def index() -> ResponseReturnValue:
    actor = current_actor()
    if actor.may(Permission.EVENTS_WRITE):
        return redirect(url_for("events.manage"), 303)
    found = queries.coming(cancelled=True)
    past = queries.past(older_than=request.args.get("older"))
    coming, mine = queries.one_per_series(found), {}
    if not actor.is_staff and actor.person_id is not None:
        ids = [one.id for one in (*found, *past.rows)]
        replies = queries.replies_of(actor.person_id, ids)
        mine = {**replies, **queries.standing_in(coming, replies)}
    return render_template(
        "events/index.html",
        layout=layout(),
        coming=coming,
        past=past.rows,
        lines=_lines(past.rows),
        older=past.next,
        mine=mine,
        spoken=language.current(),
    )


@bp.get("/events/manage")
@requires(Permission.EVENTS_WRITE)
def manage() -> ResponseReturnValue:
    past = queries.past(older_than=request.args.get("older"))
    drafts, coming = queries.drafts(), queries.coming(cancelled=True)
    return render_template(
        "events/manage.html",
        drafts=drafts,
        coming=coming,
        past=past.rows,
        lines=_lines([*drafts, *coming, *past.rows]),
        older=past.next,
    )


def _lines(events: list[Event]) -> dict[int, queries.Line]:
    return {line.event.id: line for line in queries.lines_of(events)}
