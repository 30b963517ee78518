from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.accounts.queries import users
from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import date_time
from alumni_portal.core.forms import options
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import MATRIX, Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.events import access, queries, services
from alumni_portal.events.forms import ALL, CancelForm, EventForm
from alumni_portal.events.models import Event, EventKind, EventState
from alumni_portal.events.rules import OFFER_HOURS
from alumni_portal.events.views import bp
from alumni_portal.events.views.pictures import is_sound, keep_picture
from alumni_portal.people.queries import open_units, person, unit

_TYPED = (
    "title",
    "title_en",
    "text",
    "text_en",
    "agenda",
    "agenda_en",
    "place",
    "address",
    "directions",
    "place_en",
    "address_en",
    "directions_en",
    "online_url",
    "thanks",
    "thanks_en",
)
_WINDOW = ("reply_from", "reply_from_time", "reply_by", "reply_by_time", "offer_hours")
#: Who may be host: staff who may see events at all.
_HOSTS = {role for role, allowed in MATRIX.items() if Permission.EVENTS_READ in allowed}


def _to(event: Event) -> ResponseReturnValue:
    return redirect(url_for("events.attendance", public_id=event.public_id), 303)


def _with_choices(form: EventForm, kept: Event | None = None) -> EventForm:
    staff = [who.person for who, roles in users() if roles & _HOSTS]
    access_log.listed(current_actor(), [one.id for one in staff], Look.PERSON_LIST)
    hosts = {one.public_id: one.name for one in staff}
    if kept is not None and kept.host is not None:
        hosts.setdefault(kept.host.public_id, kept.host.name)
    form.host.choices = options([("", _("Ingen särskild person")), *hosts.items()])
    pairs = [("", _("Ingen särskild avdelning"))]
    units = open_units()
    if kept is not None and kept.unit is not None and kept.unit not in units:
        units = [kept.unit, *units]
    form.unit.choices = options([*pairs, *((one.public_id, one.name) for one in units)])
    return form


def _plan(form: EventForm) -> services.Plan:
    starts_at, ends_at = form.moments()
    inviting = unit(form.unit.data) if form.unit.data else None
    host = person(form.host.data) if form.host.data else None
    return services.Plan(
        kind=EventKind(form.kind.data),
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=form.capacity.data,
        guests_allowed=int(form.guests_allowed.data),
        reply_from=form.reply_from.data,
        reply_from_time=form.reply_from_time.data,
        reply_by=form.reply_by.data,
        reply_by_time=form.reply_by_time.data,
        offer_hours=form.offer_hours.data or OFFER_HOURS,
        unit_id=inviting.id if inviting else None,
        host_id=host.id if host else None,
        sends_thanks=bool(form.sends_thanks.data),
        **_words(form),
    )


def _words(form: EventForm) -> dict[str, Any]:
    return {name: form[name].data or "" for name in _TYPED}


