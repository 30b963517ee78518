"""Who asks, and what a view asks for: declared on every view, refused by default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.exceptions import NotFound as MissingPage
from werkzeug.wrappers import Response

from alumni_portal.core.errors import NotStarted
from alumni_portal.core.rights import MATRIX, ROLE_NAMES, STAFF, Permission, Role

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: one account in its roles, or the system itself. No names of tables here."""

    account_id: int | None = None
    #: The account's public id: what audit and access log keep.
    ref: str = "anonymous"
    person_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    #: The hash of the session in use, to tell it from the account's others.
    session: str = ""
    #: Signed in a few minutes ago: what is most delicate asks for it (S9).
    is_fresh: bool = False
    language: str = "sv"
    theme: str = ""

    @property
    def is_signed_in(self) -> bool:
        """Say whether a person stands behind this request."""
        return self.account_id is not None

    @property
    def is_staff(self) -> bool:
        """Say whether the actor works here in some role."""
        return bool(self.roles & STAFF)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return everything that the roles allow together."""
        return frozenset().union(*(MATRIX[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        """Say whether one of the roles holds this permission."""
        return any(permission in MATRIX[role] for role in self.roles)


ANONYMOUS = Actor()
SYSTEM = Actor(ref="system", name="Alumni Portal")
COMMAND_LINE = Actor(ref="command-line", name="Alumni Portal", roles=frozenset({Role.HR}))


@dataclass(frozen=True)
class Needed:
    """What a view asks of its reader."""

    kind: str
    permissions: tuple[Permission, ...] = ()

    def __str__(self) -> str:
        return " or ".join(self.permissions) or self.kind


PUBLIC = Needed("public")
SIGNED_IN = Needed("signed in")
BY_LINK = Needed("signed link")


def _marked(view: V, needed: Needed) -> V:
    view.__needed__ = needed  # type: ignore[attr-defined]  # the mark is read by `needed_by`
    return view


def requires(*permissions: Permission) -> Callable[[V], V]:
    """Mark a view as open to whoever holds one of these permissions."""
    return lambda view: _marked(view, Needed("permission", permissions))


def signed_in(view: V) -> V:
    """Mark a view as open to everybody who is signed in, for their own things."""
    return _marked(view, SIGNED_IN)


def public(view: V) -> V:
    """Mark a view as open to the world."""
    return _marked(view, PUBLIC)


def by_link(view: V) -> V:
    """Mark a view as open to the holder of a mailed link, which the view itself checks."""
    return _marked(view, BY_LINK)


def needed_by(app: Flask, endpoint: str) -> Needed | None:
    """Return what an endpoint asks of its reader, or nothing when it declares nothing."""
    if endpoint == "static":
        return PUBLIC
    needed: Needed | None = getattr(app.view_functions[endpoint], "__needed__", None)
    return needed


def check_all_declared(app: Flask) -> None:
    """Refuse to start an application in which a view has no declared permission."""
    bare = [name for name in app.view_functions if needed_by(app, name) is None]
    if bare:
        raise NotStarted("views without a declared permission: " + ", ".join(sorted(bare)))


def put_actor(actor: Actor) -> None:
    """Say who stands behind this request: the door does, once."""
    g.actor = actor


def current_actor() -> Actor:
    """Return who stands behind this request."""
    actor: Actor = g.get("actor", ANONYMOUS)
    return actor


def allows(actor: Actor, needed: Needed) -> bool:
    """Say whether this actor may see a view that asks for this."""
    if needed.kind in {PUBLIC.kind, BY_LINK.kind}:
        return True
    if not actor.is_signed_in:
        return False
    return needed.kind == SIGNED_IN.kind or any(map(actor.may, needed.permissions))


def enforce() -> Response | None:
    """Stop a request that its reader may not make. Runs before every view.

    A stranger is asked to sign in; somebody signed in learns nothing: the page is missing.
    """
    if request.endpoint is None:
        return None
    needed = needed_by(current_app, request.endpoint)
    actor = current_actor()
    if needed is not None and allows(actor, needed):
        return None
    if needed is not None and not actor.is_signed_in:
        if request.headers.get("Sec-Fetch-Dest") == "empty":
            return Response(status=401)  # a script that saves would take a redirect for a yes
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back), 303)
    raise MissingPage


__all__ = [
    "ANONYMOUS",
    "BY_LINK",
    "COMMAND_LINE",
    "MATRIX",
    "PUBLIC",
    "ROLE_NAMES",
    "SIGNED_IN",
    "STAFF",
    "SYSTEM",
    "Actor",
    "Needed",
    "Permission",
    "Role",
    "allows",
    "by_link",
    "check_all_declared",
    "current_actor",
    "enforce",
    "needed_by",
    "public",
    "put_actor",
    "requires",
    "signed_in",
]
