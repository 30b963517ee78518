from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import options
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.people import queries, services
from alumni_portal.people.forms import EmploymentForm, NewPersonForm
from alumni_portal.people.models import Person
from alumni_portal.people.rules import AddressKind, EmploymentKind
from alumni_portal.people.views import bp
from alumni_portal.people.views.people import load


def unit_choices(*, without: str = "") -> list[Any]:
    """Return the units that are open today, with an empty choice before them."""
    units = [one for one in queries.open_units() if one.public_id != without]
    return options([("", "–"), *((one.public_id, one.name) for one in units)])


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def new() -> ResponseReturnValue:
    form = NewPersonForm()
    form.unit.choices = unit_choices()
    twins: list[Person] = []
    if form.validate_on_submit():
        twins = queries.namesakes(form.first_name.data or "", form.last_name.data or "")
        with form.attempt():
            if twins and not form.another.data:
                raise Refusal(_("Någon med det namnet finns redan."), field="another")
            person = _register(form)
            flash(_("%(name)s finns nu här.", name=person.name), "ok")
            return redirect(url_for("people.person", public_id=person.public_id), 303)
    return render_template("people/new.html", form=form, twins=twins)


def _register(form: NewPersonForm) -> Person:
    by = current_actor()
    person = services.register_person(
        form.first_name.data or "", form.last_name.data or "", phone=form.phone.data or "", by=by
    )
    services.employ_by_hand(person, _employment(form), by=by)
    _give(person, form.work.data, AddressKind.WORK, "work")
    _give(person, form.private.data, AddressKind.PRIVATE, "private")
    return person


def _give(person: Person, typed: str | None, kind: AddressKind, field: str) -> None:
    """Note an address. The employer vouches for a work address; a private one is proved later."""
    if not typed:
        return
    by = current_actor()
    try:
        address = services.give_address(
            person, typed, kind, work_domains=settings().work_domains, by=by
        )
        if kind is AddressKind.WORK:
            services.prove_address(address, by=by)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=field) from refusal


def _employment(form: EmploymentForm) -> services.NewEmployment:
    unit = queries.unit(form.unit.data) if form.unit.data else None
    number = form.manager.data or ""
    manager = queries.person_by_number(number) if number else None
    if number and manager is None:
        raise Refusal(_("Ingen har det anställningsnumret."), field="manager")
    assert form.begins_on.data is not None  # noqa: S101 - the form has checked it
    return services.NewEmployment(
        number=form.number.data or "",
        begins_on=form.begins_on.data,
        ends_on=form.ends_on.data,
        title=form.title.data or "",
        unit_id=unit.id if unit else None,
        workplace=form.workplace.data or "",
        kind=EmploymentKind(form.kind.data),
        manager_id=manager.id if manager else None,
    )


@bp.route("/people/<public_id>/employments/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def new_employment(public_id: str) -> ResponseReturnValue:
    person = load(public_id)
    form = EmploymentForm()
    form.unit.choices = unit_choices()
    if form.validate_on_submit():
        with form.attempt():
            services.employ_by_hand(person, _employment(form), by=current_actor())
            flash(_("Anställningen är tillagd."), "ok")
            return redirect(url_for("people.person", public_id=public_id), 303)
    return render_template("people/new_employment.html", person=person, form=form)
