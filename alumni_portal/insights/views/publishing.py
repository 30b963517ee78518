from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.insights import queries, services
from alumni_portal.insights.forms import ApprovalForm, PublicationForm
from alumni_portal.insights.models import Action
from alumni_portal.insights.rules.telltales import print_of
from alumni_portal.insights.services import WORDS
from alumni_portal.insights.views import bp, wording
from alumni_portal.insights.views.actions import found, to


def _typed(one: Action) -> dict[str, Any]:
    """Return what stands in the editor: the draft, or what is known from the action."""
    if one.publication is not None:
        return {
            **services.words_of(one.publication),
            "with_effect": one.publication.with_effect,
        }
    return {
        "heard_sv": one.heard,
        "done_sv": one.done_sv or one.goal,
        "done_en": one.done_en,
        "with_effect": True,
    }


def _told(form: PublicationForm) -> services.Told:
    words = {name: form[name].data or "" for name in WORDS}
    return services.Told(**words, with_effect=bool(form.with_effect.data))


@bp.route("/insights/actions/<public_id>/publication", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def publication(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    form = PublicationForm(**_typed(one))
    if form.validate_on_submit():
        with form.attempt():
            if request.form.get("do") == "ask":
                services.ask_approval(one, _told(form), by=current_actor())
                flash(_("Texten väntar på att en kollega läser och godkänner den."), "ok")
                return to(one)
            services.write(one, _told(form), by=current_actor())
            flash(_("Texten är sparad. Så här ser den ut."), "ok")
            return redirect(url_for("insights.publication", public_id=public_id), 303)
    return _editor(found(public_id), form)


def _editor(one: Action, form: PublicationForm) -> str:
    return render_template(
        "insights/publication.html",
        one=one,
        form=form,
        draft=one.publication,
        backing=wording.of_backing(queries.backing(one)),
        **wording.for_actions([one]),
    )


@bp.route("/insights/actions/<public_id>/publication/approve", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def approve(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    if one.publication is None or one.publication.asked_at is None:
        raise NotFound
    form = ApprovalForm()
    if form.validate_on_submit():
        with form.attempt():
            services.approve(one, seen=form.seen.data or "", by=current_actor())
            flash(_("Nu kan alla läsa det på sidan Ni sa – vi gjorde."), "ok")
            return to(one)
    return _reading(found(public_id), form)


def _reading(one: Action, form: ApprovalForm) -> str:
    draft = one.publication
    if draft is None:
        raise NotFound
    form.seen.data = print_of(services.words_of(draft))
    return render_template(
        "insights/approve.html",
        one=one,
        form=form,
        draft=draft,
        is_writer=draft.written_by == current_actor().ref,
        backing=wording.of_backing(queries.backing(one)),
    )


@bp.post("/insights/actions/<public_id>/publication/take-down")
@requires(Permission.EXIT_ACTIONS_WRITE)
def take_down(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    services.take_down(one, by=current_actor())
    flash(_("Texten syns inte längre. Den finns kvar som utkast."), "ok")
    return to(one)
