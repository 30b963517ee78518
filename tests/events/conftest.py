"""The hour of the day at which tests of events run: what HR sends at night waits."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.events.making import starts


@pytest.fixture
def by_day() -> Iterator[None]:
    """Let it be ten in the morning, whenever the tests run."""
    with time_machine.travel(starts(1, hour=10)):
        yield
