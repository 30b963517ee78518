from flask import Flask, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import services
from alumni_portal.accounts.models import Account
from alumni_portal.accounts.views import bp
from alumni_portal.core import permissions
from alumni_portal.core.permissions import current_actor, signed_in
from alumni_portal.core.typed import typed, written

_KEY = "kept_form"


def keep_what_was_typed() -> None:
    """Keep a form whose session has ended; what is sent after signing in again needs it no more.

    Its token against forgery has been checked: it is of this browser's own page.
    """
    if request.method != "POST" or request.endpoint is None:
        return
    needed = permissions.needed_by(current_app, request.endpoint)
    if needed is None:
        return
    if current_actor().is_signed_in:
        if key := session.pop(_KEY, ""):
            services.forget_form(str(key))
        return
    is_by_script = request.headers.get("Sec-Fetch-Dest") == "empty"
    if is_by_script or permissions.allows(permissions.ANONYMOUS, needed):
        return
    address = request.full_path.rstrip("?")
    key = services.keep_form(str(session.get("_user_id", "")), address, typed())
    if key is not None:
        session[_KEY] = key
        flash(_("Du hann loggas ut. Logga in igen, så får du tillbaka det du skrev."), "info")


def key_of_kept(account: Account) -> str:
    """Return the key to what this account typed in this browser; empty when there is none."""
    key = str(session.get(_KEY, ""))
    return key if key and services.kept_form(key, account.id) else ""


def give_back(key: str) -> str:
    """Let the new session have the key, and return where the form waits."""
    session[_KEY] = key
    return url_for("accounts.kept_form")


@bp.get("/sign-in/kept-form", endpoint="kept_form")
@signed_in
def show() -> ResponseReturnValue:
    """Show what was typed before the session ended, with the button that sends it."""
    found = services.kept_form(str(session.get(_KEY, "")), current_actor().account_id)
    if found is None:
        return redirect(url_for("accounts.start"), 303)
    return render_template("accounts/kept_form.html", kept=found, texts=written(found.fields))


def install(app: Flask) -> None:
    """Let an application keep forms; after the check against forgery, before that of rights."""
    app.before_request(keep_what_was_typed)
