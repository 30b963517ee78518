from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding.forms.import_mapping import MappingPage
from alumni_portal.offboarding.forms.imports import ENCODINGS, SEPARATORS
from alumni_portal.offboarding.models import UNFINISHED, ImportBatch, SavedMapping
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.mapping_file import from_plain, to_plain, to_toml
from alumni_portal.offboarding.services import importing
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.imports import batch_or_missing


@bp.route("/offboarding/imports/<public_id>/mapping", methods=["GET", "POST"])
@requires(Permission.IMPORTS_RUN)
def map_import(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id, to_change=request.method == "POST")
    if batch.repeats:
        return redirect(url_for("offboarding.repeat_import", public_id=public_id), 303)
    if batch.state not in UNFINISHED or not batch.profile:
        return redirect(url_for("offboarding.show_import", public_id=public_id), 303)
    page, unseen = MappingPage(batch), list[str]()
    if page.form.validate_on_submit():
        mapping = page.chosen()
        if mapping is not None:
            unseen = page.needs_a_look(mapping)
            if not unseen:
                _save(page, mapping)
                importing.check(batch, mapping)
                return redirect(url_for("offboarding.show_import", public_id=public_id), 303)
            page = _with(batch, mapping)
    return _mapping_page(page, unseen)


def _save(page: MappingPage, mapping: Mapping) -> None:
    if page.form.save_as.data:
        importing.save(mapping, page.form.save_as.data, by=current_actor())


def _with(batch: ImportBatch, mapping: Mapping) -> MappingPage:
    """Return the page of an import under another mapping, as if it was just opened."""
    batch.mapping = to_plain(mapping)
    return MappingPage(batch, fresh=True)


def _mapping_page(page: MappingPage, unseen: list[str]) -> str:
    layout = page.batch.layout
    return render_template(
        "offboarding/imports/mapping.html",
        batch=page.batch,
        page=page,
        form=page.form,
        unseen=unseen,
        saved=importing.saved(page.kind),
        encoding=ENCODINGS.get(str(layout["encoding"]).removesuffix("-sig"), layout["encoding"]),
        separator=SEPARATORS.get(layout["separator"] or "", ""),
        plain=PlainForm(),
    )


@bp.post("/offboarding/imports/<public_id>/saved-mapping")
@requires(Permission.IMPORTS_RUN)
def use_mapping(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id, to_change=True)
    row = _saved(request.form.get("mapping", ""), batch)
    missing = from_plain(row.mapping).fits(batch.headings)
    if missing:
        names = ", ".join(flaw.key for flaw in missing[:5])
        flash(
            _("”%(name)s” passar inte. Filen saknar: %(names)s.", name=row.name, names=names), "bad"
        )
    else:
        batch.mapping = row.mapping
        flash(_("Valen i ”%(name)s” används.", name=row.name), "ok")
    return redirect(url_for("offboarding.map_import", public_id=public_id), 303)


@bp.post("/offboarding/imports/<public_id>/saved-mapping/<mapping_id>/removal")
@requires(Permission.IMPORTS_RUN)
def forget_mapping(public_id: str, mapping_id: str) -> ResponseReturnValue:
    row = _saved(mapping_id, batch_or_missing(public_id))
    importing.forget(row, by=current_actor())
    flash(_("”%(name)s” är borttagen.", name=row.name), "ok")
    return redirect(url_for("offboarding.map_import", public_id=public_id), 303)


def _saved(public_id: str, batch: ImportBatch) -> SavedMapping:
    row = importing.find_saved(public_id)
    if row is None or row.kind is not batch.kind:
        raise NotFound
    return row


@bp.get("/offboarding/imports/<public_id>/mapping.toml")
@requires(Permission.IMPORTS_RUN)
def mapping_toml(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id)
    headers = {"Content-Disposition": f'attachment; filename="{batch.kind}.toml"'}
    return Response(
        to_toml(from_plain(batch.mapping or {})), mimetype="application/toml", headers=headers
    )
