"""The hour of the day at which tests run: what HR sends in the evening waits for the morning."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine

from alumni_portal.core import clock


@pytest.fixture
def by_day() -> Iterator[None]:
    """Let it be ten in the morning of the next day, whenever the tests run."""
    day = clock.today() + timedelta(days=1)
    with time_machine.travel(datetime.combine(day, time(10), tzinfo=clock.HOME)):
        yield
