from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding.queries import imports as queries
from alumni_portal.offboarding.services import importing
from alumni_portal.offboarding.views import bp


@bp.get("/offboarding/matches")
@requires(Permission.IMPORTS_RUN)
def list_matches() -> ResponseReturnValue:
    page = queries.open_matches(after=request.args.get("after"), before=request.args.get("before"))
    people = [one.id for match in page.rows for one in (match.person, match.other) if one]
    access_log.listed(current_actor(), people, Look.MATCH)
    return render_template(
        "offboarding/imports/matches.html",
        page=page,
        form=PlainForm(),
        waiting=queries.count_open_matches(),
    )


@bp.post("/offboarding/matches/<public_id>/decision")
@requires(Permission.IMPORTS_RUN)
def decide_match(public_id: str) -> ResponseReturnValue:
    match = queries.match(public_id)
    answer = request.form.get("answer", "")
    if match is None or answer not in {"same", "different"}:
        raise NotFound
    if answer == "same":
        person = importing.confirm(match, by=current_actor())
        flash(_("Nu är de en person: %(name)s.", name=person.name), "ok")
    else:
        importing.tell_apart(match, by=current_actor())
        flash(_("De är två olika personer. Vi frågar inte igen."), "ok")
    return redirect(url_for("offboarding.list_matches"), 303)
