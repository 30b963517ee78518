"""What every test may ask for: `app`, `browser`, `inside`, `outbox`, and the portal in Chromium."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from alumni_portal.core.settings import Settings
from tests.support import chromium as screens
from tests.support import database as databases
from tests.support.app import made_app, migrate, settings_for
from tests.support.browser import Browser
from tests.support.chromium import PHONE, Live, Screen
from tests.support.database import Database
from tests.support.hours import *  # noqa: F403  fixtures, which pytest finds by name
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make
from tests.support.network import only_this_machine
from tests.support.options import *  # noqa: F403  what pytest calls by its name

NO_CHROMIUM = "there is no Chromium on this machine"


@pytest.fixture(scope="session", autouse=True)
def _no_outside_world() -> Iterator[None]:
    with only_this_machine():
        yield


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def database(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return the maker of migrated databases."""
    kind = databases.Sqlite if database_kind == "sqlite" else databases.Postgres
    return kind(databases.shared_folder(tmp_path_factory), migrate)


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Iterator[Settings]:
    """Return the settings of a portal with a database of its own, migrated and empty."""
    url = database.fresh(tmp_path)
    yield settings_for(url, tmp_path / "instance")
    database.drop(url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with made_app(settings) as app:
        yield app


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """Return the application with its context pushed: for tests of services and queries."""
    with app.app_context():
        yield app


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a stranger's browser; `browser.another()` is somebody else's."""
    return Browser(app)


@pytest.fixture
def make(app: Flask) -> Make:
    """Return the maker of invented people."""
    return Make(app)


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """Return the letters written so far."""
    return Outbox(app)


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Return what runs the background work that is due; a job that fails fails the test."""
    return partial(run_jobs, app)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    if screens.executable() is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        yield screens.launch(playwright)


@pytest.fixture
def screen() -> Screen:
    return PHONE


@pytest.fixture
def live(app: Flask, chromium: Chromium, screen: Screen) -> Iterator[Live]:
    """Return the portal in Chromium on a screen; a parameter `screen` gives it others."""
    with screens.served(app) as address:
        context = chromium.new_context(**screens.options_of(screen, address))
        context.set_default_timeout(screens.PATIENCE)
        yield Live(app, address, context, screen)
        context.close()
