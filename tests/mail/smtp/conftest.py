"""A portal that sends over SMTP to a server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from alumni_portal.core.settings import Settings
from tests.support.app import settings_for
from tests.support.database import Database
from tests.support.relay import Box, free_port, server


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(database: Database, tmp_path: Path, port: int) -> Iterator[Settings]:
    url = database.fresh(tmp_path)
    yield settings_for(url, tmp_path / "instance", MAIL_URL=f"smtp://127.0.0.1:{port}")
    database.drop(url)


@pytest.fixture
def box(port: int) -> Iterator[Box]:
    """Return what a running mail server took."""
    with server(port) as box:
        yield box
