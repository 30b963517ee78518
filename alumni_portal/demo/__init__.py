"""The fictional employer Sundmark, and the pages that only a demo has."""

from flask import Flask

from alumni_portal.demo import mailbox, styleguide


def install(app: Flask) -> None:
    """Give a demo its extra pages."""
    app.register_blueprint(mailbox.bp)
    app.register_blueprint(styleguide.bp)
