from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from alumni_portal.audiences.models import Segment
from alumni_portal.audiences.queries import REASONS, resolve, segments
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import date_time
from alumni_portal.core.forms import PlainForm, options
from alumni_portal.core.night import is_quiet, morning_after
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.prose import prose
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import InviteForm
from alumni_portal.events.models import Event, EventState
from alumni_portal.events.queries import Left
from alumni_portal.events.views import bp

_LEFT_OUT = {
    Left.NO_CONSENT: _l("Medlemmar som inte har sagt ja till inbjudningar"),
    Left.PAUSED: _l("Har tagit en paus"),
    Left.NO_ADDRESS: _l("Saknar bekräftad privat adress"),
    Left.SUPPRESSED: _l("Vi skickar inte till adressen"),
    Left.ALREADY: _l("Redan bjudna, eller har redan svarat"),
}


@bp.route("/events/<public_id>/invitation", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def invite(public_id: str) -> ResponseReturnValue:
    event = queries.first_date(access.event_for(current_actor(), public_id))
    saved = segments()
    chosen = _chosen(saved)
    form = _invite_form(saved, chosen)
    among, left_out = _among(chosen)
    if form.validate_on_submit():
        if "show" in request.form:
            there = url_for("events.invite", public_id=public_id, segment=form.segment.data or None)
            return redirect(there, 303)
        with form.attempt():
            flash(_sent(event, among, form), "ok")
            return redirect(url_for("events.attendance", public_id=public_id), 303)
    return _invite_page(event, form, chosen, queries.uninvited(event.id, among=among), left_out)


def _invite_form(saved: Sequence[Segment], chosen: Segment | None) -> InviteForm:
    form = InviteForm(segment=chosen.public_id if chosen else "")
    everybody = ("", _("Alla som har sagt ja till inbjudningar"))
    form.segment.choices = options([everybody, *((one.public_id, one.name) for one in saved)])
    return form


def _invite_page(
    event: Event,
    form: InviteForm,
    chosen: Segment | None,
    found: queries.Uninvited,
    left_out: list[tuple[object, int]],
) -> str:
    """Show the letters and how many get them; the form says yes to just that number of them."""
    form.number.data, form.number.raw_data = len(found.people), None
    form.shown.data = chosen.public_id if chosen else ""
    ahead = queries.dates_ahead(event)
    written = services.editions(event, dates=ahead or [event])
    return render_template(
        "events/invite.html",
        event=event,
        form=form,
        chosen=chosen,
        number=len(found.people),
        is_ahead=bool(ahead) and event.state is not EventState.DRAFT,
        languages_of=Counter(one.language for one in found.people),
        left_out=[*left_out, *_left_out(found)],
        editions=[(one, _as_read(one.text, event)) for one in written],
        waits_until=_waits_until(),
    )


def _sent(event: Event, among: set[int] | None, form: InviteForm) -> str:
    """Send the invitation, now or in the morning, and return what to say about it.

    The number that was shown for another choice is a yes to nobody.
    """
    segment, expected = form.segment.data, form.number.data
    if expected is None or form.shown.data != segment:
        expected = 0
    if _waits_until() and request.form.get("when") != "now":
        at = services.wait_for_morning(
            event.id, segment=segment, expected=expected, by=current_actor()
        )
        return _("Inbjudan går %(at)s.", at=date_time(at))
    actor = current_actor()
    _mailing, number = services.invite(event.id, by=actor, among=among, expected=expected)
    return ngettext("%(num)s inbjudan är på väg.", "%(num)s inbjudningar är på väg.", number)


def _waits_until() -> datetime | None:
    """Return until when what is sent now waits, so that it wakes nobody; nothing by day."""
    return morning_after(clock.now()) if is_quiet(clock.now()) else None


@bp.route("/events/<public_id>/announcement", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def announce(public_id: str) -> ResponseReturnValue:
    """Ask whether those who were asked to a series are to hear of a date that was added."""
    event, form = access.event_for(current_actor(), public_id), PlainForm()
    if not services.may_be_announced(event):
        raise NotFound
    if form.validate_on_submit():
        with form.attempt():
            flash(_announced(event), "ok")
            return redirect(url_for("events.attendance", public_id=public_id), 303)
    people = queries.to_announce(event)
    made = services.editions(event, services.NEW_DATE, [event])
    return render_template(
        "events/announce.html",
        event=event,
        form=form,
        number=len(people),
        languages_of=Counter(one.language for one, _invitation in people),
        editions=[(one, _as_read(one.text, event)) for one in made],
        waits_until=_waits_until(),
    )


def _announced(event: Event) -> str:
    if _waits_until() and request.form.get("when") != "now":
        at = services.wait_for_morning(event.id, by=current_actor())
        return _("Mejlet går %(at)s.", at=date_time(at))
    _mailing, number = services.announce(event.id, by=current_actor())
    return ngettext("%(num)s mejl är på väg.", "%(num)s mejl är på väg.", number)


@bp.post("/events/<public_id>/waiting-mail", endpoint="take_back_mail")
@requires(Permission.EVENTS_WRITE)
def take_back_mail(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    services.take_back(event.id, by=current_actor())
    flash(_("Mejlet går inte. Inget har skickats."), "ok")
    return redirect(url_for("events.attendance", public_id=public_id), 303)


def _chosen(saved: Sequence[Segment]) -> Segment | None:
    """Return the segment that was picked; one that is gone must not turn into everybody."""
    values = request.form if request.method == "POST" else request.args
    ref = values.get("segment", "")
    found = next((one for one in saved if one.public_id == ref), None)
    if ref and found is None:
        raise NotFound
    return found


def _among(chosen: Segment | None) -> tuple[set[int] | None, list[tuple[object, int]]]:
    """Return whom a segment narrows it to, and how many it leaves out for which reason."""
    if chosen is None:
        return None, []
    found = resolve(chosen.wanted, Purpose.EVENTS)
    left_out: list[tuple[object, int]] = [
        (REASONS[why], number) for why, number in found.left_out.items()
    ]
    return {one.person_id for one in found.recipients}, left_out


def _left_out(found: queries.Uninvited) -> list[tuple[object, int]]:
    return [(words, found.left_out[why]) for why, words in _LEFT_OUT.items() if found.left_out[why]]


def _as_read(text: str, event: Event) -> Markup:
    """Return the letter as somebody will read it, with what its slots will hold."""
    example = {
        "{{first_name}}": _("Förnamn"),
        "{{reply_link}}": url_for("events.event", public_id=event.public_id, _external=True),
        "{{calendar_link}}": url_for("events.ics", public_id=event.public_id, _external=True),
        "{{unsubscribe}}": url_for("consents.centre", _external=True),
    }
    for slot, value in example.items():
        text = text.replace(slot, value)
    return prose(text, below=3)
