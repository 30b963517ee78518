from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

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
    return render_template(
        "audiences/index.html",
        segments=queries.segments(),
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
    if form.validate_on_submit():
        with form.attempt():
            saved = services.save_segment(
                segment,
                name=form.name.data or "",
                goal=form.goal.data or "",
                wanted=form.wanted(),
                by=current_actor(),
            )
            flash(_("Urvalet är sparat."), "ok")
            return redirect(url_for("audiences.edit", public_id=saved.public_id), 303)
    counted = queries.count(segment.wanted, Purpose.NEWSLETTER) if segment else None
    return render_template(
        "audiences/edit.html",
        form=form,
        segment=segment,
        counted=counted,
        reasons=queries.REASONS,
    )
