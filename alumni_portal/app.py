"""The application: the list of slices, put together once."""

from datetime import timedelta

from flask import Blueprint, Flask, current_app, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from alumni_portal import schedule, wiring
from alumni_portal.accounts.views import bp as accounts
from alumni_portal.accounts.views import kept, session
from alumni_portal.admin.views import bp as admin
from alumni_portal.applications.views import bp as applications
from alumni_portal.audiences.views import bp as audiences
from alumni_portal.bounces.views import bp as bounces
from alumni_portal.consents.views import bp as consents
from alumni_portal.core import (
    address_parts,
    facts,
    files,
    formats,
    headers,
    jobs,
    language,
    limits,
    logs,
    pages,
    panels,
    permissions,
    receiving,
    transaction,
)
from alumni_portal.core.db import db, prepare
from alumni_portal.core.paths import resource
from alumni_portal.core.settings import Settings
from alumni_portal.events.views import bp as events
from alumni_portal.exit_interviews.views import bp as exit_interviews
from alumni_portal.home.views import bp as home
from alumni_portal.insights.views import bp as insights
from alumni_portal.mail.services import transport
from alumni_portal.network.views import bp as network
from alumni_portal.newsletters.views import bp as newsletters
from alumni_portal.offboarding.views import bp as offboarding
from alumni_portal.openings.views import bp as openings
from alumni_portal.people.views import bp as people
from alumni_portal.referrals.views import bp as referrals
from alumni_portal.rehire.views import bp as rehire

SLICES: tuple[Blueprint, ...] = (
    accounts,
    admin,
    applications,
    audiences,
    bounces,
    consents,
    events,
    exit_interviews,
    home,
    insights,
    network,
    newsletters,
    offboarding,
    openings,
    people,
    referrals,
    rehire,
)

_FORM = 500_000
_BODY = 12_000_000
csrf = CSRFProtect()
migrate = Migrate()


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application of one installation.

    Raises SettingsError when the environment is unsound and NotStarted when a view is undeclared.
    """
    settings = settings or Settings.from_env()
    app = logs.Portal(
        "alumni_portal",
        template_folder=str(resource("templates")),
        static_folder=str(resource("static")),
        instance_path=str(settings.instance),
    )
    app.request_class = files.Sent
    app.extensions["alumni_portal.settings"] = settings
    app.config.from_mapping(_flask_keys(settings))
    settings.instance.mkdir(parents=True, exist_ok=True)
    _install_ground_floor(app)
    for blueprint in SLICES:
        app.register_blueprint(blueprint)
    permissions.check_all_declared(app)
    for view in filter(pages.is_cross_site, app.view_functions.values()):
        csrf.exempt(view)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # as Flask's manual does
    return app


def _flask_keys(settings: Settings) -> dict[str, object]:
    plain = settings.is_demo and not settings.is_https
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "MAX_CONTENT_LENGTH": _BODY,
        "MAX_FORM_MEMORY_SIZE": _FORM,
        "MAX_FORM_PARTS": 1000,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "SESSION_COOKIE_NAME": "alumni" if plain else "__Host-alumni",
        "SESSION_COOKIE_SECURE": not plain,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # pages.same_origin does this without needing a referrer
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
        **transport.keys(settings),
    }


def _engine_options(settings: Settings) -> dict[str, object]:
    quiet = {"hide_parameters": True}  # an error names its statement, never a person's data
    if settings.database_url.startswith("sqlite"):
        return {**quiet, "connect_args": {"timeout": 15, "check_same_thread": False}}
    return {**quiet, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def _install_ground_floor(app: Flask) -> None:
    """Order matters: log, size, limits, transaction, who, forgery, permission; headers last."""
    headers.install(app)
    logs.install(app)
    app.before_request(_narrow)
    app.before_request(limits.enforce)
    transaction.guard(app)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    migrate.init_app(app, db, directory=str(resource("migrations")))
    language.install(app)
    session.install(app)
    address_parts.install(app)
    app.before_request(_widen)
    csrf.init_app(app)
    pages.install(app)
    kept.install(app)
    app.before_request(permissions.enforce)
    formats.install(app)
    transport.flask_mail.init_app(app)
    facts.install(app, wiring.FACTS)
    receiving.install(app, wiring.MAY_RECEIVE)
    panels.install(app, wiring.PANELS, wiring.MENUS)
    jobs.install(app, schedule.REGISTRY)


def _narrow() -> None:
    """Let a form without files be half a megabyte at most, before anything reads it (S45)."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = _FORM


def _widen() -> None:
    """Let the views that declare it take a larger body, from readers who may open them."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "__largest_body__", None)
    needed = permissions.needed_by(current_app, request.endpoint or "") if largest else None
    if needed and permissions.allows(permissions.current_actor(), needed):
        request.max_content_length = largest
