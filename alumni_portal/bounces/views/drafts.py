from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from alumni_portal.bounces import queries, services
from alumni_portal.bounces.forms import AddressFileForm
from alumni_portal.bounces.models import SuppressionDraft
from alumni_portal.bounces.rules.address_file import MOST_BYTES
from alumni_portal.bounces.rules.feedback import told
from alumni_portal.bounces.views import bp, wording
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires

_MOST_SHOWN = 50


@bp.route("/mail/suppressions/import", methods=["GET", "POST"])
@requires(Permission.SUPPRESSIONS_WRITE)
def upload() -> ResponseReturnValue:
    form = AddressFileForm()
    if form.validate_on_submit():
        file: FileStorage = form.file.data
        with form.attempt():
            content = file.stream.read(MOST_BYTES + 1)
            draft = services.receive(content, file.filename or "", by=current_actor())
            return redirect(url_for("bounces.draft", public_id=draft.public_id), 303)
    return render_template("bounces/upload.html", form=form)


@bp.get("/mail/suppressions/import/<public_id>")
@requires(Permission.SUPPRESSIONS_WRITE)
def draft(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    addresses = services.opened(found)
    return render_template(
        "bounces/draft.html",
        draft=found,
        accepted=addresses.accepted[:_MOST_SHOWN],
        rejected=addresses.rejected[:_MOST_SHOWN],
        numbers=(len(addresses.accepted), len(addresses.rejected)),
        wrong=wording.WRONG,
        sources=wording.SOURCES,
        told=told,
    )


@bp.post("/mail/suppressions/import/<public_id>/store")
@requires(Permission.SUPPRESSIONS_WRITE)
def store_draft(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    if not PlainForm().validate_on_submit():
        raise NotFound
    number = services.store(found, by=current_actor())
    said = ngettext("%(num)s ny adress är spärrad.", "%(num)s nya adresser är spärrade.", number)
    flash(said, "ok")
    return redirect(url_for("bounces.suppressions"), 303)


@bp.post("/mail/suppressions/import/<public_id>/discard")
@requires(Permission.SUPPRESSIONS_WRITE)
def discard_draft(public_id: str) -> ResponseReturnValue:
    services.discard(_found(public_id))
    flash(_("Filen är kastad. Ingenting ändrades."), "ok")
    return redirect(url_for("bounces.suppressions"), 303)


def _found(public_id: str) -> SuppressionDraft:
    """Return a file that this reader sent; another's looks like none."""
    found = queries.draft(public_id)
    if found is None or found.by != current_actor().ref:
        raise NotFound
    return found
