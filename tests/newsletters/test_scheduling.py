"""When a planned newsletter may go: the employer's clock, summer time, being late."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from alumni_portal.newsletters.rules import HeldWhy, holds_back, moment_of, why_not

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)

#: Day, what the clock on the wall shows → the moment in UTC, or never.
MOMENTS = [
    (date(2026, 1, 15), time(8, 30), datetime(2026, 1, 15, 7, 30, tzinfo=UTC)),
    (date(2026, 7, 15), time(8, 30), datetime(2026, 7, 15, 6, 30, tzinfo=UTC)),
    # the night when 02.00 becomes 03.00: the hour between is never
    (date(2026, 3, 29), time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
    (date(2026, 3, 29), time(2, 0), None),
    (date(2026, 3, 29), time(2, 30), None),
    (date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    (date(2026, 3, 29), time(8, 30), datetime(2026, 3, 29, 6, 30, tzinfo=UTC)),
    # the night when 03.00 becomes 02.00: the first of the two
    (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    (date(2026, 10, 25), time(8, 30), datetime(2026, 10, 25, 7, 30, tzinfo=UTC)),
    (date(2026, 12, 31), time(23, 59), datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
]


@pytest.mark.parametrize(("day", "at", "moment"), MOMENTS)
def test_what_the_clock_shows_is_one_moment(day: date, at: time, moment: datetime | None) -> None:
    assert moment_of(day, at) == moment


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (date(2026, 3, 20), time(9, 59), "inte har varit"),
        (date(2026, 3, 20), time(10, 4), "inte har varit"),
        (date(2026, 3, 20), time(10, 5), ""),
        (date(2026, 3, 20), time(20, 0), "stör vi ingen"),
        (date(2026, 3, 21), time(6, 59), "stör vi ingen"),
        (date(2026, 3, 21), time(7, 0), ""),
        (date(2026, 3, 29), time(2, 30), "finns inte"),
        (date(2027, 3, 21), time(8, 0), ""),
        (date(2027, 3, 22), time(8, 0), "inom ett år"),
        (date(1999, 1, 1), time(8, 0), "inte har varit"),
    ],
)
def test_a_moment_that_is_no_good_is_refused_with_its_reason(
    day: date, at: time, said: str
) -> None:
    trouble = why_not(day, at, NOW)
    assert said in str(trouble) if said else trouble is None


@pytest.mark.parametrize(
    ("late", "why"),
    [
        (timedelta(0), None),
        (timedelta(hours=2), None),
        (timedelta(hours=2, seconds=1), HeldWhy.LATE),
        (timedelta(days=30), HeldWhy.LATE),
        (timedelta(hours=-1), None),
    ],
)
def test_what_is_long_past_is_asked_about(late: timedelta, why: HeldWhy | None) -> None:
    assert holds_back(NOW - late, NOW) is why


def test_a_little_late_in_the_evening_is_asked_about_too() -> None:
    planned = datetime(2026, 1, 15, 18, 30, tzinfo=UTC)
    assert holds_back(planned, planned + timedelta(hours=1)) is HeldWhy.QUIET
