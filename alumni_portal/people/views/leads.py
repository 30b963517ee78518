from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.people import queries, services
from alumni_portal.people.forms import DismissForm, LeadForm
from alumni_portal.people.views import bp
from alumni_portal.people.views.units import load_unit


@bp.route("/units/<public_id>/leads/new", methods=["GET", "POST"])
@requires(Permission.UNITS_WRITE)
def appoint_lead(public_id: str) -> ResponseReturnValue:
    unit = load_unit(public_id)
    q = request.args.get("q", "")[:100].strip()
    found = queries.find_people(q) if q else []
    access_log.listed(current_actor(), [one.id for one in found], Look.PERSON_LIST)
    form = LeadForm(from_on=clock.today())
    form.person.choices = options((one.public_id, one.name) for one in found)
    if form.validate_on_submit() and form.from_on.data:
        chosen = next(one for one in found if one.public_id == form.person.data)
        with form.attempt():
            services.appoint_lead(
                unit,
                chosen,
                is_deputy=form.role.data == "deputy",
                from_on=form.from_on.data,
                by=current_actor(),
            )
            flash(_("Uppdraget är sparat."), "ok")
            return redirect(url_for("people.unit", public_id=public_id), 303)
    titles = {one.public_id: one.employments[-1].title for one in found if one.employments}
    return render_template(
        "people/appoint_lead.html", unit=unit, form=form, q=q, found=found, titles=titles
    )


@bp.route("/units/<public_id>/leads/<person_id>/end", methods=["GET", "POST"])
@requires(Permission.UNITS_WRITE)
def dismiss_lead(public_id: str, person_id: str) -> ResponseReturnValue:
    unit = load_unit(public_id)
    lead, person = queries.standing_lead(unit.id, person_id), queries.person(person_id)
    if lead is None or person is None:
        raise NotFound
    access_log.opened(current_actor(), person.id, Look.PERSON)
    form = DismissForm(until_on=clock.today())
    if form.validate_on_submit() and form.until_on.data:
        with form.attempt():
            services.dismiss_lead(lead, until_on=form.until_on.data, by=current_actor())
            flash(_("Uppdraget är avslutat."), "ok")
            return redirect(url_for("people.unit", public_id=public_id), 303)
    return render_template("people/dismiss_lead.html", unit=unit, person=person, form=form)
