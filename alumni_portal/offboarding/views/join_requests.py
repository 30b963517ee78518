from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.cases import day_of, options, text_of
from alumni_portal.offboarding.forms.join import FormerForm, MatchForm, RejectForm
from alumni_portal.offboarding.models import JoinRequest
from alumni_portal.offboarding.queries import join as queries
from alumni_portal.offboarding.rules.join_match import Likeness
from alumni_portal.offboarding.services import FormerEmployment
from alumni_portal.offboarding.views import bp
from alumni_portal.people.queries import find_people, open_units, person
from alumni_portal.people.queries import unit as unit_by_public_id

REASONS = {
    Likeness.SAME_NUMBER: _l("Samma anställningsnummer"),
    Likeness.SAME_NAME: _l("Samma namn"),
    Likeness.SAME_YEARS: _l("Åren stämmer"),
    Likeness.SAME_UNIT: _l("Avdelningen stämmer"),
}


def _asking(public_id: str) -> JoinRequest:
    found = queries.request(public_id)
    if found is None:
        raise NotFound
    return found


def _queue() -> ResponseReturnValue:
    return redirect(url_for("offboarding.join_requests"), 303)


@bp.get("/offboarding/join-requests", endpoint="join_requests")
@requires(Permission.JOIN_REQUESTS_DECIDE)
def list_() -> ResponseReturnValue:
    page = queries.waiting(after=request.args.get("after"), before=request.args.get("before"))
    decided = queries.decided()
    matched = [one.person_id for one in decided if one.person_id is not None]
    access_log.listed(current_actor(), matched, Look.PERSON_LIST)
    return render_template("offboarding/join_requests.html", page=page, decided=decided)


@bp.route(
    "/offboarding/join-requests/<public_id>", methods=["GET", "POST"], endpoint="join_request"
)
@requires(Permission.JOIN_REQUESTS_DECIDE)
def show(public_id: str) -> ResponseReturnValue:
    asking, form = _asking(public_id), MatchForm()
    text = request.args.get("q", "")[:100].strip()
    likely = queries.candidates(asking)
    shown = {one.person.id for one in likely}
    others = [one for one in (find_people(text) if text else []) if one.id not in shown]
    access_log.listed(current_actor(), [*shown, *(one.id for one in others)], Look.PERSON_LIST)
    if form.validate_on_submit():
        with form.attempt():
            _match(asking, form.person.data)
            return _queue()
    return render_template(
        "offboarding/join_request.html",
        asking=asking,
        likely=likely,
        others=others,
        text=text,
        reasons=REASONS,
        form=form,
    )


def _match(asking: JoinRequest, person_id: str) -> None:
    found = person(person_id)
    if found is None:
        raise NotFound
    services.match(asking, found, by=current_actor())
    flash(_("%(name)s har fått en inbjudan.", name=found.name), "ok")


@bp.route(
    "/offboarding/join-requests/<public_id>/rejection",
    methods=["GET", "POST"],
    endpoint="reject_join_request",
)
@requires(Permission.JOIN_REQUESTS_DECIDE)
def rejection(public_id: str) -> ResponseReturnValue:
    asking, form = _asking(public_id), RejectForm()
    if form.validate_on_submit():
        with form.attempt():
            services.reject(asking, text_of(form.reason), by=current_actor())
            flash(_("Förfrågan är avslagen och personen har fått veta det."), "ok")
            return _queue()
    return render_template("offboarding/reject_join.html", asking=asking, form=form)


@bp.route(
    "/offboarding/join-requests/<public_id>/new-person",
    methods=["GET", "POST"],
    endpoint="register_joiner",
)
@requires(Permission.JOIN_REQUESTS_DECIDE)
def new_person(public_id: str) -> ResponseReturnValue:
    asking = _asking(public_id)
    first, _space, last = asking.name.partition(" ")
    form = FormerForm(first_name=first, last_name=last, number=asking.number)
    units = [("", _("Ingen avdelning")), *((u.public_id, u.name) for u in open_units())]
    form.unit.choices = options(units)
    if form.validate_on_submit():
        with form.attempt():
            services.register_and_match(asking, _former(form), by=current_actor())
            flash(_("Personen är inlagd och har fått en inbjudan."), "ok")
            return _queue()
    return render_template("offboarding/register_joiner.html", asking=asking, form=form)


def _former(form: FormerForm) -> FormerEmployment:
    unit = unit_by_public_id(form.unit.data or "")
    return FormerEmployment(
        first_name=text_of(form.first_name),
        last_name=text_of(form.last_name),
        number=text_of(form.number),
        begins_on=day_of(form.begins_on),
        ends_on=day_of(form.ends_on),
        title=text_of(form.title),
        unit_id=unit.id if unit else None,
    )
