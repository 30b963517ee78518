"""The options of a test run, and what they multiply."""

import gc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import database as databases
from tests.support.chromium import FULL_GRID, SHORT_GRID

BOTH = ["sqlite", "postgresql"]

#: How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("alumni portal")
    group.addoption("--database", choices=[*BOTH, "both"], help="run every test that has data here")
    group.addoption("--grid", choices=["short", "full"], default="short", help="how many screens")
    group.addoption("--faults", choices=["short", "full"], default="short", help="how many faults")
    group.addoption("--hour", help="as if every test began at this hour in Stockholm, like 23:40")
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


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays: pages are thousands of small objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # the last one, not one of several workers
        with suppress(AttributeError):
            factory: Any = session.config._tmp_path_factory  # type: ignore[attr-defined]  # no public name
            databases.stop(factory.getbasetemp())
