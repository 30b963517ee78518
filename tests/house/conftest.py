"""What the tests that police the code base share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.app import made_app, settings_for

#: Compares a text with a checked-in file, or writes the file anew with --rewrite.
Compare = Callable[[str, list[str]], None]


@pytest.fixture(scope="session")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application that is looked at and not used: it has no tables."""
    folder = tmp_path_factory.mktemp("declared")
    with made_app(settings_for(f"sqlite:///{folder}/none.sqlite3", folder)) as app:
        yield app


@pytest.fixture
def as_checked_in(request: pytest.FixtureRequest) -> Compare:
    def compare(name: str, lines: list[str]) -> None:
        path = Path(__file__).with_name(name)
        if request.config.getoption("--rewrite"):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        assert written == lines, f"{name} differs; when it is meant, run make matrix and review"

    return compare
