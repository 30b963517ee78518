from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, Role, current_actor, requires
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.cases import (
    AssignForm,
    DeathForm,
    LastDayForm,
    day_of,
    grounds,
    options,
)
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries.staff import holders_of
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.loading import case_for
from alumni_portal.people.models import ExitGround, Person
from alumni_portal.people.queries import leads_of, person_by_id

_CHANGE = {"methods": ["GET", "POST"]}


def _back(case: Case) -> ResponseReturnValue:
    return redirect(url_for("offboarding.case", public_id=case.public_id), 303)


@bp.route("/offboarding/<public_id>/last-day", endpoint="move_last_day", **_CHANGE)
@requires(Permission.CASES_WRITE)
def last_day(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    employment = case.employment
    form = LastDayForm(
        ends_on=case.last_day, notice_on=employment.notice_on, ground=employment.exit_ground
    )
    form.ground.choices = grounds(with_death=False)
    if form.validate_on_submit():
        with form.attempt():
            services.move_last_day(
                case,
                ends_on=day_of(form.ends_on),
                notice_on=form.notice_on.data,
                ground=ExitGround(form.ground.data),
                by=actor,
            )
            flash(_("Datumen är ändrade."), "ok")
            return _back(case)
    return render_template("offboarding/last_day.html", case=case, form=form)


@bp.route("/offboarding/<public_id>/withdrawal", endpoint="withdraw_notice", **_CHANGE)
@requires(Permission.CASES_WRITE)
def withdrawal(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.withdraw_notice(case, by=actor)
            flash(_("%(name)s är kvar. Ärendet är avbrutet.", name=case.person.name), "ok")
            return _back(case)
    return render_template("offboarding/withdrawal.html", case=case, form=form)


@bp.route("/offboarding/<public_id>/death", endpoint="note_death", **_CHANGE)
@requires(Permission.CASES_WRITE)
def death(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    form = DeathForm(died_on=clock.today())
    if form.validate_on_submit():
        with form.attempt():
            services.note_death(case, on=day_of(form.died_on), by=actor)
            flash(_("Alla utskick är stoppade. Kvar är HR:s egen lista."), "ok")
            return _back(case)
    return render_template("offboarding/death.html", case=case, form=form)


def _choices(people: list[Person], chosen: Person | None) -> list[tuple[str, str]]:
    known = {one.public_id: one for one in people}
    if chosen is not None:
        known.setdefault(chosen.public_id, chosen)
    ordered = sorted(known.values(), key=lambda one: one.sort_key)
    return [("", _("Ingen utsedd")), *((one.public_id, one.name) for one in ordered)]


def _managers(case: Case) -> list[Person]:
    unit_id = case.employment.unit_id
    leads = [person for person, _is_deputy in leads_of(unit_id)] if unit_id else []
    others = [one for one in holders_of(Role.MANAGER) if one.id not in {p.id for p in leads}]
    return [one for one in [*leads, *others] if one.id != case.person_id]


@bp.route("/offboarding/<public_id>/people", endpoint="assign", **_CHANGE)
@requires(Permission.CASES_WRITE)
def people(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    hr, managers = holders_of(Role.HR, Role.HR_LEAD), _managers(case)
    manager = person_by_id(case.employment.manager_id or 0)
    form = AssignForm(
        hr=case.hr.public_id if case.hr else "", manager=manager.public_id if manager else ""
    )
    form.hr.choices = options(_choices(hr, case.hr))
    form.manager.choices = options(_choices(managers, manager))
    if form.validate_on_submit():
        known = {one.public_id: one for one in [*hr, *managers, case.hr, manager] if one}
        with form.attempt():
            services.assign(
                case,
                hr=known.get(form.hr.data),
                manager=known.get(form.manager.data),
                by=actor,
            )
            flash(_("Ansvaret är överlämnat."), "ok")
            return _back(case)
    return render_template("offboarding/people.html", case=case, form=form)


@bp.post("/offboarding/<public_id>/closing", endpoint="close_case")
@requires(Permission.CASES_WRITE)
def closing(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    if request.form.get("again"):
        services.reopen_case(case, by=actor)
        flash(_("Ärendet är öppet igen."), "ok")
    else:
        services.close_case(case, by=actor)
        flash(_("Ärendet är avslutat."), "ok")
    return _back(case)
