from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import held_pictures
from alumni_portal.core.errors import NotFound
from alumni_portal.core.headers import A_YEAR
from alumni_portal.core.permissions import Permission, current_actor, public, requires
from alumni_portal.events import queries, services
from alumni_portal.events.forms import EventForm
from alumni_portal.events.models import Event
from alumni_portal.events.views import bp


@bp.get("/events/pictures/<public_id>")
@public
def picture(public_id: str) -> ResponseReturnValue:
    found = queries.picture(public_id)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": A_YEAR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(found.data, mimetype=found.mime, headers=headers)


@bp.get("/events/pictures/held/<token>")
@requires(Permission.EVENTS_WRITE)
def held_picture(token: str) -> ResponseReturnValue:
    found = held_pictures.held(token, by=current_actor())
    if found is None:
        raise NotFound
    return Response(found.data, mimetype=found.mime)


def is_sound(form: EventForm) -> bool:
    """Check what was typed; a picture that was chosen is held, whatever else is wrong."""
    if not form.is_submitted():
        return False
    is_valid = form.validate()
    if "csrf_token" in form.errors:
        return False
    return _picture_held(form) and is_valid


def _picture_held(form: EventForm) -> bool:
    before, by = form.held.data or "", current_actor()
    if form.uploaded is not None:
        with form.attempt():
            form.held.data = held_pictures.hold(form.uploaded.read(), field="picture", by=by)
            held_pictures.let_go(before, by=by)
    elif before and held_pictures.held(before, by=by) is None:
        form.held.data = ""
        form.picture.errors = [*form.picture.errors, _("Bilden är inte kvar. Välj den igen.")]
    return not form.picture.errors


def keep_picture(event: Event, form: EventForm) -> None:
    """Let an event have the picture that is held, or its words, or none."""
    key, by = form.held.data or "", current_actor()
    if form.drops_picture.data:
        services.drop_picture(event)
    else:
        held = held_pictures.held(key, by=by)
        words = {"alt": form.alt.data or "", "alt_en": form.alt_en.data or ""}
        services.set_picture(event, held.drawn if held else None, **words)
    held_pictures.let_go(key, by=by)
