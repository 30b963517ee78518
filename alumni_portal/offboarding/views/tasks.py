from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding import access, services
from alumni_portal.offboarding.forms.cases import DueForm, SkipForm, TaskForm, day_of, text_of
from alumni_portal.offboarding.models import Case, TaskOwner
from alumni_portal.offboarding.rules.case_template import title_of
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.loading import case_for


def _back(case: Case) -> ResponseReturnValue:
    return redirect(url_for("offboarding.case", public_id=case.public_id), 303)


@bp.route("/offboarding/<public_id>/tasks/new", methods=["GET", "POST"], endpoint="add_task")
@requires(Permission.CASES_WRITE)
def new(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    form = TaskForm(owner=TaskOwner.HR.value, due_on=case.last_day)
    if form.validate_on_submit():
        with form.attempt():
            services.add_task(
                case,
                text_of(form.written),
                owner=TaskOwner(form.owner.data),
                due_on=day_of(form.due_on),
                by=actor,
            )
            flash(_("Steget är tillagt."), "ok")
            return _back(case)
    return render_template("offboarding/new_task.html", case=case, form=form)


@bp.route(
    "/offboarding/<public_id>/tasks/<task_id>", methods=["GET", "POST"], endpoint="change_task"
)
@requires(Permission.CASES_WRITE)
def change(public_id: str, task_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    task = access.task_for(actor, case, task_id)
    form = DueForm(due_on=task.due_on)
    if form.validate_on_submit():
        with form.attempt():
            services.change_due_date(case, task, day_of(form.due_on), by=actor)
            flash(_("Datumet är ändrat."), "ok")
            return _back(case)
    title = title_of(task.key, task.written, language.current())
    return render_template("offboarding/task.html", case=case, task=task, title=title, form=form)


@bp.route(
    "/offboarding/<public_id>/tasks/<task_id>/skipping",
    methods=["GET", "POST"],
    endpoint="skip_task",
)
@requires(Permission.CASES_WRITE)
def skip(public_id: str, task_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    task = access.task_for(actor, case, task_id)
    form = SkipForm()
    if form.validate_on_submit():
        with form.attempt():
            services.skip_task(case, task, text_of(form.reason), by=actor)
            flash(_("Steget hoppas över."), "ok")
            return _back(case)
    title = title_of(task.key, task.written, language.current())
    return render_template(
        "offboarding/skip_task.html", case=case, task=task, title=title, form=form
    )


@bp.post("/offboarding/<public_id>/tasks/<task_id>/return", endpoint="restore_task")
@requires(Permission.CASES_WRITE)
def restore(public_id: str, task_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    services.restore_task(case, access.task_for(actor, case, task_id), by=actor)
    flash(_("Steget är tillbaka på listan."), "ok")
    return _back(case)
