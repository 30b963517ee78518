"""The hour of the day at which tests run.

What HR sends in the evening waits for the morning, days begin at midnight in Stockholm, and two
nights of the year have an hour more or less: a test that travels says which day it means.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, time, timedelta

import pytest
from time_machine import travel

from alumni_portal.core import clock


def at(hour: time, day: date) -> datetime:
    """Return the moment at which clocks in Stockholm show the hour on the day, in UTC."""
    return datetime.combine(day, hour, tzinfo=clock.HOME).astimezone(UTC)


def on_day(day: date, *, tick: bool = True) -> travel:
    """Travel to the day, at the hour of the day that it is now in Stockholm."""
    return travel(at(clock.local(clock.now()).time(), day), tick=tick)


@pytest.fixture
def by_day() -> Iterator[None]:
    """Let it be ten in the morning of the next day, whenever the tests run."""
    with travel(at(time(10), clock.today() + timedelta(days=1))):
        yield


@pytest.fixture(scope="session", autouse=True)
def hour_of_the_run(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what tests share be made at the hour that `--hour` names, on this day."""
    with at_the_hour_of(request.config):
        yield


@pytest.fixture(autouse=True)
def hour_of_each_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let every test begin at that hour."""
    with at_the_hour_of(request.config):
        yield


def at_the_hour_of(config: pytest.Config) -> AbstractContextManager[object]:
    """Return what makes it the hour that `--hour` names; the real one where it names none."""
    hour = config.getoption("--hour")
    return travel(at(time.fromisoformat(hour), clock.today())) if hour else nullcontext()
