"""What may stand in our addresses: no NUL, for which PostgreSQL has no text to look it up by."""

from typing import Any

from flask import Flask, request
from werkzeug.routing import UnicodeConverter

from alumni_portal.core.errors import NotFound


class Part(UnicodeConverter):
    """One part of an address: any text that a database can hold."""

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401 - werkzeug's
        super().__init__(*given, **more)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def install(app: Flask) -> None:
    """Let no address lead anywhere that could not be looked up: it is not found."""
    app.url_map.converters["default"] = Part
    app.before_request(_refuse_what_cannot_be_asked)


def _refuse_what_cannot_be_asked() -> None:
    if b"%00" in request.query_string:
        raise NotFound
