from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.applications import access, queries, services
from alumni_portal.applications.models import Attachment
from alumni_portal.applications.rules import HOURS, MEASURES, SAYS, STARTS, Stage
from alumni_portal.applications.views import bp
from alumni_portal.applications.views.shell import layout
from alumni_portal.applications.views.wording import path_of
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import current_actor, signed_in
from alumni_portal.core.transaction import attempt
from alumni_portal.openings.queries import is_open
from alumni_portal.people.queries import names_of


@bp.get("/applications/mine")
@signed_in
def own() -> ResponseReturnValue:
    person_id = current_actor().person_id or 0
    return render_template(
        "applications/own.html",
        layout=layout(),
        applications=queries.own_applications(person_id),
        drafts=queries.drafts_by(person_id),
        says=SAYS,
    )


@bp.get("/applications/mine/<public_id>")
@signed_in
def status(public_id: str) -> ResponseReturnValue:
    found = access.own_application_for(current_actor(), public_id)
    employment = queries.employment_of(found)
    recruiter_id = found.opening.recruiter_id or 0
    return render_template(
        "applications/status.html",
        layout=layout(),
        application=found,
        opening=found.opening,
        is_open=is_open(found.opening),
        says=SAYS[found.stage],
        path=path_of(found, queries.moves_of(found.id)),
        recruiter=names_of([recruiter_id]).get(recruiter_id, ""),
        measure=MEASURES[found.measure] if found.measure else "",
        first_day=employment.begins_on if employment else None,
        file=queries.attachment_of(found.id),
        starts=STARTS,
        hours=HOURS,
        may_withdraw=found.stage not in {Stage.HIRED, Stage.DECLINED, Stage.WITHDRAWN},
    )


@bp.post("/applications/mine/<public_id>/withdrawal")
@signed_in
def withdraw(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.own_application_for(actor, public_id)
    try:
        with attempt():
            services.withdraw(found, by=actor)
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("Ansökan är tillbakatagen. Det du skrev är raderat."), "ok")
    return redirect(url_for("applications.status", public_id=public_id), 303)


@bp.post("/applications/drafts/<opening_id>/removal")
@signed_in
def drop_draft(opening_id: str) -> ResponseReturnValue:
    person_id = current_actor().person_id or 0
    for draft in queries.drafts_by(person_id):
        if draft.opening.public_id == opening_id:
            services.drop_draft(draft)
            flash(_("Utkastet är raderat."), "ok")
            return redirect(url_for("applications.own"), 303)
    raise NotFound


@bp.get("/applications/mine/<public_id>/attachment")
@signed_in
def own_attachment(public_id: str) -> ResponseReturnValue:
    found = access.own_application_for(current_actor(), public_id)
    return sent(queries.attachment_of(found.id))


def sent(file: Attachment | None) -> ResponseReturnValue:
    """Return a stored file as a download that no browser opens in our name (S35)."""
    if file is None or not services.path_of(file).is_file():
        raise NotFound
    answer = send_file(
        BytesIO(services.path_of(file).read_bytes()),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
        etag=False,
        max_age=0,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
