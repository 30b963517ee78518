from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.openings import access, queries, services
from alumni_portal.openings.models import OpeningState
from alumni_portal.openings.views import bp
from alumni_portal.people.queries import names_of

_SHOWN: dict[str, OpeningState | None] = {
    "": OpeningState.PUBLISHED,
    "draft": OpeningState.DRAFT,
    "closed": OpeningState.CLOSED,
    "filled": OpeningState.FILLED,
    "all": None,
}


@bp.get("/openings/manage")
@requires(Permission.OPENINGS_READ)
def manage() -> ResponseReturnValue:
    show = request.args.get("show", "")
    show = show if show in _SHOWN else ""
    page = queries.openings_page(
        _SHOWN[show], after=request.args.get("after"), before=request.args.get("before")
    )
    counts = queries.counts()
    recruiters = {one.recruiter_id for one in page.rows if one.recruiter_id}
    access_log.listed(current_actor(), list(recruiters), Look.PERSON_LIST)
    return render_template(
        "openings/manage.html",
        page=page,
        show=show,
        counts={key: counts.get(state, 0) if state else None for key, state in _SHOWN.items()},
        names=names_of(recruiters),
        is_open=queries.is_open,
        states=queries.STATES,
        here=_here,
    )


def _here(**changes: str | None) -> str:
    """Return this list's address with something changed; pages start anew unless kept."""
    kept: dict[str, Any] = {"show": request.args.get("show") or None}
    return url_for("openings.manage", **{**kept, **changes})


@bp.route("/openings/<public_id>/publish", methods=["GET", "POST"])
@requires(Permission.OPENINGS_WRITE)
def publish(public_id: str) -> ResponseReturnValue:
    found = access.opening_to_change(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.publish(found, by=current_actor())
            flash(_("Tjänsten är publicerad. Alla kan läsa den nu."), "ok")
            return redirect(url_for("openings.opening", public_id=public_id), 303)
    terms = services.terms_of(found)
    lacks = services.missing(terms)
    return render_template(
        "openings/publish.html", opening=found, form=form, terms=terms, lacks=lacks
    )


@bp.route("/openings/<public_id>/close", methods=["GET", "POST"])
@requires(Permission.OPENINGS_WRITE)
def close(public_id: str) -> ResponseReturnValue:
    found = access.opening_to_change(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.close(found, by=current_actor())
            flash(_("Tjänsten är stängd. Ingen kan söka den längre."), "ok")
            return redirect(url_for("openings.opening", public_id=public_id), 303)
    return render_template("openings/close.html", opening=found, form=form)
