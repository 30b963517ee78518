from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.people import queries, services
from alumni_portal.people.forms import ChangeUnitForm, CloseUnitForm, NewUnitForm
from alumni_portal.people.models import Unit
from alumni_portal.people.views import bp
from alumni_portal.people.views.registering import unit_choices


def load_unit(public_id: str) -> Unit:
    """Return the unit of a page; NotFound when there is none."""
    unit = queries.unit(public_id)
    if unit is None:
        raise NotFound
    return unit


def _parent(public_id: str | None) -> int | None:
    """Return the chosen parent; a unit that closed meanwhile is refused by name."""
    if not public_id:
        return None
    unit = queries.unit(public_id)
    if unit is None or (unit.closed_on is not None and unit.closed_on <= clock.today()):
        raise Refusal(_("Den avdelningen är stängd. Välj en annan."), field="parent")
    return unit.id


@bp.get("/units")
@requires(Permission.PEOPLE_READ)
def units() -> ResponseReturnValue:
    rows = queries.unit_tree()
    leads = [lead for row in rows for lead in row.lead_ids]
    access_log.listed(current_actor(), leads, Look.PERSON_LIST)
    return render_template("people/units.html", rows=rows, today=clock.today())


@bp.route("/units/new", methods=["GET", "POST"])
@requires(Permission.UNITS_WRITE)
def new_unit() -> ResponseReturnValue:
    form = NewUnitForm()
    form.parent.choices = unit_choices()
    if form.validate_on_submit() and form.opened_on.data:
        with form.attempt():
            made = services.open_unit(
                form.name.data or "",
                on=form.opened_on.data,
                code=form.code.data or None,
                parent_id=_parent(form.parent.data),
                by=current_actor(),
            )
            flash(_("Avdelningen finns."), "ok")
            return redirect(url_for("people.unit", public_id=made.public_id), 303)
    return render_template("people/new_unit.html", form=form)


@bp.get("/units/<public_id>")
@requires(Permission.PEOPLE_READ)
def unit(public_id: str) -> ResponseReturnValue:
    found = load_unit(public_id)
    leads = queries.all_leads_of(found.id)
    access_log.listed(current_actor(), [who.id for _lead, who in leads], Look.PERSON_LIST)
    return render_template(
        "people/unit.html",
        unit=found,
        parent=queries.unit_by_id(found.parent_id),
        history=queries.unit_history(found.id),
        leads=leads,
        employed=queries.count_employed(found.id),
        today=clock.today(),
    )


@bp.route("/units/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.UNITS_WRITE)
def change_unit(public_id: str) -> ResponseReturnValue:
    found = load_unit(public_id)
    above = queries.unit_by_id(found.parent_id)
    form = ChangeUnitForm(
        name=found.name, parent=above.public_id if above else "", valid_from=clock.today()
    )
    form.parent.choices = unit_choices(without=public_id)
    if form.validate_on_submit() and form.valid_from.data:
        with form.attempt():
            services.change_unit(
                found,
                name=form.name.data or "",
                parent_id=_parent(form.parent.data),
                on=form.valid_from.data,
                by=current_actor(),
            )
            flash(_("Ändringen är sparad."), "ok")
            return redirect(url_for("people.unit", public_id=public_id), 303)
    return render_template("people/change_unit.html", unit=found, form=form)


@bp.route("/units/<public_id>/close", methods=["GET", "POST"])
@requires(Permission.UNITS_WRITE)
def close_unit(public_id: str) -> ResponseReturnValue:
    found = load_unit(public_id)
    form = CloseUnitForm(closed_on=clock.today())
    if form.validate_on_submit() and form.closed_on.data:
        with form.attempt():
            services.close_unit(found, on=form.closed_on.data, by=current_actor())
            flash(_("Avdelningen är stängd."), "ok")
            return redirect(url_for("people.unit", public_id=public_id), 303)
    employed = queries.count_employed(found.id)
    return render_template("people/close_unit.html", unit=found, form=form, employed=employed)
