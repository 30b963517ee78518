"""What every test may ask for: `app`, `browser`, `inside`, `outbox`, and the portal in Chromium."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from alumni_portal.core.settings import Settings
from tests.support import chromium as screens
from tests.support import database as databases
from tests.support.app import made_app, migrate, settings_for
from tests.support.browser import Browser
from tests.support.chromium import FULL_GRID, PHONE, SHORT_GRID, Live, Screen
from tests.support.database import Database
from tests.support.letters import Outbox
from tests.support.network import only_this_machine

BOTH = ["sqlite", "postgresql"]
NO_CHROMIUM = "there is no Chromium on this machine"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("alumni portal")
    group.addoption("--database", choices=[*BOTH, "both"], help="run every test that has data here")
    group.addoption("--grid", choices=["short", "full"], default="short", help="how many screens")
    group.addoption("--faults", choices=["short", "full"], default="short", help="how many faults")
    group.addoption("--rewrite", action="store_true", help="write the checked-in tables anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once per database and once per screen that it asks for."""
    if "database_kind" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        twice = metafunc.definition.get_closest_marker("both_databases")
        kinds = BOTH if wanted == "both" or (twice and not wanted) else [wanted or "sqlite"]
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")
    chosen = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "screen" in metafunc.fixturenames and "screen" not in chosen:
        grid = FULL_GRID if metafunc.config.getoption("--grid") == "full" else SHORT_GRID
        metafunc.parametrize("screen", grid, ids=str)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # the last one, not one of several workers
        with suppress(AttributeError):
            factory: Any = session.config._tmp_path_factory  # type: ignore[attr-defined]  # no public name
            databases.stop(factory.getbasetemp())


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
def outbox(app: Flask) -> Outbox:
    """Return the letters written so far."""
    return Outbox(app)


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
        yield Live(app, address, context, screen)
        context.close()
