"""Who may do what: permissions as data, declared on every view, refused by default."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.exceptions import NotFound as MissingPage
from werkzeug.wrappers import Response

from alumni_portal.core.errors import NotStarted
from alumni_portal.core.text import lazy as _l

V = TypeVar("V", bound=Callable[..., Any])


class Role(StrEnum):
    """The capacities in which a person uses the portal."""

    ALUMNUS = "alumnus"
    RECRUITER = "recruiter"
    MANAGER = "manager"
    INTERVIEWER = "interviewer"
    HR = "hr"
    HR_LEAD = "hr_lead"
    ADMIN = "admin"
    DPO = "dpo"


STAFF = frozenset(set(Role) - {Role.ALUMNUS})

#: What the roles are called where people read about them.
ROLE_NAMES = {
    Role.ALUMNUS: _l("Alumn"),
    Role.RECRUITER: _l("Rekryterare"),
    Role.MANAGER: _l("Chef"),
    Role.INTERVIEWER: _l("Samtalsledare"),
    Role.HR: _l("HR"),
    Role.HR_LEAD: _l("HR-chef"),
    Role.ADMIN: _l("Administratör"),
    Role.DPO: _l("Dataskyddsombud"),
}


class Permission(StrEnum):
    """One right each, `resource:action`, in alphabetical order."""

    APPLICATIONS_DECIDE = "applications:decide"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_READ_OWN_UNIT = "applications:read_own_unit"
    AUDIENCES_WRITE = "audiences:write"
    AUDIT_READ = "audit:read"
    AUDIT_READ_TECHNICAL = "audit:read_technical"
    AUDIT_VERIFY = "audit:verify"
    CANDIDATES_CONTACT = "candidates:contact"
    CANDIDATES_SEARCH = "candidates:search"
    CASES_READ = "cases:read"
    CASES_READ_OWN_UNIT = "cases:read_own_unit"
    CASES_WRITE = "cases:write"
    CONSENTS_READ = "consents:read"
    CONTACT_DETAILS_READ = "contact_details:read"
    DIRECTORY_READ = "directory:read"
    EVENTS_READ = "events:read"
    EVENTS_WRITE = "events:write"
    EXIT_GROUND_READ = "exit_ground:read"
    HOME_ALUMNUS = "home:alumnus"
    HOME_STAFF = "home:staff"
    IMPORTS_RUN = "imports:run"
    INSIGHTS_READ = "insights:read"
    INSIGHTS_READ_OWN_UNIT = "insights:read_own_unit"
    INSIGHTS_RELEASE = "insights:release"
    JOBS_READ = "jobs:read"
    JOIN_REQUESTS_DECIDE = "join_requests:decide"
    NEWSLETTERS_DRAFT = "newsletters:draft"
    NEWSLETTERS_READ = "newsletters:read"
    NEWSLETTERS_SEND = "newsletters:send"
    OPENINGS_READ = "openings:read"
    OPENINGS_WRITE = "openings:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    REFERRALS_MAKE = "referrals:make"
    REFERRALS_READ = "referrals:read"
    SETTINGS_READ = "settings:read"
    TASKS_TICK_OWN = "tasks:tick_own"
    UNITS_WRITE = "units:write"
    USERS_GRANT = "users:grant"
    USERS_READ = "users:read"


P = Permission
#: Finding people for openings and taking them to a decision.
_HIRING = frozenset(
    {
        P.APPLICATIONS_DECIDE,
        P.APPLICATIONS_READ,
        P.CANDIDATES_CONTACT,
        P.CANDIDATES_SEARCH,
        P.DIRECTORY_READ,
        P.EVENTS_READ,
        P.HOME_STAFF,
        P.NEWSLETTERS_DRAFT,
        P.NEWSLETTERS_READ,
        P.OPENINGS_READ,
        P.OPENINGS_WRITE,
        P.REFERRALS_READ,
    }
)
_HR = _HIRING | frozenset(
    {
        P.AUDIENCES_WRITE,
        P.CASES_READ,
        P.CASES_WRITE,
        P.CONSENTS_READ,
        P.CONTACT_DETAILS_READ,
        P.EVENTS_WRITE,
        P.EXIT_GROUND_READ,
        P.IMPORTS_RUN,
        P.INSIGHTS_READ,
        P.JOIN_REQUESTS_DECIDE,
        P.NEWSLETTERS_SEND,
        P.PEOPLE_READ,
        P.PEOPLE_WRITE,
        P.TASKS_TICK_OWN,
        P.UNITS_WRITE,
        P.USERS_GRANT,
        P.USERS_READ,
    }
)

#: The permission matrix of docs/security.md, as data. What is not here is refused.
MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ALUMNUS: frozenset(
        {
            P.DIRECTORY_READ,
            P.EVENTS_READ,
            P.HOME_ALUMNUS,
            P.NEWSLETTERS_READ,
            P.REFERRALS_MAKE,
        }
    ),
    Role.RECRUITER: _HIRING,
    Role.MANAGER: frozenset(
        {
            P.APPLICATIONS_READ_OWN_UNIT,
            P.CASES_READ_OWN_UNIT,
            P.DIRECTORY_READ,
            P.EVENTS_READ,
            P.HOME_STAFF,
            P.INSIGHTS_READ_OWN_UNIT,
            P.OPENINGS_READ,
            P.TASKS_TICK_OWN,
        }
    ),
    Role.INTERVIEWER: frozenset({P.DIRECTORY_READ, P.HOME_STAFF}),
    Role.HR: _HR,
    Role.HR_LEAD: _HR | {P.AUDIT_READ, P.INSIGHTS_RELEASE},
    Role.ADMIN: frozenset(
        {
            P.AUDIT_READ_TECHNICAL,
            P.HOME_STAFF,
            P.JOBS_READ,
            P.SETTINGS_READ,
            P.USERS_READ,
        }
    ),
    Role.DPO: frozenset(
        {P.AUDIT_READ, P.AUDIT_VERIFY, P.HOME_STAFF, P.INSIGHTS_READ, P.SETTINGS_READ, P.USERS_READ}
    ),
}


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
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back), 303)
    raise MissingPage
