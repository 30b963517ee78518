from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm, options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.insights import queries, services
from alumni_portal.insights.forms import ActionForm, CloseForm
from alumni_portal.insights.models import Action
from alumni_portal.insights.queries import Show
from alumni_portal.insights.rules.actions import OPEN, is_overdue
from alumni_portal.insights.views import bp, wording
from alumni_portal.people.queries import open_units, unit


def found(public_id: str) -> Action:
    """Return an action or answer that there is none."""
    action = queries.action(public_id)
    if action is None:
        raise NotFound
    return action


def to(action: Action) -> ResponseReturnValue:
    """Lead back to an action's page."""
    return redirect(url_for("insights.action", public_id=action.public_id), 303)


@bp.get("/insights/actions")
@requires(Permission.EXIT_ACTIONS_WRITE, Permission.EXIT_ACTIONS_READ)
def actions() -> ResponseReturnValue:
    asked = request.args.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    rows = queries.listed(show)
    access_log.listed(current_actor(), [one.owner_id for one in rows], Look.PERSON_LIST)
    return render_template(
        "insights/actions.html",
        show=show,
        counts=queries.counts(),
        rows=rows,
        **wording.for_actions(rows),
    )


@bp.get("/insights/actions/<public_id>")
@requires(Permission.EXIT_ACTIONS_WRITE, Permission.EXIT_ACTIONS_READ)
def action(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    access_log.listed(current_actor(), [one.owner_id], Look.PERSON_LIST)
    return render_template(
        "insights/action.html",
        one=one,
        is_open=one.state in OPEN,
        is_overdue=is_overdue(one.state, one.due_on, clock.today()),
        **wording.for_actions([one]),
    )


def _with_choices(form: ActionForm, kept: Action | None = None) -> ActionForm:
    may_own = queries.owners()
    access_log.listed(current_actor(), [one.id for one in may_own], Look.PERSON_LIST)
    owners = [(one.public_id, one.name) for one in may_own]
    units = [(one.public_id, one.name) for one in open_units()]
    if kept is not None and kept.owner.public_id not in dict(owners):
        owners.append((kept.owner.public_id, kept.owner.name))
    if kept is not None and kept.unit is not None and kept.unit.public_id not in dict(units):
        units.append((kept.unit.public_id, kept.unit.name))
    form.theme.choices = options([("", _("Välj tema")), *queries.themes()])
    form.owner.choices = options([("", _("Välj någon")), *owners])
    form.unit.choices = options([("", _("Hela företaget")), *units])
    return form


def _plan(form: ActionForm) -> services.Plan:
    where = unit(form.unit.data) if form.unit.data else None
    return services.Plan(
        theme=form.theme.data or "",
        heard=form.heard.data or "",
        goal=form.goal.data or "",
        measure=form.measure.data or "",
        owner=form.owner.data or "",
        due_on=form.due_on.data or clock.today(),
        unit_id=where.id if where else None,
    )


@bp.route("/insights/actions/new", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def new_action() -> ResponseReturnValue:
    form = _with_choices(ActionForm(theme=request.args.get("theme", "")))
    if form.validate_on_submit():
        with form.attempt():
            made = services.make(_plan(form), by=current_actor())
            flash(_("Åtgärden är sparad. Den ansvariga påminns en vecka innan den ska vara klar."))
            return to(made)
    return render_template("insights/edit_action.html", form=form, one=None)


def _typed(one: Action) -> dict[str, Any]:
    names = ("theme", "heard", "goal", "measure", "due_on")
    return {
        **{name: getattr(one, name) for name in names},
        "owner": one.owner.public_id,
        "unit": one.unit.public_id if one.unit else "",
    }


@bp.route("/insights/actions/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def edit_action(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    form = _with_choices(ActionForm(**_typed(one)), one)
    if form.validate_on_submit():
        with form.attempt():
            services.change(one.id, _plan(form), by=current_actor())
            flash(_("Ändringen är sparad."), "ok")
            return to(one)
    return render_template("insights/edit_action.html", form=form, one=one)


@bp.post("/insights/actions/<public_id>/begin")
@requires(Permission.EXIT_ACTIONS_WRITE)
def begin_action(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    services.begin(one.id, by=current_actor())
    flash(_("Åtgärden pågår."), "ok")
    return to(one)


@bp.route("/insights/actions/<public_id>/close", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def close_action(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    form = CloseForm()
    if form.validate_on_submit():
        with form.attempt():
            services.close(
                one.id,
                done_sv=form.done_sv.data or "",
                done_en=form.done_en.data or "",
                by=current_actor(),
            )
            flash(_("Åtgärden är genomförd. De som bad att få veta får ett mejl."), "ok")
            return to(one)
    return render_template("insights/close_action.html", form=form, one=one)


@bp.route("/insights/actions/<public_id>/drop", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def drop_action(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.drop(one.id, by=current_actor())
            flash(_("Åtgärden är nedlagd."), "ok")
            return to(one)
    return render_template("insights/drop_action.html", form=form, one=one)
