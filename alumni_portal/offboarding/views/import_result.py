from collections.abc import Collection

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding.forms.imports import MEANINGS, AcceptForm, field_label
from alumni_portal.offboarding.models import ImportBatch, ImportState
from alumni_portal.offboarding.queries import imports as queries
from alumni_portal.offboarding.queries.imports import Line
from alumni_portal.offboarding.services import importing
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.imports import batch_or_missing, words
from alumni_portal.people.models import Person

_TEMPLATES = {
    ImportState.CHECKING: "working",
    ImportState.STORING: "working",
    ImportState.CHECKED: "checked",
    ImportState.STORED: "stored",
    ImportState.UNDONE: "undone",
}


@bp.get("/offboarding/imports/<public_id>")
@requires(Permission.IMPORTS_RUN)
def show_import(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id)
    if batch.state is ImportState.MAPPING:
        return redirect(url_for("offboarding.map_import", public_id=public_id), 303)
    if batch.state is ImportState.CHECKED:
        return _checked_page(batch, AcceptForm())
    progress = importing.progress_of(batch)
    name = "working" if progress else _TEMPLATES[batch.state]
    return render_template(
        f"offboarding/imports/{name}.html",
        batch=batch,
        progress=progress,
        states=ImportState,
        figures=batch.figures or {},
        who=queries.names_of_actors({batch.actor}).get(batch.actor, batch.actor),
        kept=_kept(batch),
        has_rejected=queries.has_rejected(batch.id),
    )


def _kept(batch: ImportBatch) -> list[Person]:
    if batch.state is not ImportState.UNDONE:
        return []
    kept = importing.still_there(batch)
    access_log.listed(current_actor(), [person.id for person in kept], Look.PERSON_LIST)
    return kept


def _checked_page(batch: ImportBatch, form: AcceptForm) -> str:
    figures = batch.figures or {}
    shown = request.args.get("show", "")
    if shown not in queries.SHOWN:
        shown = next((one for one in queries.SHOWN if figures.get(_COUNTS[one])), "new")
    lines = queries.lines(batch.id, shown, after=request.args.get("after"))
    mapping = importing.mapping_of(batch)
    return render_template(
        "offboarding/imports/checked.html",
        batch=batch,
        form=form,
        figures=figures,
        counts=_COUNTS,
        shown=shown,
        lines=lines,
        places=mapping.places(batch.headings),
        known=_known(lines.rows),
        label=lambda key: field_label(key, batch.kind),
        meanings=MEANINGS,
        changed_meanwhile=batch.remark == importing.CHANGED_MEANWHILE,
    )


_COUNTS = {
    "rejected": "rejected",
    "changed": "changed",
    "match": "matches",
    "repeated": "repeated",
    "note": "noted_rows",
    "new": "new",
}


def _known(lines: Collection[Line]) -> dict[str, Person]:
    """Return the stored people whom these rows look like; that they were shown is noted."""
    refs = {line.entry["match"][1] for line in lines if "match" in line.entry} - {None}
    known = queries.people_by_ref(refs)
    people = [person.id for person in known.values()]
    access_log.listed(current_actor(), people, Look.MATCH)
    return known


@bp.post("/offboarding/imports/<public_id>/acceptance")
@requires(Permission.IMPORTS_RUN)
def accept_import(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id, to_change=True)
    if batch.state is not ImportState.CHECKED:
        flash(_("Filen är redan inläst, eller läses in just nu."), "sun")
        return redirect(url_for("offboarding.show_import", public_id=public_id), 303)
    form = AcceptForm()
    if form.validate_on_submit():
        with form.attempt():
            importing.accept(batch, strict=form.strict.data, by=current_actor())
            return redirect(url_for("offboarding.show_import", public_id=public_id), 303)
    return _checked_page(batch, form)


@bp.post("/offboarding/imports/<public_id>/retry")
@requires(Permission.IMPORTS_RUN)
def retry_import(public_id: str) -> ResponseReturnValue:
    importing.try_again(batch_or_missing(public_id, to_change=True))
    return redirect(url_for("offboarding.show_import", public_id=public_id), 303)


@bp.get("/offboarding/imports/<public_id>/rejected.csv")
@requires(Permission.IMPORTS_RUN)
def rejected_rows(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id)
    extra = (_("Rad"), _("Kolumn"), _("Orsak"))
    lines = importing.rejected_csv(batch, extra, lambda code: words("reason_text", code))
    name = _("avvisade-rader")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("".join(lines), mimetype="text/csv", headers=headers)


@bp.route("/offboarding/imports/<public_id>/undo", methods=["GET", "POST"])
@requires(Permission.IMPORTS_RUN)
def undo_import(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    batch = batch_or_missing(public_id, to_change=request.method == "POST")
    form = PlainForm()
    if form.validate_on_submit():
        importing.take_back(batch, by=actor)
        flash(_("Inläsningen ångras."), "ok")
        return redirect(url_for("offboarding.show_import", public_id=public_id), 303)
    plan = importing.plan(batch)
    kept = importing.named(plan.kept)
    access_log.listed(actor, [person.id for person in kept], Look.PERSON_LIST)
    return render_template(
        "offboarding/imports/undo.html", batch=batch, form=form, plan=plan, kept=kept
    )
