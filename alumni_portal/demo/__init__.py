"""The fictional employer Sundmark, and the pages that only a demo has."""

from flask import Flask


def install(app: Flask) -> None:
    """Give a demo its extra pages."""
    del app
