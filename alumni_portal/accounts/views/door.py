from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import rules, services
from alumni_portal.accounts.forms import CodeForm, SignInForm
from alumni_portal.accounts.models import Account
from alumni_portal.accounts.services import DoorState
from alumni_portal.accounts.views import bp
from alumni_portal.accounts.views.kept import give_back, key_of_kept
from alumni_portal.accounts.views.known import is_known, remember_device
from alumni_portal.accounts.views.session import (
    browser_that_asked,
    remember_browser,
    sign_in,
    sign_out,
)
from alumni_portal.core import language, limits, tokens
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import masked
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.installation import settings
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import current_actor, public, signed_in
from alumni_portal.core.text import address_key

_QUARTER, _DAY = timedelta(minutes=15), timedelta(days=1)
_ASKED_FOR = "asked_for"


def _guessed_address() -> str | None:
    """Count passwords guessed at one address. Who has it is not counted (see `door`)."""
    guessed = request.form.get("password")
    return _apart_from_strangers(request.form.get("email", "")) if guessed else None


def _apart_from_strangers(typed: str) -> str | None:
    """Return what one address is counted by; a device that it was let in on counts for itself."""
    address = address_key(typed)
    return f"{address} known" if address and is_known(address) else address or None


def _mailed_address() -> str | None:
    """Count letters to one address, whichever button asked for them (S53)."""
    typed = request.form.get("email") or str(session.get(_ASKED_FOR, ""))
    return None if request.form.get("password") else _apart_from_strangers(typed)


def _mailed_from_here() -> str | None:
    """Count letters to one address from one network: strangers elsewhere use up their own."""
    address = _mailed_address()
    return f"{address} from {by_client()}" if address else None


GUESSES = Limit(name="sign-in-address", most=10, per=_QUARTER, by=_guessed_address)
CLIENT = Limit(name="sign-in-client", most=60, per=_QUARTER, by=by_client)
LETTERS = (
    Limit(name="sign-in-letters", most=40, per=_DAY, by=_mailed_address, is_quiet=True),
    Limit(name="sign-in-letters-here", most=10, per=_DAY, by=_mailed_from_here, is_quiet=True),
)


def _home() -> str:
    return url_for("accounts.start")


def _come_in(account: Account, way: str, typed: str = "") -> ResponseReturnValue:
    target, kept = rules.safe_next(session.get("next")), key_of_kept(account)
    remember_device(typed or str(session.get(_ASKED_FOR, "")))
    sign_in(account, way)
    if kept:
        target = give_back(kept)
    return redirect(target or _home(), 303)


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
@limited(GUESSES, CLIENT, *LETTERS)
def door() -> ResponseReturnValue:
    if current_actor().is_signed_in:
        return redirect(_home(), 303)
    if target := rules.safe_next(request.args.get("next")):
        session["next"] = target
    form = SignInForm()
    if form.validate_on_submit():
        if form.has_password:
            account = services.check_password(form.email.data or "", form.password.data or "")
            if account is not None:
                limits.take_back(GUESSES, CLIENT)
                return _come_in(account, "password", form.email.data or "")
            form.refuse(Refusal(_("Adressen eller lösenordet stämmer inte."), field="password"))
        else:
            return _mail_link(form.email.data or "")
    return render_template(
        "accounts/sign_in.html",
        form=form,
        has_password=settings().is_demo or bool(form.password.errors),
        demo_doors=services.demo_doors(),
        demo_password=services.DEMO_PASSWORD,
    )


def _mail_link(typed: str) -> ResponseReturnValue:
    """Mail a link; when too many were asked for, say the same and leave the last one as it is."""
    session[_ASKED_FOR] = typed
    if limits.is_used_up(*LETTERS):
        remember_browser(browser_that_asked() or tokens.new_token())
    else:
        asked = services.ask_for_link(typed, language=language.current())
        remember_browser(asked.browser)
    return redirect(url_for("accounts.check_mail"), 303)


@bp.post("/sign-in/check-mail/again")
@public
@limited(CLIENT, *LETTERS)
def send_again() -> ResponseReturnValue:
    typed = str(session.get(_ASKED_FOR, ""))
    if not typed:
        return redirect(url_for("accounts.sign_in"), 303)
    flash(_("Vi har skickat en ny länk. Den förra gäller inte längre."), "ok")
    return _mail_link(typed)


@bp.route("/sign-in/check-mail", methods=["GET", "POST"])
@public
@limited(Limit(name="code-client", most=40, per=_QUARTER, by=by_client))
def check_mail() -> ResponseReturnValue:
    browser = browser_that_asked()
    if not browser:
        flash(_("Koden fungerar i webbläsaren där du bad om den. Be om en ny här."), "info")
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _come_in(services.enter_by_code(form.code.data or "", browser), "code")
        except Refusal as refusal:  # no savepoint: the try that failed stays counted
            form.refuse(refusal)
    asked = str(session.get(_ASKED_FOR, ""))
    return render_template(
        "accounts/check_mail.html",
        form=form,
        asked=asked,
        address=masked(asked) if asked else "",
        sender=settings().mail_from,
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


@bp.route("/sign-in/again", methods=["GET", "POST"], endpoint="sign_in_again")
@signed_in
def again() -> ResponseReturnValue:
    """End the session in use and let somebody begin a new one where they were."""
    target = rules.safe_next(request.args.get("next"))
    form = PlainForm()
    if form.validate_on_submit():
        services.end_session(current_actor())
        sign_out()
        return redirect(url_for("accounts.sign_in", next=target), 303)
    if current_actor().is_fresh and target:
        return redirect(target, 303)
    return render_template("accounts/sign_in_again.html", form=form, back=_home())


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    actor = current_actor()
    if not actor.is_signed_in:
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(url_for("home.staff" if actor.is_staff else "home.alumnus"), 303)
