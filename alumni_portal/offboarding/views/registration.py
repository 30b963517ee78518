from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.cases import (
    LeavingForm,
    NewLeaverForm,
    day_of,
    grounds,
    options,
    text_of,
)
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.services import Leaving, NewLeaver
from alumni_portal.offboarding.views import bp
from alumni_portal.people.models import ExitGround
from alumni_portal.people.queries import find_people, open_units
from alumni_portal.people.queries import unit as unit_by_public_id


@bp.get("/offboarding/new", endpoint="choose_leaver")
@requires(Permission.CASES_WRITE)
def choose() -> ResponseReturnValue:
    text = request.args.get("q", "")[:100].strip()
    today = clock.today()
    found = [
        (person, employment)
        for person in (find_people(text) if text else [])
        for employment in person.employments
        if employment.ends_on is None or employment.ends_on >= today
    ]
    access_log.listed(current_actor(), [person.id for person, _e in found], Look.PERSON_LIST)
    return render_template("offboarding/choose_leaver.html", text=text, found=found)


def _leaving(form: LeavingForm) -> Leaving:
    return Leaving(
        ends_on=day_of(form.ends_on),
        notice_on=form.notice_on.data,
        ground=ExitGround(form.ground.data),
    )


def _registered(case: Case) -> ResponseReturnValue:
    flash(_("Ärendet är öppnat. Inget mejl är skickat än."), "ok")
    return redirect(url_for("offboarding.case", public_id=case.public_id), 303)


@bp.route("/offboarding/new/<employment_id>", methods=["GET", "POST"], endpoint="register_leaver")
@requires(Permission.CASES_WRITE)
def known(employment_id: str) -> ResponseReturnValue:
    found = queries.employment(employment_id)
    if found is None:
        raise NotFound
    standing = queries.case_of_employment(found.id)
    if standing is not None:
        flash(_("Det finns redan ett ärende."), "info")
        return redirect(url_for("offboarding.case", public_id=standing.public_id), 303)
    form = LeavingForm(
        ends_on=found.ends_on, notice_on=found.notice_on, ground=found.exit_ground or ""
    )
    form.ground.choices = grounds(with_death=True)
    if form.validate_on_submit():
        with form.attempt():
            case = services.register_leaver(found, _leaving(form), by=current_actor())
            return _registered(case)
    access_log.opened(current_actor(), found.person_id, Look.PERSON)
    return render_template("offboarding/register_leaver.html", employment=found, form=form)


@bp.route("/offboarding/new-person", methods=["GET", "POST"], endpoint="register_new_leaver")
@requires(Permission.CASES_WRITE)
def unknown() -> ResponseReturnValue:
    form = NewLeaverForm(language="sv")
    units = [("", _("Ingen avdelning")), *((u.public_id, u.name) for u in open_units())]
    form.unit.choices, form.ground.choices = options(units), grounds(with_death=True)
    if form.validate_on_submit():
        with form.attempt():
            case = services.register_new_leaver(
                _new_leaver(form), _leaving(form), by=current_actor()
            )
            return _registered(case)
    return render_template("offboarding/register_new_leaver.html", form=form)


def _new_leaver(form: NewLeaverForm) -> NewLeaver:
    return NewLeaver(
        first_name=text_of(form.first_name),
        last_name=text_of(form.last_name),
        number=text_of(form.number),
        title=text_of(form.title),
        unit=unit_by_public_id(form.unit.data or ""),
        begins_on=day_of(form.begins_on),
        work_address=text_of(form.work_address),
        language=form.language.data,
    )
