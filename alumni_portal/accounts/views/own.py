from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import queries, rules, services
from alumni_portal.accounts.forms import PasswordForm
from alumni_portal.accounts.models import Account
from alumni_portal.accounts.views import bp
from alumni_portal.accounts.views.session import sign_in, sign_out
from alumni_portal.core.errors import NotFound
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.limits import Limit, limited
from alumni_portal.core.permissions import current_actor, public, signed_in

_GUESSES = Limit(
    name="password-change", most=10, per=rules.LINK_LIVES, by=lambda: current_actor().ref
)


def _back() -> ResponseReturnValue:
    return redirect(rules.safe_next(request.form.get("next")) or url_for("accounts.start"), 303)


def _own() -> Account:
    account = queries.account(current_actor().ref)
    if account is None:
        raise NotFound
    return account


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
    return _page(PasswordForm(formdata=None))


def _page(form: PasswordForm) -> ResponseReturnValue:
    own = _own()
    return render_template(
        "accounts/account.html",
        account=own,
        addresses=queries.ways_in(own),
        sessions=queries.sessions_of(own.id),
        form=form,
    )


@bp.post("/account/password")
@signed_in
@limited(_GUESSES)
def change_password() -> ResponseReturnValue:
    own = _own()
    if own.password_hash is None:
        raise NotFound
    form = PasswordForm()
    if form.validate_on_submit():
        with form.attempt():
            services.change_password(
                own, form.current.data or "", form.password.data or "", by=current_actor()
            )
            sign_in(own, "password change")
            flash(_("Lösenordet är bytt. Du är utloggad på alla andra enheter."), "ok")
            return redirect(url_for("accounts.account"), 303)
    return _page(form)


@bp.post("/account/sessions/<public_id>/end")
@signed_in
def end_session(public_id: str) -> ResponseReturnValue:
    services.end_session(current_actor(), public_id)
    flash(_("Den enheten är utloggad."), "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/end-all")
@signed_in
def end_all_sessions() -> ResponseReturnValue:
    services.end_all_sessions(_own(), by=current_actor())
    sign_out()
    flash(_("Du är utloggad överallt."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)
