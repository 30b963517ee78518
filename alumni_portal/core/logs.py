"""One JSON line a request: what was asked and how it went, never who or what was written (S34)."""

import logging
import secrets
import sys
import traceback
from time import perf_counter
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

_SECRET_WORDS = ("password", "token", "secret", "code", "email", "address", "name", "cookie")


def _redact(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank every value whose key names personal data or a secret."""
    for key in event:
        if key not in {"event", "level"} and any(word in key for word in _SECRET_WORDS):
            event[key] = "…"
    return event


def _standard_error(*_names: object) -> structlog.PrintLogger:
    """Return what prints to standard error as it is now: it may be redirected while we run."""
    return structlog.PrintLogger(sys.stderr)


def configure() -> None:
    """Set structured logging up for this process, once."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,  # type: ignore[list-item]  # structlog's event type is wider
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_standard_error,
        cache_logger_on_first_use=False,
    )


log = structlog.get_logger("alumni_portal")


class Portal(Flask):
    """A Flask whose crash reports hold places in the code, never paths, values or parameters.

    A path may hold a token, a database error the row it was about (S34).
    """

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Write one line: what kind of error, at which endpoint, through which places."""
        kind, _error, trace = exc_info
        log.error(
            "crash",
            kind=kind.__name__ if kind else "unknown",
            endpoint=request.endpoint or "-",
            id=g.get("request_id"),
            where=[f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)][-12:],
        )


def _start() -> None:
    g.request_id = secrets.token_hex(8)
    g.started = perf_counter()


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    if request.endpoint != "static":
        log.info(
            "request",
            id=g.request_id,
            method=request.method,
            endpoint=request.endpoint or "-",
            status=response.status_code,
            ms=round((perf_counter() - g.started) * 1000, 1),
            account=g.actor.ref if "actor" in g else "-",
        )
    return response


def install(app: Flask) -> None:
    """Log each request of an application."""
    configure()
    app.before_request(_start)
    app.after_request(_finish)
