"""Sundmark, seeded once for all workers of a run and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.accounts import queries
from alumni_portal.accounts.models import Account
from alumni_portal.core.settings import Settings
from alumni_portal.demo import install, seeding
from tests.support.app import made_app, migrate, settings_for
from tests.support.database import once, shared_folder


def _seed(path: Path) -> None:
    url = f"sqlite:///{path}"
    migrate(url)
    with made_app(settings_for(url, path.parent / "sundmark")) as app, app.app_context():
        seeding.seed()


@pytest.fixture(scope="session")
def sundmark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a seeded database, not to be written to."""
    folder = shared_folder(tmp_path_factory)
    path = folder / "sundmark.sqlite3"
    once(folder / "sundmark.ready", lambda: _seed(path))
    return path


@pytest.fixture
def settings(sundmark: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "portal.sqlite3"
    shutil.copyfile(sundmark, path)
    return settings_for(f"sqlite:///{path}", tmp_path / "instance")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with made_app(settings) as app:
        install(app)
        yield app


@pytest.fixture
def account(app: Flask) -> Callable[[str], Account]:
    """Return what finds a demo account by the first part of its address."""

    def find(name: str) -> Account:
        with app.app_context():
            found = queries.let_in_by(f"{name}@sundmark.example")
            assert found is not None, name
            return found[0]

    return find
