"""Where links of a letter lead that stand for its reader: a page that shows, a button that acts."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.consents import services as consents
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import by_link
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Reader
from alumni_portal.newsletters.views import bp

_CLOSED = {"Referrer-Policy": "no-referrer"}


def _reader(token: str, kind: Kind, ref: str) -> Reader:
    """Return who follows a link to something that stands in the letter, or answer with 404."""
    reader = services.reader_of(token)
    if reader is None or ref not in reader.newsletter.content.refs(kind):
        raise NotFound
    return reader


@bp.get("/newsletters/from-letter/<token>")
@by_link
def web_version(token: str) -> ResponseReturnValue:
    """Show the letter as its reader got it, without signing in."""
    reader = services.web_reader(token)
    if reader is None:
        raise NotFound
    person, newsletter = reader.person, reader.newsletter
    unit = queries.last_units(person.id).get(person.id, "")
    page = render_template(
        "newsletters/web_version.html",
        newsletter=newsletter,
        head=services.head_for(newsletter, person.language, person.name),
        body=services.body_for(newsletter, person.language, person.name, unit),
        preferences=consents.preferences_link(person.public_id, newsletter.public_id),
    )
    return page, _CLOSED


@bp.route("/newsletters/from-letter/<token>/openings/<opening>", methods=["GET", "POST"])
@by_link
def to_opening(token: str, opening: str) -> ResponseReturnValue:
    reader, form = _reader(token, Kind.OPENINGS, opening), PlainForm()
    found = queries.openings_of([opening]).get(opening)
    if found is None:
        raise NotFound
    there = url_for("openings.opening", public_id=opening)
    if form.validate_on_submit():
        services.count_visit(reader, opening)
        return redirect(there, 303)
    page = render_template(
        "newsletters/to_opening.html",
        form=form,
        opening=found,
        there=there,
        is_counted=services.may_be_counted(reader),
        token=token,
    )
    return page, _CLOSED


@bp.route("/newsletters/from-letter/<token>/events/<event>", methods=["GET", "POST"])
@by_link
def to_event(token: str, event: str) -> ResponseReturnValue:
    reader, form = _reader(token, Kind.EVENTS, event), PlainForm()
    found = queries.events_of([event]).get(event)
    if found is None:
        raise NotFound
    if form.validate_on_submit():
        key = services.way_to_reply(reader, found)
        there = url_for("events.event", public_id=event)
        return redirect(url_for("events.reply_by_link", token=key) if key else there, 303)
    shown = {"form": form, "event": found, "person": reader.person}
    return render_template("newsletters/to_event.html", **shown), _CLOSED
