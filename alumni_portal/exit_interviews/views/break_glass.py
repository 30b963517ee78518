from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import access
from alumni_portal.exit_interviews.forms import BreakGlassForm
from alumni_portal.exit_interviews.models import BreakGlass, Interview
from alumni_portal.exit_interviews.queries import break_glass as queries
from alumni_portal.exit_interviews.queries import interviews
from alumni_portal.exit_interviews.rules.guide import Kind
from alumni_portal.exit_interviews.services import break_glass as services
from alumni_portal.exit_interviews.services import guide_of
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.form import parts
from alumni_portal.exit_interviews.views.reading import TRACKS

_CHANGE = {"methods": ["GET", "POST"]}
_BREAKS = Permission.EXIT_ANSWERS_BREAK_GLASS
_DECIDES = Permission.EXIT_ANSWERS_LET_BREAK


def _sign_in_again() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in_again", next=request.path), 303)


@bp.route("/exit-interviews/<public_id>/break-glass", endpoint="break_glass", **_CHANGE)
@requires(_BREAKS)
def ask(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = interviews.find(Interview.public_id == public_id)
    if found is None or not services.may_be_broken(found) or found.person_id == actor.person_id:
        raise NotFound
    if not actor.is_fresh and request.method == "GET":
        return _sign_in_again()
    form = BreakGlassForm()
    if form.validate_on_submit():
        with form.attempt():
            services.ask(found, form.reason.data or "", by=actor)
            flash(_("Dataskyddsombudet har fått frågan."), "ok")
            return redirect(url_for("exit_interviews.index"), 303)
    opened = queries.open_for(actor.person_id or 0, found.id)
    return render_template(
        "exit_interviews/break_glass.html",
        form=form,
        interview=found,
        what=TRACKS[found.track],
        opened=opened,
    )


@bp.get("/exit-interviews/<public_id>/break-glass/answers", endpoint="broken_glass")
@requires(_BREAKS)
def read(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    if not actor.is_fresh:
        return _sign_in_again()
    opened = access.open_in_emergency(actor, public_id)
    return render_template(
        "exit_interviews/interview.html",
        interview=opened.interview,
        parts=parts(guide_of(opened.interview), opened.answers),
        texts=Kind.TEXT,
        tracks=TRACKS,
        spoken=language.current(),
    )


@bp.get("/exit-interviews/break-glass", endpoint="broken_glasses")
@requires(_DECIDES)
def index() -> ResponseReturnValue:
    return render_template(
        "exit_interviews/broken_glasses.html",
        glasses=queries.latest(),
        tracks=TRACKS,
        is_fresh=current_actor().is_fresh,
        again=url_for("accounts.sign_in_again", next=request.path),
    )


@bp.post("/exit-interviews/break-glass/<public_id>", endpoint="decide_glass")
@requires(_DECIDES)
def decide(public_id: str) -> ResponseReturnValue:
    glass = queries.find(BreakGlass.public_id == public_id)
    do = request.form.get("do", "")
    if glass is None or do not in {"agree", "refuse", "review"}:
        raise NotFound
    try:
        with attempt():
            if do == "review":
                services.review(glass, by=current_actor())
            else:
                services.decide(glass, agrees=do == "agree", by=current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Sparat."), "ok")
    return redirect(url_for("exit_interviews.broken_glasses"), 303)
