from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.network.queries import suggested_skills
from alumni_portal.openings import access, queries, services
from alumni_portal.openings.forms import SKILL_FIELDS, OpeningForm, lines_of
from alumni_portal.openings.models import EmploymentKind, Hours, Opening, OpeningState
from alumni_portal.openings.queries import Choosable
from alumni_portal.openings.views import bp
from alumni_portal.people.models import Person
from alumni_portal.people.queries import open_units, unit

_TEXTS = ("title", "place", "workplace", "agreement_area", "agreement", "text")


@bp.route("/openings/new", methods=["GET", "POST"])
@requires(Permission.OPENINGS_WRITE)
def new() -> ResponseReturnValue:
    people = _choosable(None)
    form = _with_choices(OpeningForm(recruiter=_me(people)), people, None)
    if form.validate_on_submit() and _may_go_on(form, people):
        with form.attempt():
            made = services.draft(_terms(form, people), by=current_actor())
            flash(_("Utkastet är sparat. Bara ni ser det."), "ok")
            return _onwards(made)
    return render_template(
        "openings/edit.html", form=form, opening=None, suggestions=suggested_skills()
    )


@bp.route("/openings/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.OPENINGS_WRITE)
def edit(public_id: str) -> ResponseReturnValue:
    found = access.opening_to_change(public_id)
    people = _choosable(found)
    form = _with_choices(OpeningForm(data=_as_it_is(found, people)), people, found)
    if form.validate_on_submit() and _may_go_on(form, people):
        with form.attempt():
            services.change(found, _terms(form, people), by=current_actor())
            flash(_("Ändringen är sparad."), "ok")
            return _onwards(found)
    return render_template("openings/edit.html", form=form, opening=found, suggestions=())


def _onwards(made: Opening) -> ResponseReturnValue:
    goes_on = "publish" in request.form and made.state is OpeningState.DRAFT
    page = "openings.publish" if goes_on else "openings.opening"
    return redirect(url_for(page, public_id=made.public_id), 303)


def _may_go_on(form: OpeningForm, people: Choosable) -> bool:
    """Say whether what was pressed can be done; what publishing lacks is said at the fields."""
    if "publish" not in request.form:
        return True
    try:
        lacks = services.missing(_terms(form, people))
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    for lack in lacks:
        form.refuse(Refusal(lack.message, field=lack.field))
    return not lacks


def _choosable(found: Opening | None) -> Choosable:
    """Return who may be chosen, and note that their names were shown."""
    people = queries.choosable(found)
    shown = [one.id for one in (*people.recruiters, *people.leads)]
    access_log.listed(current_actor(), shown, Look.PERSON_LIST)
    return people


def _me(people: Choosable) -> str:
    mine = current_actor().person_id
    return next((one.public_id for one in people.recruiters if one.id == mine), "")


def _with_choices(form: OpeningForm, people: Choosable, found: Opening | None) -> OpeningForm:
    """Fill in what may be chosen; the unit chosen now stays a choice after it closed."""
    units = open_units()
    if found is not None and found.unit is not None and found.unit not in units:
        units.append(found.unit)
    form.unit.choices = options([("", "–"), *((one.public_id, one.name) for one in units)])
    form.recruiter.choices = _choices(people.recruiters)
    form.closes_on.flags.optional = False  # may wait, but not past publishing
    form.manager.choices = _choices(people.leads)
    return form


def _choices(people: list[Person]) -> list[Any]:
    return options([("", "–"), *((one.public_id, one.name) for one in people)])


def _as_it_is(found: Opening, people: Choosable) -> dict[str, Any]:
    terms = services.terms_of(found)
    refs = {one.id: one.public_id for one in (*people.recruiters, *people.leads)}
    by_weight = {
        field: ", ".join(name for name, heavy in terms.skills if heavy == weight)
        for weight, field in SKILL_FIELDS.items()
    }
    return {
        **vars(terms),
        **by_weight,
        "hours": terms.hours.value,
        "kind": terms.kind.value,
        "unit": found.unit.public_id if found.unit else "",
        "recruiter": refs.get(found.recruiter_id or 0, ""),
        "manager": refs.get(found.manager_id or 0, ""),
        "criteria": "\n".join(terms.criteria),
    }


def _terms(form: OpeningForm, people: Choosable) -> services.Terms:
    """Return what was typed. Raises Refusal for a unit or person that cannot be chosen."""
    return services.Terms(
        **{name: form[name].data or "" for name in _TEXTS},
        unit_id=_unit(form.unit.data),
        pay_from=form.pay_from.data,
        pay_to=form.pay_to.data,
        hours=Hours(form.hours.data),
        kind=EmploymentKind(form.kind.data),
        seats=form.seats.data or 1,
        closes_on=form.closes_on.data,
        recruiter_id=_chosen(people.recruiters, form.recruiter.data, "recruiter"),
        manager_id=_chosen(people.leads, form.manager.data, "manager"),
        names_recruiter=bool(form.names_recruiter.data),
        skills=list(form.skills()),
        criteria=lines_of(form.criteria.data or ""),
    )


def _unit(public_id: str | None) -> int | None:
    if not public_id:
        return None
    found = unit(public_id)
    if found is None:
        raise Refusal(_("Den avdelningen finns inte längre. Välj en annan."), field="unit")
    return found.id


def _chosen(people: list[Person], public_id: str | None, field: str) -> int | None:
    """Return the chosen person; only those who can be chosen can be."""
    if not public_id:
        return None
    for one in people:
        if one.public_id == public_id:
            return one.id
    raise Refusal(_("Den personen går inte att välja längre."), field=field)
