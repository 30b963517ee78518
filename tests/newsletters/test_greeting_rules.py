"""Which greeting goes when: pure decisions, by table."""

from datetime import date, timedelta
from typing import Any

import pytest

from alumni_portal.newsletters.rules.greeting_words import DEFAULTS, LANGUAGES, stored, texts_of
from alumni_portal.newsletters.rules.greetings import (
    STEPS,
    WINDOW,
    Coming,
    Standing,
    by_day,
    coming,
    latest_of_interest,
    left_between,
)

LEFT = date(2026, 1, 1)
LONG_AGO = date(2020, 1, 1)


def after(days: int) -> date:
    return LEFT + timedelta(days=days)


def standing(**more: Any) -> Standing:
    return Standing(**{"left_on": LEFT, "agreed_on": LEFT, **more})


@pytest.mark.parametrize(
    ("today", "known", "expected"),
    [
        (0, {}, (30, 30)),
        (29, {}, (30, 30)),
        (30, {}, (30, 30)),
        (89, {}, (89, 30)),  # the last day of its window
        (90, {}, (180, 180)),  # missed: never two at once
        (40, {"done": {30}}, (180, 180)),
        (200, {"done": {30, 180}}, (365, 365)),
        (430, {"done": {30, 180}}, None),
        (366, {"done": set(STEPS)}, None),
        (10, {"agreed_on": after(31)}, (180, 180)),  # joined late: the next one
        (200, {"agreed_on": after(200)}, (365, 365)),
        (30, {"agreed_on": after(30)}, (30, 30)),
        (30, {"last_mail_on": after(10)}, (40, 30)),  # a newsletter went: a month apart
        (88, {"last_mail_on": after(70)}, (180, 180)),  # … which the window does not allow
        (30, {"paused_to": after(59)}, (60, 30)),  # a pause delays
        (30, {"paused_to": after(121)}, (180, 180)),  # … or skips
        (185, {"done": {30}, "paused_to": after(200), "last_mail_on": after(180)}, (210, 180)),
        (30, {"is_stopped": True}, None),
    ],
)
def test_the_next_greeting(
    today: int, known: dict[str, object], expected: tuple[int, int] | None
) -> None:
    found = coming(standing(**known), begun_on=LONG_AGO, today=after(today))
    assert found == (Coming(after(expected[0]), expected[1]) if expected else None)


@pytest.mark.parametrize(
    ("begun", "expected"),
    [(0, (40, 30)), (30, (40, 30)), (31, (180, 180)), (181, (365, 365)), (366, None)],
)
def test_turned_on_late_it_begins_with_the_next_one(
    begun: int, expected: tuple[int, int] | None
) -> None:
    today = after(max(begun, 40))
    found = coming(standing(), begun_on=after(begun), today=today)
    assert found == (Coming(after(expected[0]), expected[1]) if expected else None)


def test_whoever_may_be_greeted_is_among_those_who_are_looked_at() -> None:
    today = after(200)
    for begun in (LONG_AGO, after(190)):
        ranges = left_between(begun, today, today + timedelta(days=30))
        for days in range(500):
            left = today - timedelta(days=days)
            one = Standing(left_on=left, agreed_on=left)
            comes = coming(one, begun_on=begun, today=today)
            is_soon = comes is not None and comes.on <= today + timedelta(days=30)
            is_read = any(first <= left <= last for _step, first, last in ranges)
            assert is_read or not is_soon, (begun, days)


def test_after_the_last_window_nothing_comes() -> None:
    oldest = latest_of_interest(after(0))
    one = Standing(left_on=oldest, agreed_on=oldest)
    assert coming(one, begun_on=LONG_AGO, today=after(0)) is None
    one = Standing(left_on=oldest + timedelta(days=1), agreed_on=oldest)
    assert coming(one, begun_on=LONG_AGO, today=after(0)) == Coming(after(0), 365)
    assert timedelta(days=60) == WINDOW


def test_days_ahead_are_counted_soonest_first() -> None:
    found = [Coming(after(2), 30), Coming(after(1), 180), Coming(after(2), 30)]
    assert by_day(found) == [(Coming(after(1), 180), 1), (Coming(after(2), 30), 2)]


def test_every_greeting_says_something_in_every_language_and_keeps_what_hr_wrote() -> None:
    assert set(DEFAULTS) == set(STEPS)
    assert all(set(DEFAULTS[step]) == set(LANGUAGES) for step in STEPS)
    own = {**DEFAULTS[30], "sv": DEFAULTS[180]["sv"]}
    known = texts_of(stored({30: own}))
    assert known[30] == own
    assert known[365] == DEFAULTS[365]
