"""Who may be found by their own answer, for how long, and from which day they want to begin."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alumni_portal.rehire import rules
from alumni_portal.rehire.rules import Level

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LATER, OVER = NOW + timedelta(seconds=1), NOW
TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("level", "expires_at", "is_found"),
    [
        (Level.LOOKING, LATER, True),
        (Level.OPEN, LATER, True),
        (Level.CURIOUS, LATER, True),
        (Level.NOT_NOW, LATER, False),
        (Level.LOOKING, OVER, False),
        (Level.OPEN, OVER, False),
        (Level.CURIOUS, OVER, False),
        (Level.NOT_NOW, OVER, False),
    ],
)
def test_an_answer_that_counts_and_says_more_than_not_now_is_found(
    level: Level, expires_at: datetime, *, is_found: bool
) -> None:
    assert rules.is_findable(level, expires_at, NOW) is is_found


def test_an_answer_counts_for_six_months() -> None:
    end = rules.expires_at(NOW)
    assert (end - NOW).days == 183
    assert rules.is_standing(end, end - timedelta(seconds=1))
    assert not rules.is_standing(end, end)


@pytest.mark.parametrize(
    ("from_on", "is_sound"),
    [
        (None, True),
        (TODAY, True),
        (date(2028, 11, 27), True),
        (date(2026, 11, 26), False),
        (date(2028, 11, 29), False),
    ],
)
def test_a_start_is_from_today_and_two_years_ahead_at_most(
    from_on: date | None, *, is_sound: bool
) -> None:
    assert rules.is_sound_start(from_on, TODAY) is is_sound


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [
        (date(2026, 11, 27), 1, date(2026, 12, 27)),
        (date(2026, 11, 27), 3, date(2027, 2, 27)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_ahead_end_with_a_shorter_month(today: date, months: int, day: date) -> None:
    assert rules.months_ahead(today, months) == day


def test_every_level_has_a_name() -> None:
    assert list(rules.LEVELS) == list(Level)
    assert [str(one) for one in rules.LEVELS.values()] == [
        "Letar aktivt",
        "Öppen för rätt roll",
        "Nyfiken",
        "Inte just nu",
    ]
