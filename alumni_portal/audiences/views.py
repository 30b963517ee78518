from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts.queries import names_behind
from alumni_portal.audiences import queries, services
from alumni_portal.audiences.forms import SegmentForm
from alumni_portal.audiences.models import Segment, Wanted
from alumni_portal.consents.models import Purpose
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires

bp = Blueprint("audiences", __name__)


@bp.get("/audiences")
@requires(Permission.AUDIENCES_WRITE)
def index() -> ResponseReturnValue:
    found = queries.segments()
    return render_template(
        "audiences/index.html",
        segments=found,
        owners=_owners(found),
        everybody=queries.count(Wanted(), Purpose.NEWSLETTER),
        reasons=queries.REASONS,
    )


@bp.route("/audiences/new", methods=["GET", "POST"])
@requires(Permission.AUDIENCES_WRITE)
def new() -> ResponseReturnValue:
    return _edited(None)


@bp.route("/audiences/<public_id>", methods=["GET", "POST"])
@requires(Permission.AUDIENCES_WRITE)
def edit(public_id: str) -> ResponseReturnValue:
    return _edited(_found(public_id))


@bp.post("/audiences/<public_id>/discard")
@requires(Permission.AUDIENCES_WRITE)
def discard(public_id: str) -> ResponseReturnValue:
    segment = _found(public_id)
    try:
        services.delete_segment(segment, by=current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
        return redirect(url_for("audiences.edit", public_id=public_id), 303)
    flash(_("Urvalet är borttaget."), "ok")
    return redirect(url_for("audiences.index"), 303)


def _found(public_id: str) -> Segment:
    segment = queries.segment(public_id)
    if segment is None:
        raise NotFound
    return segment


def _edited(segment: Segment | None) -> ResponseReturnValue:
    shown = {"name": segment.name, "goal": segment.goal} if segment else {}
    form = SegmentForm(segment.wanted if segment else None, **shown)
    wanted = segment.wanted if segment else Wanted()
    is_asked = request.form.get("do") == "count"
    if is_asked:
        form.only_counts()
    if form.validate_on_submit():
        wanted = form.wanted()
        with form.attempt():
            if not is_asked:
                return redirect(_saved(segment, form), 303)
            services.check_years(wanted)
    return render_template(
        "audiences/edit.html",
        form=form,
        segment=segment,
        owner=_owners([segment]).get(segment.owner, "") if segment else "",
        counted=queries.count(wanted, Purpose.NEWSLETTER),
        is_new=form.is_submitted() or segment is None,
        reasons=queries.REASONS,
    )


def _saved(segment: Segment | None, form: SegmentForm) -> str:
    """Save a segment and return where to go on."""
    saved = services.save_segment(
        segment,
        name=form.name.data or "",
        goal=form.goal.data or "",
        wanted=form.wanted(),
        by=current_actor(),
    )
    flash(_("Urvalet är sparat."), "ok")
    return url_for("audiences.edit", public_id=saved.public_id)


def _owners(segments: Sequence[Segment]) -> dict[str, str]:
    """Return who answers for segments, by public id of their accounts."""
    return names_behind({one.owner for one in segments})
