"""What each answer says to the browser about safety and about keeping copies (S3, S43, S44)."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from alumni_portal.core.permissions import current_actor

V = TypeVar("V", bound=Callable[..., Any])
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
POLICY = "; ".join(f"{kind} {allowed}" for kind, allowed in _SOURCES.items())

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "X-Robots-Tag": "noindex, nofollow",
}
_OK = 200
TRANSPORT = "max-age=31536000; includeSubDomains"
A_YEAR = "public, max-age=31536000, immutable"


def indexed(view: V) -> V:
    """Mark a page without people as one that search engines may keep, for strangers to find."""
    view.__indexed__ = True  # type: ignore[attr-defined]  # read by `is_indexed`
    return view


def is_indexed(app: Flask, endpoint: str | None) -> bool:
    """Say whether search engines may keep a page."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "__indexed__", False))


def put(response: Response) -> Response:
    """Put the headers on an answer, error answers and files included."""
    is_page = response.status_code == _OK and is_indexed(current_app, request.endpoint)
    if is_page and not current_actor().is_signed_in:
        response.headers.setdefault("X-Robots-Tag", "all")
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if current_app.extensions["alumni_portal.settings"].is_https:
        response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = A_YEAR
    elif request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def install(app: Flask) -> None:
    """Put the headers on every answer of an application."""
    app.after_request(put)
