from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock, language
from alumni_portal.core.forms import options
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import (
    Actor,
    Permission,
    by_link,
    current_actor,
    requires,
)
from alumni_portal.core.prose import prose
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import GUESTS, NO, WAIT, YES, ReplyForm
from alumni_portal.events.models import Answer, Event, EventState, Reply
from alumni_portal.events.rules import (
    HOLDS_SEATS,
    IN_LINE,
    NEEDS_KEPT,
    Closed,
    agenda_of,
    may_decline,
    reasons_not_to_come,
    seats_left,
)
from alumni_portal.events.views import bp
from alumni_portal.events.views.shell import layout

_CHOSEN = {Answer.YES: YES, Answer.OFFERED: YES, Answer.WAITING: WAIT, Answer.NO: NO}
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
    """Who looks at an event, and whether they have come by a mailed link."""

    person_id: int | None
    name: str
    is_invited: bool
    reply: Reply | None


def _reader(event: Event, person_id: int | None, name: str) -> Reader:
    known = person_id is not None
    return Reader(
        person_id,
        name,
        queries.is_invited(person_id),
        queries.reply(event.id, person_id) if known and person_id else None,
    )


@bp.route("/events/<public_id>", methods=["GET", "POST"])
@requires(Permission.EVENTS_READ)
@limited(Limit(name="event-reply", most=600, per=_HOUR, by=by_client))
def event(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.event_for(actor, public_id)
    answers = not actor.is_staff
    reader = _reader(found, actor.person_id if answers else None, actor.name)
    here = url_for("events.event", public_id=public_id)
    return _page(
        found,
        reader,
        actor,
        here,
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
    state = "unknown" if door is None else "expired" if door.event.ends_at <= clock.now() else ""
    if door is None or state:
        return render_template("events/link_closed.html", state=state), 410, QUIET
    person = door.person
    actor = Actor(ref=person.public_id, person_id=person.id, name=person.name)
    shown = _page(
        door.event,
        _reader(door.event, person.id, person.name),
        actor,
        url_for("events.reply_by_link", token=token),
        layout="layouts/task.html",
        by_mail=True,
        can_manage=False,
        calendar=url_for("events.ics_by_link", token=token),
    )
    return (shown, 200, QUIET) if isinstance(shown, str) else shown


def _page(
    event: Event, reader: Reader, actor: Actor, here: str, **shell: object
) -> str | ResponseReturnValue:
    """Show an event to a reader, and take the answer when one was sent."""
    form = _form(event, reader)
    if form.validate_on_submit() and reader.person_id is not None:
        with form.attempt():
            done = services.answer(event.id, reader.person_id, _wanted(form), by=actor)
            flash(_said(done), "ok")
            return redirect(here, 303)
    if form.is_submitted():  # what stands now, not what stood before others answered
        event = queries.event_by_id(event.id) or event
        reader = _reader(event, reader.person_id, reader.name)
    shown = _shown(event, reader)
    _choices(form, shown)
    return render_template("events/event.html", form=form, here=here, **shown, **shell)


def _form(event: Event, reader: Reader) -> ReplyForm:
    reply = reader.reply
    chosen = _CHOSEN.get(reply.answer) if reply else None
    form = ReplyForm(answer=chosen, guests=str(reply.guests if reply else 0))
    form.guests.choices = options(GUESTS[: event.guests_allowed + 1])
    return form


def _wanted(form: ReplyForm) -> services.Wanted:
    return services.Wanted(
        comes=form.answer.data != NO,
        guests=int(form.guests.data or 0),
        needs=form.needs.data or "",
        forgets_needs=bool(form.forgets_needs.data),
        may_wait=form.answer.data == WAIT,
    )


def _said(reply: Reply) -> str:
    if reply.answer is Answer.YES:
        return _("Du är anmäld. Vi har mejlat en bekräftelse.")
    if reply.answer is Answer.NO:
        return _("Tack för svaret. Du är inte anmäld.")
    return _("Du står på väntelistan som nummer %(rank)s.", rank=queries.rank(reply) or 1)


def _shown(event: Event, reader: Reader) -> dict[str, Any]:
    """Return what the page shows: never anybody else's name, never food or access."""
    reply, spoken = reader.reply, language.current()
    reasons = _reasons(event, reader)
    comes = reply is not None and reply.answer is Answer.YES
    return {
        "event": event,
        "title": event.title_in(spoken),
        "text": prose(event.text_in(spoken), below=2),
        "agenda": agenda_of(event.agenda_in(spoken)),
        "picture": queries.picture_of(event),
        "spoken": spoken,
        "directions": prose(event.directions, below=2),
        "reader": reader,
        "reply": reply,
        "rank": queries.rank(reply) if reply else None,
        "waiting": queries.number_waiting(event.id),
        "left": seats_left(event.capacity, event.seats_taken),
        "closed": reasons[0] if reasons else None,
        "closed_words": services.CLOSED,
        "may_decline": _may_decline(event, reply),
        "comes": comes,
        "is_over": event.state is EventState.PAST or event.starts_at <= clock.now(),
        "needs_until": clock.local(event.ends_at).date() + NEEDS_KEPT,
    }


def _reasons(event: Event, reader: Reader) -> list[Closed]:
    return reasons_not_to_come(
        event.state,
        starts_at=event.starts_at,
        reply_from=event.reply_from,
        reply_by=event.reply_by,
        is_invited=reader.is_invited,
        now=clock.now(),
    )


def _may_decline(event: Event, reply: Reply | None) -> bool:
    """Say whether a no would change something."""
    holds = reply is not None and reply.answer in {Answer.YES, *IN_LINE}
    return holds and may_decline(event.state, starts_at=event.starts_at, now=clock.now())


def _choices(form: ReplyForm, shown: dict[str, Any]) -> None:
    """Offer the answers that mean something now; what was typed stays chosen when it still does."""
    reply, left = shown["reply"], shown["left"]
    answer = reply.answer if reply else None
    held = reply.seats if answer in HOLDS_SEATS else 0
    closed = shown["closed"]
    if closed is not None and not (closed is Closed.TOO_LATE and held):
        offered = [(NO, _("Nej, jag kommer inte"))]
    elif answer is Answer.OFFERED:
        offered = [(YES, _("Ja, jag tar platsen")), (NO, _("Nej, låt den gå vidare"))]
    elif answer is Answer.WAITING:
        offered = [(WAIT, _("Ja, jag väntar på en plats")), (NO, _("Nej, lämna väntelistan"))]
    elif left == 0 and not held:
        offered = [(WAIT, _("Ja, ställ mig på väntelistan")), (NO, _("Nej, inte nu"))]
    else:
        offered = [(YES, _("Ja, jag kommer")), (NO, _("Nej, inte nu"))]
    form.answer.choices = options(offered)
    if form.answer.data == YES and offered[0][0] == WAIT:
        form.answer.data = WAIT
