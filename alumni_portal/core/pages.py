"""Pages of the ground floor: error pages, health, brand colour, and what templates can use."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from jinja2 import StrictUndefined
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from alumni_portal.core import clock, headers, outage, transaction
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.installation import brand, settings
from alumni_portal.core.logs import log
from alumni_portal.core.permissions import ROLE_NAMES, Role, current_actor, public
from alumni_portal.core.typed import typed, written

bp = Blueprint("core", __name__)

V = TypeVar("V", bound=Callable[..., Any])
_OWN_PAGES = {400, 404, 405, 409, 410, 413, 415, 429, 500, 503}


@lru_cache(maxsize=256)
def _fingerprint(path: Path, changed: float) -> str:
    del changed
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """Return the address of a static file, which changes when the file does.

    A page asks the disk once per file, not once per icon.
    """
    known: dict[str, str] = g.setdefault("static_urls", {})
    if name not in known:
        known[name] = _static_url(name)
    return known[name]


def _static_url(name: str) -> str:
    path = Path(current_app.static_folder or "") / name
    mark = _fingerprint(path, path.stat().st_mtime) if path.is_file() else "missing"
    return url_for("static", filename=name, v=mark)


def can(permission: str) -> bool:
    """Say whether the reader of this page holds a permission."""
    return any(permission == held for held in current_actor().permissions)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer while the process lives."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Answer yes while the database does."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 - whatever is wrong with the database, we are not ready
        return {"status": "not ready"}, 503
    return {"status": "ready"}


@bp.get("/brand.css")
@public
def brand_css() -> ResponseReturnValue:
    """Give the style sheet the employer's colour."""
    sheet = f":root {{ --brand-h: {settings().brand_hue}; }}\n"
    return Response(sheet, mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"})


@bp.get("/.well-known/change-password")
@public
def change_password() -> ResponseReturnValue:
    """Lead password managers to the page where one changes it (well-known URL, W3C)."""
    return redirect(url_for("accounts.account"), 302)


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> ResponseReturnValue:
    """Say where to report a hole, when this installation names a place (RFC 9116)."""
    contact = settings().security_contact
    if not contact:
        raise NotFound
    address = contact if "://" in contact or contact.startswith("mailto:") else f"mailto:{contact}"
    until = clock.now().replace(microsecond=0) + timedelta(days=90)
    lines = [f"Contact: {address}", f"Expires: {until.isoformat()}", "Preferred-Languages: sv, en"]
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Ask search engines to stay out of everything but the pages that are meant for them."""
    open_to_them = {
        rule.rule.partition("<")[0]
        for rule in current_app.url_map.iter_rules()
        if headers.is_indexed(current_app, rule.endpoint)
    }
    lines = ["User-agent: *", "Disallow: /", *(f"Allow: {path}" for path in sorted(open_to_them))]
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


def _error_page(status: int, message: object = None) -> ResponseReturnValue:
    if request_ctx.url_adapter is None:  # a host that is not ours: no address can be made
        return Response("Bad request", status, mimetype="text/plain")
    name = status if status in _OWN_PAGES else 500 if status >= 500 else 400
    page = render_template(f"errors/{name}.html", message=message, request_id=g.get("request_id"))
    return page, status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    transaction.rollback()
    status = error.code or 500
    if status in range(300, 400):
        return error.get_response()
    answer = _error_page(status)
    if retry := getattr(error, "retry_after", None):
        return (*answer, {"Retry-After": str(retry)})  # type: ignore[misc]  # a pair becomes a triple
    return answer


def _crash(error: InternalServerError) -> ResponseReturnValue:
    transaction.rollback()
    if outage.is_outage(error.original_exception):
        return _resting()
    return _error_page(500)


def _without_database(error: SQLAlchemyError) -> ResponseReturnValue:
    """Ask for patience when the database is away or full; any other error is a crash."""
    transaction.rollback()
    if not outage.is_outage(error):
        raise error
    log.warning("database.away", kind=type(error).__name__, endpoint=request.endpoint or "-")
    return _resting()


def _resting() -> ResponseReturnValue:
    retry = {"Retry-After": str(outage.ASK_AGAIN_AFTER)}
    return (*_error_page(503), retry)  # type: ignore[misc]  # a pair becomes a triple


def _missing(error: NotFound) -> ResponseReturnValue:
    del error
    transaction.rollback()
    return _error_page(404)


def _refused(error: Refusal) -> ResponseReturnValue:
    transaction.rollback()
    return _error_page(409 if isinstance(error, Conflict) else 400, error.message)


def _forged(error: CSRFError) -> ResponseReturnValue:
    """Refuse a change without the token of this browser; what its own page held can be sent again.

    Of a page that outlived its cookie. Another site's form is not shown under our name.
    """
    del error
    transaction.rollback()
    fields = typed() if _is_from_here() else []
    if not fields:
        return _error_page(400, None)
    address = request.full_path.rstrip("?")
    return render_template(
        "errors/again.html", address=address, fields=fields, texts=written(fields)
    ), 400


def _is_from_here() -> bool:
    """Say whether the browser itself says that a page of ours sent this."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return site == "same-origin" or (site is None and origin == request.host_url.rstrip("/"))


def cross_site(view: V) -> V:
    """Mark a view as open to changes from elsewhere: its address alone says who asks for what.

    For mail programs (RFC 8058), which send no cookie, no token and whatever origin they like.
    """
    view.__cross_site__ = True  # type: ignore[attr-defined]  # read by `same_origin` and the token's check
    return view


def is_cross_site(view: object) -> bool:
    """Say whether a view is marked so."""
    return getattr(view, "__cross_site__", False)


def same_origin() -> None:
    """Refuse a change that another site asks the browser to make (S15), besides the token."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in transaction.SAFE or is_cross_site(view):
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    ours = {"", request.host_url.rstrip("/")}
    if site == "same-origin":
        ours.add("null")  # a page that sends no referrer sends no origin either
    if site not in {"", "same-origin", "none"} or origin not in ours:
        raise BadRequest


def install(app: Flask) -> None:
    """Give an application its error pages, its small pages and its templates' globals."""
    app.register_blueprint(bp)
    app.before_request(same_origin)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _crash)
    app.register_error_handler(SQLAlchemyError, _without_database)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        static_url=static_url,
        can=can,
        csrf_token=generate_csrf,
        new_id=lambda: secrets.token_hex(4),
    )
    app.add_template_filter(lambda role: ROLE_NAMES[Role(role)], "role_name")
    app.context_processor(
        lambda: {"actor": current_actor(), "brand": brand(), "settings": settings()}
    )
