"""Making the application under test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from alumni_portal.app import create_app
from alumni_portal.core.db import db
from alumni_portal.core.settings import Settings
from tests.support.repository import ROOT
from tests.support.warm import hash_cheaply, remember_routes, remember_statements

#: Templates are compiled once for all tests.
COMPILED = ROOT / "build/templates"
SECRET = "a-secret-that-only-the-tests-know-of"


def settings_for(database_url: str, instance: Path, **more: str) -> Settings:
    """Return the settings of a portal for invented people, kept in a folder of its own."""
    env = {
        "MODE": "demo",
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
        "INSTANCE": str(instance),
        "BASE_URL": "http://localhost",
        **more,
    }
    return Settings.from_env({f"ALUMNI_{name}": value for name, value in env.items()})


@contextmanager
def made_app(settings: Settings) -> Iterator[Flask]:
    """Make an application and close what it opened afterwards."""
    remember_routes()
    hash_cheaply()
    app = create_app(settings)
    app.testing = True
    with app.app_context():
        remember_statements(db.engine)
    COMPILED.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def migrate(database_url: str) -> None:
    """Bring an empty database up to the newest migration."""
    with TemporaryDirectory() as folder:
        settings = settings_for(database_url, Path(folder))
        with made_app(settings) as app, app.app_context():
            if any((ROOT / "migrations/versions").glob("*.py")):
                flask_migrate.upgrade(str(ROOT / "migrations"))
            else:
                db.create_all()
