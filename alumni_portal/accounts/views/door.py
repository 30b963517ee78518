from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import rules, services
from alumni_portal.accounts.forms import CodeForm, SignInForm
from alumni_portal.accounts.models import Account
from alumni_portal.accounts.services import DoorState
from alumni_portal.accounts.views import bp
from alumni_portal.accounts.views.session import (
    browser_that_asked,
    remember_browser,
    sign_in,
    sign_out,
)
from alumni_portal.core import language
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import masked
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, by_field, limited
from alumni_portal.core.permissions import current_actor, public

_QUARTER, _DAY = timedelta(minutes=15), timedelta(days=1)


def _home() -> str:
    return url_for("accounts.start")


def _come_in(account: Account, way: str) -> ResponseReturnValue:
    target = rules.safe_next(session.get("next"))
    sign_in(account, way)
    return redirect(target or _home(), 303)


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
@limited(
    Limit(name="sign-in-address", most=10, per=_QUARTER, by=by_field("email")),
    Limit(name="sign-in-client", most=60, per=_QUARTER, by=by_client),
)
def door() -> ResponseReturnValue:
    if current_actor().is_signed_in:
        return redirect(_home(), 303)
    if target := rules.safe_next(request.args.get("next")):
        session["next"] = target
    form = SignInForm()
    if form.validate_on_submit():
        if not form.password.data:
            return _mail_link(form.email.data)
        account = services.check_password(form.email.data, form.password.data)
        if account is not None:
            return _come_in(account, "password")
        form.refuse(Refusal(_("Adressen eller lösenordet stämmer inte."), field="password"))
    return render_template("accounts/sign_in.html", form=form)


def _mail_link(typed: str) -> ResponseReturnValue:
    asked = services.ask_for_link(typed, language=language.current())
    remember_browser(asked.browser)
    session["asked_for"] = masked(typed)
    return redirect(url_for("accounts.check_mail"), 303)


@bp.route("/sign-in/check-mail", methods=["GET", "POST"])
@public
@limited(Limit(name="code-client", most=40, per=_QUARTER, by=by_client))
def check_mail() -> ResponseReturnValue:
    browser = browser_that_asked()
    if not browser:
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _come_in(services.enter_by_code(form.code.data, browser), "code")
        except Refusal as refusal:  # no savepoint: the try that failed stays counted
            form.refuse(refusal)
    return render_template(
        "accounts/check_mail.html", form=form, address=session.get("asked_for", "")
    )


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
@limited(Limit(name="link-client", most=60, per=_QUARTER, by=by_client))
def enter(token: str) -> ResponseReturnValue:
    form = PlainForm()
    if form.validate_on_submit():
        account = services.enter_by_link(token, browser_that_asked())
        if account is not None:
            return _come_in(account, "link")
    door = services.look_at_link(token, browser_that_asked())
    good = door.state in {DoorState.OPEN, DoorState.ELSEWHERE}
    page = render_template("accounts/enter.html", form=form, door=door)
    return page, 200 if good else 410, {"Referrer-Policy": "no-referrer"}


@bp.post("/sign-out", endpoint="sign_out")
@public
def leave() -> ResponseReturnValue:
    actor = current_actor()
    if actor.is_signed_in:
        services.end_session(actor)
    sign_out()
    flash(_("Du är utloggad."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    actor = current_actor()
    if not actor.is_signed_in:
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(url_for("home.staff" if actor.is_staff else "home.alumnus"), 303)
