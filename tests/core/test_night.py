"""The night by the employer's clock, in summer, in winter and when the clock is changed."""

from datetime import UTC, datetime, time

import pytest

from alumni_portal.core.night import NIGHT, Quiet, is_quiet, morning_after

NOON = Quiet(time(12), time(13))


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


#: A moment → when the night is over that it lies in.
NIGHTS = [
    (at(1, 15, 5, 59), at(1, 15, 6)),  # 06.59
    (at(1, 15, 6), None),  # 07.00
    (at(1, 15, 18, 59), None),  # 19.59
    (at(1, 15, 19), at(1, 16, 6)),  # 20.00
    (at(12, 31, 19), datetime(2027, 1, 1, 6, tzinfo=UTC)),
    # in summer it is an hour earlier in UTC
    (at(7, 15, 4, 59), at(7, 15, 5)),
    (at(7, 15, 5), None),
    (at(7, 15, 17, 59), None),
    (at(7, 15, 18), at(7, 16, 5)),
    # the night in which 02.00 becomes 03.00
    (at(3, 28, 18, 59), None),
    (at(3, 28, 19), at(3, 29, 5)),
    (at(3, 29, 4, 59), at(3, 29, 5)),
    (at(3, 29, 5), None),
    (at(3, 29, 18), at(3, 30, 5)),
    # the night in which 03.00 becomes 02.00: both hours of that name lie in it
    (at(10, 24, 18), at(10, 25, 6)),
    (at(10, 25, 0, 30), at(10, 25, 6)),
    (at(10, 25, 1, 30), at(10, 25, 6)),
    (at(10, 25, 5), at(10, 25, 6)),
    (at(10, 25, 6), None),
    (at(10, 25, 18, 59), None),
]


@pytest.mark.parametrize(("moment", "over"), NIGHTS)
def test_nobody_is_woken(moment: datetime, over: datetime | None) -> None:
    assert NIGHT.over_at(moment) == over
    assert is_quiet(moment) is (over is not None)


@pytest.mark.parametrize(
    ("moment", "over"),
    [(at(3, 18, 10, 59), None), (at(3, 18, 11, 30), at(3, 18, 12)), (at(3, 18, 12), None)],
)
def test_quiet_hours_may_lie_within_a_day(moment: datetime, over: datetime | None) -> None:
    assert NOON.over_at(moment) == over


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (at(1, 15, 22), at(1, 16, 7, 30)),  # 23.00
        (at(1, 15, 23, 30), at(1, 16, 7, 30)),  # half past midnight: the same morning
        (at(1, 16, 5, 59), at(1, 16, 7, 30)),
        (at(1, 16, 6), at(1, 17, 7, 30)),  # by day: that of tomorrow
        (at(1, 16, 12), at(1, 17, 7, 30)),
        (at(3, 28, 20), at(3, 29, 6, 30)),  # summer time begins in the night
        (at(10, 24, 20), at(10, 25, 7, 30)),  # … and ends
        (at(10, 25, 0, 30), at(10, 25, 7, 30)),
    ],
)
def test_the_morning_after(moment: datetime, morning: datetime) -> None:
    assert morning_after(moment) == morning
