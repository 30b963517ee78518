"""Who stands behind a request: the one place where Flask-Login and the cookie are touched."""

from flask import Flask, request, session
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,  # noqa: TID251 - read here and nowhere else
    login_user,
    logout_user,
)

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import Account
from alumni_portal.core import transaction
from alumni_portal.core.permissions import ANONYMOUS, Actor, put_actor

_manager = LoginManager()
_BROWSER = "door"


class SignedIn(UserMixin):
    """What Flask-Login keeps: the session id, never the account's."""

    def __init__(self, session_id: str, actor: Actor) -> None:
        self.id = session_id
        self.actor = actor


@_manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def _load(session_id: str) -> SignedIn | None:
    found = queries.signed_in(session_id)
    return SignedIn(session_id, found[0]) if found else None


def load_actor() -> None:
    """Find out who asks, before anything is allowed."""
    if request.endpoint == "static":
        return
    actor: Actor = getattr(current_user, "actor", ANONYMOUS)
    put_actor(actor)
    if actor.is_signed_in:
        transaction.afterwards(lambda: services.touch(actor.session))


def sign_in(account: Account, way: str) -> None:
    """Start a session in this browser, with nothing left of what the cookie held before."""
    session_id = services.start_session(account, user_agent=request.user_agent.string, way=way)
    session.clear()
    session.permanent = True
    found = queries.signed_in(session_id)
    if found:
        login_user(SignedIn(session_id, found[0]))


def sign_out() -> None:
    """Forget the session in this browser."""
    logout_user()
    session.clear()


def remember_browser(browser: str) -> None:
    """Bind the link that was asked for to this browser."""
    session[_BROWSER] = browser


def browser_that_asked() -> str:
    """Return what binds this browser to the link it asked for; empty when it asked for none."""
    return str(session.get(_BROWSER, ""))


def install(app: Flask) -> None:
    """Let an application know its readers."""
    _manager.init_app(app, add_context_processor=False)  # an error page asks no database
    _manager.session_protection = None
    app.before_request(load_actor)
