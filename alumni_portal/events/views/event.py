from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from alumni_portal.core import clock, codes, language
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import (
    Actor,
    Permission,
    by_link,
    current_actor,
    requires,
)
from alumni_portal.core.prose import prose
from alumni_portal.events import access, emails, queries, services
from alumni_portal.events.forms import DatesForm, ReplyForm
from alumni_portal.events.models import Answer, Event, EventState, Reply
from alumni_portal.events.rules import (
    IN_LINE,
    NEEDS_KEPT,
    agenda_of,
    may_decline,
    seats_left,
)
from alumni_portal.events.views import bp, dating, replying
from alumni_portal.events.views.shell import layout

#: The address of the page is the key to it: no other site may learn it.
QUIET = {"Referrer-Policy": "no-referrer"}
_HOUR = timedelta(hours=1)


def by_token() -> str | None:
    """Count by the link that is used."""
    return str((request.view_args or {}).get("token", ""))


REPLIES = (
    Limit(name="event-reply-link", most=60, per=_HOUR, by=by_token),
    Limit(name="event-reply-client", most=600, per=_HOUR, by=by_client),
)


@dataclass(frozen=True)
class Reader:
    """Who looks at an event: they may answer when they are somebody."""

    person_id: int | None
    name: str
    is_invited: bool


def _reader(person_id: int | None, name: str) -> Reader:
    return Reader(person_id, name, queries.is_invited(person_id))


@bp.route("/events/<public_id>", methods=["GET", "POST"])
@requires(Permission.EVENTS_READ)
@limited(Limit(name="event-reply", most=600, per=_HOUR, by=by_client))
def event(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.event_for(actor, public_id)
    answers = not actor.is_staff
    return _page(
        queries.dates_of(found),
        _reader(actor.person_id if answers else None, actor.name),
        actor,
        url_for("events.event", public_id=public_id),
        layout=layout(),
        by_mail=False,
        can_manage=access.sees_guests(actor, found),
        calendar=url_for("events.ics", public_id=public_id),
    )


@bp.route("/events/reply/<token>", methods=["GET", "POST"])
@by_link
@limited(*REPLIES)
def reply_by_link(token: str) -> ResponseReturnValue:
    door = queries.door(token)
    dates = queries.dates_of(door.event) if door else []
    is_over = bool(dates) and _ends(dates) <= clock.now()
    state = "unknown" if door is None else "expired" if is_over else ""
    if door is None or state:
        return render_template("events/link_closed.html", state=state), 410, QUIET
    person = door.person
    actor = Actor(ref=person.public_id, person_id=person.id, name=person.name)
    shown = _page(
        dates,
        _reader(person.id, person.name),
        actor,
        url_for("events.reply_by_link", token=token),
        layout="layouts/task.html",
        by_mail=True,
        can_manage=False,
        calendar=url_for("events.ics_by_link", token=token),
    )
    return (shown, 200, QUIET) if isinstance(shown, str) else shown


def _ends(dates: Sequence[Event]) -> datetime:
    """Return when a link ends: with the last date."""
    return max(one.ends_at for one in dates)


def _page(
    dates: Sequence[Event], reader: Reader, actor: Actor, here: str, **shell: object
) -> str | ResponseReturnValue:
    """Show an event to a reader, and take the answer when one was sent."""
    lines = dating.lines_of(dates, reader.person_id, is_invited=reader.is_invited)
    form, said = _ask(lines, reader, actor)
    if said:
        flash(said, "ok")
        return redirect(here, 303)
    if form.is_submitted():  # what stands now, not what stood before others answered
        dates = queries.dates_of(dates[0])
        lines = dating.lines_of(dates, reader.person_id, is_invited=reader.is_invited)
    now = _next(lines)
    if isinstance(form, ReplyForm):
        replying.offer_choices(form, now.event, now.reply, now.closed)
    return render_template(
        "events/event.html",
        form=form,
        here=here,
        lines=lines if len(lines) > 1 else [],
        differs=isinstance(form, DatesForm) and dating.differs(form, lines),
        ticked=dating.ticked(form) if isinstance(form, DatesForm) else set(),
        code=_code(lines, reader),
        **_shown(now, reader, until=_ends([one.event for one in lines])),
        **shell,
    )


def _next(lines: Sequence[dating.DateLine]) -> dating.DateLine:
    """Return the date that a page is about: the next one, or the last when all are over."""
    ahead = (
        one
        for one in lines
        if one.event.ends_at > clock.now() and one.event.state is not EventState.CANCELLED
    )
    return next(ahead, lines[-1])


def _ask(
    lines: Sequence[dating.DateLine], reader: Reader, actor: Actor
) -> tuple[ReplyForm | DatesForm, str]:
    """Return the form and, when an answer was taken, what to say about it."""
    only = lines[0] if len(lines) == 1 else None
    form = replying.form_for(only.event, only.reply) if only else dating.form_for(lines)
    if form.validate_on_submit() and reader.person_id is not None:
        with form.attempt():
            if only and isinstance(form, ReplyForm):
                return form, replying.take(form, only.event, reader.person_id, actor)
            if isinstance(form, DatesForm):
                return form, dating.take(form, lines, reader.person_id, actor)
    return form, ""


def _code(lines: Sequence[dating.DateLine], reader: Reader) -> Markup | None:
    """Return the code to show at the next door, when the reader has a seat there."""
    for one in lines:
        ahead = one.event.ends_at > clock.now() and one.event.state is EventState.OPEN
        if ahead and one.reply is not None and emails.has_pass(one.event, one.reply):
            invitation = queries.invitation(one.event.id, reader.person_id or 0)
            return codes.as_svg(str(emails.pass_link(invitation))) if invitation else None
    return None


def _shown(now: dating.DateLine, reader: Reader, *, until: datetime) -> dict[str, Any]:
    """Return what the page shows: never anybody else's name, never food or access."""
    spoken, event, reply = language.current(), now.event, now.reply
    return {
        "event": event,
        "title": event.title_in(spoken),
        "text": prose(event.words("text", spoken), below=2),
        "agenda": agenda_of(event.words("agenda", spoken)),
        "picture": queries.picture_of(event),
        "spoken": spoken,
        "directions": prose(event.words("directions", spoken), below=2),
        "reader": reader,
        "reply": reply,
        "rank": now.rank,
        "waiting": queries.number_waiting(event.id),
        "left": seats_left(event.capacity, event.seats_taken),
        "closed": now.closed,
        "closed_words": services.CLOSED,
        "may_decline": _may_decline(event, reply),
        "comes": reply is not None and reply.answer is Answer.YES,
        "is_over": event.state is EventState.PAST or event.starts_at <= clock.now(),
        "needs_until": clock.local(until).date() + NEEDS_KEPT,
        "opens": emails.opens_in(event, spoken),
        "closes": emails.closes_in(event, spoken),
    }


def _may_decline(event: Event, reply: Reply | None) -> bool:
    """Say whether a no would change something."""
    holds = reply is not None and reply.answer in {Answer.YES, *IN_LINE}
    return holds and may_decline(event.state, starts_at=event.starts_at, now=clock.now())
