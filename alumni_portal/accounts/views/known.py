"""Devices that somebody has signed in on: guesses from elsewhere do not lock them out (S7)."""

from datetime import timedelta

from flask import after_this_request, current_app, request
from werkzeug.wrappers import Response

from alumni_portal.core import tokens
from alumni_portal.core.text import address_key

_PURPOSE = "known-device"
_LASTS = timedelta(days=90)
_MOST = 5


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _mark(typed: str) -> str:
    return tokens.short_hash(address_key(typed))


def _marks() -> list[str]:
    """Return the keyed hashes of addresses that were let in on this device, latest first."""
    found = tokens.unsign(_PURPOSE, request.cookies.get(_cookie_name(), ""), max_age=_LASTS)
    return [str(one) for one in found] if isinstance(found, list) else []


def is_known(typed: str) -> bool:
    """Say whether this device was let in by the typed address before."""
    return _mark(typed) in _marks()


def remember_device(typed: str) -> None:
    """Let the answer mark this device as one that the address was let in on."""
    if not typed:
        return
    marks = [_mark(typed), *(one for one in _marks() if one != _mark(typed))][:_MOST]
    name, value = _cookie_name(), tokens.sign(_PURPOSE, marks)

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            name,
            value,
            max_age=_LASTS,
            path="/",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
        return response