def _typed(event: Event) -> dict[str, Any]:
    starts, ends = clock.local(event.starts_at), clock.local(event.ends_at)
    picture = queries.picture_of(event)
    return {
        "kind": event.kind,
        "alt": picture.alt if picture else "",
        "alt_en": picture.alt_en if picture else "",
        "sends_thanks": event.sends_thanks,
        **{name: getattr(event, name) for name in _TYPED},
        "day": starts.date(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "begins": starts.time(),
        "until": ends.time(),
        "capacity": event.capacity,
        "guests_allowed": str(event.guests_allowed),
        **{name: getattr(event, name) for name in _WINDOW},
        "unit": event.unit.public_id if event.unit else "",
        "host": event.host.public_id if event.host else "",
    }


@bp.route("/events/new", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def new() -> ResponseReturnValue:
    form = _with_choices(EventForm(sends_thanks=True))
    if is_sound(form):
        with form.attempt():
            event = services.plan(_plan(form), by=current_actor())
            keep_picture(event, form)
            flash(_("Utkastet är sparat. Ingen annan ser träffen förrän du öppnar den."), "ok")
            return _to(event)
    return render_template(
        "events/edit.html",
        form=form,
        event=None,
        picture=None,
        is_series=False,
        waits_until=None,
        readers=None,
        readers_of_all=None,
    )


@bp.route("/events/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def edit(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    form = _with_choices(EventForm(**_typed(event)), event)
    if is_sound(form):
        with form.attempt():
            changed, at = _change(event, form)
            keep_picture(changed.event, form)
            flash(_saved(changed, at, asked=bool(form.tells.data)), "ok")
            return _to(event)
    return _edit_page(event, form)


def _edit_page(event: Event, form: EventForm) -> str:
    """Show the form with how many are told of a change to this date, and to all of its series."""
    ahead = queries.dates_ahead(event)
    is_series = len(ahead) > 1
    here, everywhere = _numbers(event, ahead)
    return render_template(
        "events/edit.html",
        form=form,
        event=event,
        picture=queries.picture_of(event),
        readers=here,
        readers_of_all=everywhere if is_series else None,
        is_series=is_series,
        waits_until=services.tell_at(event, at_once=False),
    )


def _numbers(
    event: Event, ahead: Sequence[Event]
) -> tuple[Counter[str] | None, Counter[str] | None]:
    """Return how many would be told of this date, and of all; nothing while nobody is."""
    if event.state is not EventState.OPEN:
        return None, None
    found = queries.readers(ahead or [event])
    here, all_dates = [event.id], {event.id, *(one.id for one in ahead)}
    both = [found.count(dict.fromkeys(ids, tuple(LANGUAGES))) for ids in (here, all_dates)]
    return both[0], both[1]


def _change(event: Event, form: EventForm) -> tuple[services.Changed, datetime | None]:
    """Change an event as the form says; return what came of it, and when letters about it go."""
    plan, for_all, tells = _plan(form), form.scope.data == ALL, bool(form.tells.data)
    now, is_wide = bool(form.tells_now.data), for_all or tells
    at = services.tell_at(event, moved_to=plan.starts_at, with_series=is_wide, at_once=now)
    by = current_actor()
    changed = services.change(event.id, plan, for_all=for_all, tells=tells, tell_at=at, by=by)
    return changed, at


def _saved(changed: services.Changed, at: datetime | None, *, asked: bool) -> str:
    number = changed.told
    if number and at is None:
        return ngettext(
            "Ändringen är sparad. %(num)s mejl är på väg.",
            "Ändringen är sparad. %(num)s mejl är på väg.",
            number,
        )
    if number:
        return ngettext(
            "Ändringen är sparad. %(num)s mejl går %(at)s.",
            "Ändringen är sparad. %(num)s mejl går %(at)s.",
            number,
            at=date_time(at),
        )
    if asked and changed.is_news:
        return _("Ändringen är sparad. Ingen är anmäld eller bjuden, så inget mejl går.")
    if asked:
        return _(
            "Ändringen är sparad. Inget mejl går, för rubrik, program och Hitta hit är som förut."
        )
    return _("Ändringen är sparad.")


@bp.post("/events/<public_id>/publication", endpoint="open_for_replies")
@requires(Permission.EVENTS_WRITE)
def publication(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    try:
        with attempt():
            services.open_for_replies(event.id, by=current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("Träffen är öppen. Medlemmarna ser den, och du kan bjuda in."), "ok")
    return _to(event)


@bp.route("/events/<public_id>/cancellation", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def cancel(public_id: str) -> ResponseReturnValue:
    event = access.event_for(current_actor(), public_id)
    form = CancelForm()
    if form.validate_on_submit():
        with form.attempt():
            call_off = services.cancel_series if form.whole_series.data else services.cancel
            why = {"reason": form.reason.data or "", "reason_en": form.reason_en.data or ""}
            at = services.tell_at(event, at_once=bool(form.tells_now.data))
            call_off(event.id, **why, tell_at=at, by=current_actor())
            flash(_is_off(at), "ok")
            return _to(event)
    return render_template(
        "events/cancel.html",
        event=event,
        form=form,
        is_series=len(queries.dates_of(event)) > 1,
        waits_until=services.tell_at(event, at_once=False),
    )


def _is_off(at: datetime | None) -> str:
    if at is not None:
        return _("Träffen är inställd. Mejlet till dem som är bjudna går %(at)s.", at=date_time(at))
    return _("Träffen är inställd. Alla som är bjudna och inte har tackat nej får ett mejl.")
