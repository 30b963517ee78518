"""The speed that an operator set is kept, for the relay and for single domains."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.settings import Settings
from tests.mail.making import begun, readers, recipients
from tests.support.app import settings_for
from tests.support.database import Database
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box


@pytest.fixture(params=[{"MAIL_RATE": "2"}, {"MAIL_DOMAIN_RATES": "post.example=2"}], ids=str)
def settings(
    database: Database, tmp_path: Path, port: int, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    url = database.fresh(tmp_path)
    relay = f"smtp://127.0.0.1:{port}"
    yield settings_for(url, tmp_path / "instance", MAIL_URL=relay, **request.param)
    database.drop(url)


def test_two_a_second_are_two_a_second(inside: Flask, make: Make, box: Box) -> None:
    begun(make, recipients(readers(make, 7)))
    start, went = clock.now() + timedelta(seconds=1), []
    for second in range(4):
        with time_machine.travel(start + timedelta(seconds=second), tick=False):
            run_jobs(inside, by_the_clock=False)
        went.append(len(box.raw))
    assert went == [2, 4, 6, 7]
