from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.rehire import queries, services
from alumni_portal.rehire.forms.contact import STATES
from alumni_portal.rehire.queries import Reachable, Sent
from alumni_portal.rehire.views import bp


@bp.get("/contacts")
@requires(Permission.CANDIDATES_CONTACT)
def contacts() -> ResponseReturnValue:
    actor = current_actor()
    found = queries.sent_by(
        actor.person_id or 0, after=request.args.get("after"), before=request.args.get("before")
    )
    access_log.listed(actor, [one.contact.person_id for one in found.rows if one.name], Look.CARD)
    return render_template("rehire/contacts.html", found=found, states=STATES)


@bp.get("/contacts/<public_id>")
@requires(Permission.CANDIDATES_CONTACT)
def sent_contact(public_id: str) -> ResponseReturnValue:
    sent = _mine(public_id)
    return render_template(
        "rehire/sent.html", sent=sent, reach=_reach(sent), states=STATES, form=PlainForm()
    )


@bp.post("/contacts/<public_id>/in-touch")
@requires(Permission.CANDIDATES_CONTACT)
def note_in_touch(public_id: str) -> ResponseReturnValue:
    sent = _mine(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.note_in_touch(sent.contact, by=current_actor())
            flash(_("Noterat. Nu sköter ni resten utan portalen."), "ok")
    for error in form.form_errors:
        flash(str(error), "warn")
    return redirect(url_for("rehire.sent_contact", public_id=public_id), 303)


def _mine(public_id: str) -> Sent:
    sent = queries.one_sent_by(current_actor().person_id or 0, public_id)
    if sent is None:
        raise NotFound
    return sent


def _reach(sent: Sent) -> Reachable | None:
    """Return how to reach who said yes, and note that it was shown; nothing for anybody else."""
    actor, person_id = current_actor(), sent.contact.person_id
    if not queries.reveals_contact_details(person_id, actor.person_id or 0):
        return None
    access_log.opened(actor, person_id, Look.PERSON)
    return queries.reach(db.session.get_one(Person, person_id), AddressKind.PRIVATE)
