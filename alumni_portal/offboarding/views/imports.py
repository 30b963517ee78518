from flask import flash, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from alumni_portal.core import transaction
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding.forms.imports import KIND_HINTS, KINDS, UploadForm
from alumni_portal.offboarding.models import ImportBatch, ImportState
from alumni_portal.offboarding.queries import imports as queries
from alumni_portal.offboarding.rules.reading import Wanted
from alumni_portal.offboarding.services import importing
from alumni_portal.offboarding.views import bp

_LARGEST = 64_000_000
_WORDS = "offboarding/_reasons.html"


def words(macro: str, code: str) -> str:
    """Return what a code means to the reader."""
    return str(get_template_attribute(_WORDS, macro)(code)).strip()


def batch_or_missing(public_id: str, *, to_change: bool = False) -> ImportBatch:
    """Return an import. Raises NotFound."""
    find = queries.batch_to_change if to_change else queries.batch
    found = find(public_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/offboarding/imports")
@requires(Permission.IMPORTS_RUN)
def list_imports() -> ResponseReturnValue:
    page = queries.batches(after=request.args.get("after"), before=request.args.get("before"))
    names = queries.names_of_actors({batch.actor for batch in page.rows})
    return render_template(
        "offboarding/imports/list.html",
        page=page,
        names=names,
        kinds=KINDS,
        states=ImportState,
        waiting=queries.count_open_matches(),
    )


@bp.route("/offboarding/imports/new", methods=["GET", "POST"])
@requires(Permission.IMPORTS_RUN)
def new_import() -> ResponseReturnValue:
    form = UploadForm()
    if form.validate_on_submit():
        transaction.rollback()  # nobody waits for the database while the file is read
        upload = _read(form)
        if upload is not None:
            batch = importing.receive(upload, by=current_actor())
            return redirect(url_for("offboarding.map_import", public_id=batch.public_id), 303)
    return _upload_page(form)


new_import.__largest_body__ = _LARGEST  # type: ignore[attr-defined]  # read by app.py


def _read(form: UploadForm) -> importing.Upload | None:
    file: FileStorage = form.file.data
    wanted = Wanted(
        form.encoding.data or None, form.separator.data or None, form.sheet.data or None
    )
    kind = importing.Kind(form.kind.data)
    try:
        return importing.read_upload(file.stream, file.filename or "", kind, wanted)  # type: ignore[arg-type]  # a stream of bytes
    except importing.Unreadable as error:
        form.refuse(Refusal(words("read_problem_text", error.problem), field="file"))
        return None


def _upload_page(form: UploadForm) -> str:
    return render_template("offboarding/imports/new.html", form=form, hints=KIND_HINTS)


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say at the file field that a file is too large: nothing of it was read."""
    del error
    may_import = Permission.IMPORTS_RUN in current_actor().permissions
    if request.endpoint != "offboarding.new_import" or not may_import:
        return render_template("errors/413.html", message=None, request_id=None), 413
    form = UploadForm(formdata=None)
    form.refuse(Refusal(words("read_problem_text", "too_large"), field="file"))
    return _upload_page(form), 413


@bp.route("/offboarding/imports/<public_id>/repeat", methods=["GET", "POST"])
@requires(Permission.IMPORTS_RUN)
def repeat_import(public_id: str) -> ResponseReturnValue:
    batch = batch_or_missing(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        importing.import_again(batch)
        return redirect(url_for("offboarding.map_import", public_id=public_id), 303)
    if batch.repeats is None:
        return redirect(url_for("offboarding.map_import", public_id=public_id), 303)
    before = batch_or_missing(batch.repeats)
    return render_template("offboarding/imports/repeat.html", batch=batch, before=before, form=form)


@bp.post("/offboarding/imports/<public_id>/removal")
@requires(Permission.IMPORTS_RUN)
def discard_import(public_id: str) -> ResponseReturnValue:
    importing.discard(batch_or_missing(public_id, to_change=True), by=current_actor())
    flash(_("Filen är bortglömd. Ingenting lästes in."), "ok")
    return redirect(url_for("offboarding.list_imports"), 303)
