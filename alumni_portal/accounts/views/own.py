from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import queries, rules, services
from alumni_portal.accounts.views import bp
from alumni_portal.accounts.views.session import sign_out
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import current_actor, public, signed_in


def _back() -> ResponseReturnValue:
    return redirect(rules.safe_next(request.form.get("next")) or url_for("accounts.start"), 303)


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_actor().is_signed_in:
            services.choose_language(current_actor(), chosen)
    return _back()


@bp.post("/theme")
@signed_in
def theme() -> ResponseReturnValue:
    chosen = request.form.get("theme", "")
    if chosen in {"", "light", "dark"}:
        services.choose_theme(current_actor(), chosen)
    return _back()


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "accounts/account.html",
        sessions=queries.sessions_of(actor.account_id or 0),
        form=PlainForm(),
    )


@bp.post("/account/sessions/<public_id>/end")
@signed_in
def end_session(public_id: str) -> ResponseReturnValue:
    services.end_session(current_actor(), public_id)
    flash(_("Den enheten är utloggad."), "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/end-all")
@signed_in
def end_all_sessions() -> ResponseReturnValue:
    actor = current_actor()
    services.end_all_sessions(actor.account_id or 0, by=actor)
    sign_out()
    flash(_("Du är utloggad överallt."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)
