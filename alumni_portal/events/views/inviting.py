from collections import Counter
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from alumni_portal.audiences.models import Segment
from alumni_portal.audiences.queries import REASONS, resolve, segments
from alumni_portal.consents.models import Purpose
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.prose import prose
from alumni_portal.events import access, queries, services
from alumni_portal.events.models import Event
from alumni_portal.events.queries import Left
from alumni_portal.events.views import bp

_LEFT_OUT = {
    Left.NO_CONSENT: _l("Medlemmar som inte har sagt ja till inbjudningar"),
    Left.NO_ADDRESS: _l("Saknar bekräftad privat adress"),
    Left.ALREADY: _l("Redan bjudna, eller har redan svarat"),
}


@bp.route("/events/<public_id>/invitation", methods=["GET", "POST"])
@requires(Permission.EVENTS_WRITE)
def invite(public_id: str) -> ResponseReturnValue:
    event = queries.first_date(access.event_for(current_actor(), public_id))
    form, saved = PlainForm(), segments()
    chosen = _chosen(saved)
    among, left_out = _among(chosen)
    if form.validate_on_submit():
        with form.attempt():
            _mailing, number = services.invite(event.id, by=current_actor(), among=among)
            flash(_on_its_way(number), "ok")
            return redirect(url_for("events.attendance", public_id=public_id), 303)
    found = queries.uninvited(event.id, among=among)
    return render_template(
        "events/invite.html",
        event=event,
        form=form,
        segments=saved,
        chosen=chosen,
        number=len(found.people),
        languages_of=Counter(one.language for one in found.people),
        left_out=[*left_out, *_left_out(found)],
        editions=[(one, _as_read(one.text, event)) for one in services.editions(event)],
    )


def _chosen(saved: Sequence[Segment]) -> Segment | None:
    """Return the segment that was picked; one that is gone must not turn into everybody."""
    ref = request.values.get("segment", "")
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


def _on_its_way(number: int) -> str:
    return ngettext("%(num)s inbjudan är på väg.", "%(num)s inbjudningar är på väg.", number)


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
