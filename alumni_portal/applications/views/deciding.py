from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.applications import access, emails, queries, services
from alumni_portal.applications.emails import Starts
from alumni_portal.applications.forms import DeclineForm, HireForm, MoveForm
from alumni_portal.applications.models import Application, Measure
from alumni_portal.applications.queries import STAGES
from alumni_portal.applications.rules import Stage
from alumni_portal.applications.views import bp
from alumni_portal.applications.views.board import choices_from
from alumni_portal.applications.views.shell import strip_of
from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import Form, options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.tokens import digest
from alumni_portal.core.transaction import attempt
from alumni_portal.mail.services.letters import Written
from alumni_portal.openings.queries import criteria_of
from alumni_portal.people.queries import open_units, timeline

_PAGES = {Stage.DECLINED: "applications.decline", Stage.HIRED: "applications.hire"}


def _was_shown(letter: Written) -> bool:
    """Say whether this very letter stood on the page whose button was pressed."""
    return "send" in request.form and request.form.get("shown") == digest(letter.text)


@bp.route("/applications/<public_id>/move", methods=["GET", "POST"])
@requires(Permission.APPLICATIONS_DECIDE)
def move(public_id: str) -> ResponseReturnValue:
    """Move an application; a letter that goes with the move is shown first."""
    found = access.application_to_decide(current_actor(), public_id)
    form = MoveForm(request.args) if request.method == "GET" else MoveForm()
    if form.to.data not in choices_from(found.stage):
        flash(_("Dit kan ansökan inte flyttas härifrån."), "warn")
        return _to_board(found)
    to = form.stage()
    if to in _PAGES:
        return redirect(url_for(_PAGES[to], public_id=public_id), 303)
    greeting = form.greeting.data or emails.greeting_of(found)
    tells = services.will_tell(found, to)
    letter = services.preview(found, to, greeting=greeting) if tells else None
    if form.validate_on_submit() and (letter is None or _was_shown(letter)):
        return _moved(found, to, form)
    return _page("move", found, form, letter, to=to, stages=STAGES, greeting=greeting)


def _page(
    name: str, found: Application, form: Form, letter: Written | None, **more: object
) -> ResponseReturnValue:
    shown = digest(letter.text) if letter else ""
    return render_template(
        f"applications/{name}.html",
        application=found,
        form=form,
        letter=letter,
        shown=shown,
        **more,
    )


def _moved(found: Application, to: Stage, form: MoveForm) -> ResponseReturnValue:
    try:
        with attempt():
            told = services.move(
                found, to, by=current_actor(), was=form.stood(), greeting=form.greeting.data or ""
            )
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
        return _to_board(found)
    words = {"name": found.applicant.name, "stage": STAGES[to]}
    flash(
        _("%(name)s flyttades till %(stage)s. Mejlet är på väg.", **words)
        if told
        else _("%(name)s flyttades till %(stage)s.", **words),
        "ok",
    )
    return _to_board(found)


def _to_board(found: Application) -> ResponseReturnValue:
    return redirect(url_for("applications.board", opening=found.opening.public_id), 303)


@bp.route("/applications/<public_id>/decline", methods=["GET", "POST"])
@requires(Permission.APPLICATIONS_DECIDE)
def decline(public_id: str) -> ResponseReturnValue:
    found = access.application_to_decide(current_actor(), public_id)
    if Stage.DECLINED not in choices_from(found.stage):
        flash(_("Ansökan är redan avgjord."), "warn")
        return _to_board(found)
    form = DeclineForm(data={"was": found.stage.value, "greeting": emails.greeting_of(found)})
    form.criterion.choices = options(
        (one.public_id, one.text) for one in criteria_of(found.opening_id)
    )
    letter = None
    if form.validate_on_submit():
        with form.attempt():
            ground, greeting = _ground(form), form.greeting.data or ""
            letter = services.preview(found, Stage.DECLINED, greeting=greeting, ground=ground)
            if _was_shown(letter):
                return _declined(found, form)
    return _page("decline", found, form, letter)


def _ground(form: DeclineForm) -> services.Ground:
    return services.Ground(
        criterion=form.criterion.data or "",
        measure=Measure(form.measure.data),
        reason=form.reason.data or "",
    )


def _declined(found: Application, form: DeclineForm) -> ResponseReturnValue:
    was = Stage(form.was.data) if form.was.data in set(Stage) else None
    greeting = form.greeting.data or ""
    services.decline(found, _ground(form), by=current_actor(), was=was, greeting=greeting)
    flash(_("Ansökan är avslutad. Mejlet med skälet är på väg."), "ok")
    return _to_board(found)


@bp.route("/applications/<public_id>/hire", methods=["GET", "POST"])
@requires(Permission.APPLICATIONS_DECIDE)
def hire(public_id: str) -> ResponseReturnValue:
    found = access.application_to_decide(current_actor(), public_id)
    if Stage.HIRED not in choices_from(found.stage):
        flash(_("Bara den som har fått ett erbjudande kan återanställas."), "warn")
        return _to_board(found)
    form, letter = _hire_form(found), None
    if form.validate_on_submit():
        with form.attempt():
            starts = Starts(form.day(), form.title.data or "")
            greeting = form.greeting.data or ""
            letter = services.preview(found, Stage.HIRED, greeting=greeting, starts=starts)
            if _was_shown(letter):
                return _hired(found, form)
    periods = timeline(found.applicant.person_id or 0)
    more = {"periods": list(reversed(periods)), "strip": strip_of(periods)}
    return _page("hire", found, form, letter, **more)


def _hire_form(found: Application) -> HireForm:
    opening = found.opening
    leads = queries.leads()
    manager = next((one.public_id for one in leads if one.id == opening.manager_id), "")
    form = HireForm(
        data={
            "title": opening.title,
            "unit": opening.unit.public_id if opening.unit else "",
            "number": queries.last_number(found.applicant.person_id or 0),
            "manager": manager,
            "greeting": emails.greeting_of(found),
            "was": found.stage.value,
        }
    )
    form.unit.choices = options((one.public_id, one.name) for one in open_units())
    form.manager.choices = options(
        [("", _("Välj")), *((one.public_id, f"{one.name}, {one.unit}") for one in leads)]
    )
    return form


def _hired(found: Application, form: HireForm) -> ResponseReturnValue:
    units = {one.public_id: one.id for one in open_units()}
    leads = {one.public_id: one.id for one in queries.leads()}
    terms = services.Terms(
        first_day=form.day(),
        title=form.title.data or "",
        number=form.number.data or "",
        unit_id=units.get(form.unit.data or ""),
        manager_id=leads.get(form.manager.data or ""),
    )
    was = Stage(form.was.data) if form.was.data in set(Stage) else None
    greeting = form.greeting.data or ""
    services.hire(found, terms, by=current_actor(), was=was, greeting=greeting)
    flash(_("%(name)s är återanställd. Mejlet är på väg.", name=found.applicant.name), "ok")
    return _to_board(found)
