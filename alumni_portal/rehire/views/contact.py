from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, tokens
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.rehire import queries, rules, services
from alumni_portal.rehire.forms.contact import ContactForm
from alumni_portal.rehire.queries import Candidate
from alumni_portal.rehire.views import bp


@bp.route("/candidates/<person_ref>/contact", methods=["GET", "POST"])
@requires(Permission.CANDIDATES_CONTACT)
def contact(person_ref: str) -> ResponseReturnValue:
    offered = openings.published()
    form = ContactForm(data={"opening": request.args.get("opening", "")})
    form.offer(offered)
    form.nonce.data = form.nonce.data or tokens.new_token()
    found = queries.candidate(person_ref)
    if found is None:
        return _gone(form)
    chosen = next((one for one in offered if one.public_id == form.opening.data), None)
    letter = None
    if form.validate_on_submit():
        letter = services.Letter(reason=form.reason.data or "", opening=chosen)
        if form.send.data:
            try:
                with form.attempt():
                    _send(form, found.person, letter)
                    return redirect(url_for("rehire.contacts"), 303)
            except NotFound:
                return _gone(form)
    access_log.opened(current_actor(), found.person.id, Look.CARD)
    return _page(form, found, chosen, letter)


def _send(form: ContactForm, person: Person, letter: services.Letter) -> None:
    services.contact(person, letter, nonce=form.nonce.data or "", by=current_actor())
    flash(_("Brevet till %(name)s är på väg.", name=person.name), "ok")


def _page(
    form: ContactForm, found: Candidate, chosen: Opening | None, letter: services.Letter | None
) -> str:
    by = current_actor()
    form.send.data = ""
    return render_template(
        "rehire/contact.html",
        form=form,
        candidate=found,
        levels=rules.LEVELS,
        units=queries.units_wanted(found.person.id),
        hours=rules.HOURS,
        preview=services.preview_contact(found.person, letter, by=by) if letter else None,
        reasons=[
            rules.OBSTACLES[one] for one in services.reasons_not_to_contact(found, chosen, by=by)
        ],
    )


def _gone(form: ContactForm) -> ResponseReturnValue:
    """Say that somebody may not be written to, the same for whoever it is; keep what was typed."""
    return render_template("rehire/gone.html", typed=form.reason.data or ""), 404
