"""An answer to one event: the form, the choices that mean something now, and what was answered."""

from flask_babel import gettext as _

from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Actor
from alumni_portal.events import queries, services
from alumni_portal.events.forms import NO, REMOTE, WAIT, YES, ReplyForm, guest_choices
from alumni_portal.events.models import Answer, Event, EventKind, Reply
from alumni_portal.events.rules import HOLDS_SEATS, Closed, seats_left

_CHOSEN = {Answer.YES: YES, Answer.OFFERED: YES, Answer.WAITING: WAIT, Answer.NO: NO}


def form_for(event: Event, reply: Reply | None) -> ReplyForm:
    """Return the form with what was answered before."""
    chosen = _CHOSEN.get(reply.answer) if reply else None
    if reply is not None and reply.remotely:
        chosen = REMOTE
    form = ReplyForm(answer=chosen, guests=str(reply.guests if reply else 0))
    form.guests.choices = guest_choices(max(event.guests_allowed, reply.guests if reply else 0))
    return form


def take(form: ReplyForm, event: Event, person_id: int, by: Actor) -> str:
    """Note the answer and return what to say about it."""
    wanted = services.Wanted(
        comes=form.answer.data != NO,
        guests=int(form.guests.data or 0),
        remotely=form.answer.data == REMOTE,
        needs=form.needs.data or "",
        guest_names=form.guest_names.data or "",
        forgets_needs=bool(form.forgets_needs.data),
        may_wait=form.answer.data == WAIT,
    )
    done = services.answer(event.id, person_id, wanted, by=by)
    if done.answer is Answer.YES:
        return _("Du är anmäld. Vi har mejlat en bekräftelse.")
    if done.answer is Answer.NO:
        return _("Tack för svaret. Du är inte anmäld.")
    return _("Du står på väntelistan som nummer %(rank)s.", rank=queries.rank(done) or 1)


def offer_choices(form: ReplyForm, event: Event, reply: Reply | None, why: Closed | None) -> None:
    """Offer the answers that mean something now; what was typed stays chosen when it still does."""
    offered = _choices(event, reply, why)
    form.answer.choices = options(offered)
    if form.answer.data == YES and offered[0][0] == WAIT:
        form.answer.data = WAIT


def _choices(event: Event, reply: Reply | None, why: Closed | None) -> list[tuple[str, str]]:
    answer = reply.answer if reply else None
    holds = answer in HOLDS_SEATS
    if why is not None and not (why is Closed.TOO_LATE and holds):
        return [(NO, _("Nej, jag kommer inte"))]
    if answer is Answer.OFFERED:
        yes = [(YES, _("Ja, jag tar platsen"))]
        no = (NO, _("Nej, låt den gå vidare"))
    elif answer is Answer.WAITING:
        yes = [(WAIT, _("Ja, jag väntar på en plats"))]
        no = (NO, _("Nej, lämna väntelistan"))
    elif seats_left(event.capacity, event.seats_taken) == 0 and not holds:
        yes = [(WAIT, _("Ja, ställ mig på väntelistan"))]
        no = (NO, _("Nej, inte nu"))
    else:
        yes = [(YES, _("Ja, jag kommer"))]
        no = (NO, _("Nej, inte nu"))
    if event.kind is EventKind.HYBRID:
        yes.append((REMOTE, _("Ja, på distans")))
    return [*yes, no]
