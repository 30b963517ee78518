"""Reminders, quarters, and what can be said of an effect."""

from datetime import date, timedelta
from itertools import product
from math import comb, floor, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alumni_portal.insights.rules import effects
from alumni_portal.insights.rules.actions import (
    ActionState,
    is_overdue,
    is_to_be_reminded,
    quarter_of,
    quarters_before,
)
from alumni_portal.insights.rules.effects import Share, Verdict

DUE = date(2026, 5, 20)


def reminded(first: date, last: date) -> list[int]:
    """Return on which days, counted from the due day, a letter goes."""
    letters, before = [], None
    day = first
    while day <= last:
        if is_to_be_reminded(DUE, before, day):
            letters.append((day - DUE).days)
            before = day
        day += timedelta(days=1)
    return letters


def test_the_owner_is_reminded_a_week_before_on_the_day_and_every_week_after() -> None:
    assert reminded(DUE - timedelta(days=30), DUE + timedelta(days=22)) == [-7, 0, 7, 14, 21]


def test_a_missed_day_is_made_up_for_once() -> None:
    assert reminded(DUE - timedelta(days=3), DUE + timedelta(days=8)) == [-3, 0, 7]
    assert reminded(DUE + timedelta(days=2), DUE + timedelta(days=10)) == [2, 9]


def test_an_action_is_late_the_day_after_and_never_when_closed() -> None:
    assert not is_overdue(ActionState.PLANNED, DUE, DUE)
    assert is_overdue(ActionState.UNDER_WAY, DUE, DUE + timedelta(days=1))
    assert not is_overdue(ActionState.DONE, DUE, DUE + timedelta(days=9))


def test_quarters_are_counted_back_over_the_year() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026Q1",
        "2026Q1",
        "2026Q2",
        "2026Q4",
    ]
    assert quarters_before("2026Q1", 1) == "2025Q4"
    assert quarters_before("2026Q3", 12) == "2023Q3"


def test_wilson_is_as_in_the_books() -> None:
    """Source: Newcombe 1998 (Stat. Med. 17, 857), table I: 81 of 263 is 0.2553 to 0.3662."""
    found = effects.wilson(81 / 263, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_a_great_fall_is_told_and_a_small_one_is_not() -> None:
    assert effects.change(Share(0.4, 200), Share(0.15, 200)).verdict is Verdict.FEWER
    assert effects.change(Share(0.15, 200), Share(0.4, 200)).verdict is Verdict.MORE
    assert effects.change(Share(0.2, 60), Share(0.15, 60)).verdict is Verdict.SAME


def published(part: int, whole: int) -> Share:
    """Return what a release says of so many among so many (A8)."""
    n = whole if whole >= 50 else 5 * floor(whole / 5 + 0.5)
    return Share(floor(20 * part / whole + 0.5) / 20, n)


def exact(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Return Newcombe's interval of the numbers themselves, which nobody outside can work out."""
    (one, n_one), (two, n_two) = before, after
    p, q = one / n_one, two / n_two
    first, last = effects.wilson(p, n_one), effects.wilson(q, n_two)
    low = q - p - sqrt((q - last.low) ** 2 + (first.high - p) ** 2)
    return low, q - p + sqrt((last.high - q) ** 2 + (p - first.low) ** 2)


counts = st.integers(5, 90).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@example((5, 5), (42, 48))
@given(counts, counts)
def test_the_interval_holds_whatever_the_figures_were_rounded_from(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    """So it can be worked out from what is published, and is never narrower than the truth."""
    wide = effects.change(published(*before), published(*after)).difference
    low, high = exact(before, after)
    assert wide.low <= low + 1e-9
    assert wide.high >= high - 1e-9


@pytest.mark.parametrize("n", [23, 27])
def test_two_numbers_published_alike_have_the_same_interval(n: int) -> None:
    """Both are published as 25: the answer depends on what is published only."""
    published = 5 * round(n / 5)
    assert published == 25
    assert effects.fewest(published) == 23


@given(st.integers(30, 60), st.floats(0.1, 0.6))
def test_without_any_change_a_change_is_called_rarely(n: int, share: float) -> None:
    """Exact: the chance that two samples of one population give a verdict is at most 5 per cent."""
    weights = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    rounded = [Share(round(20 * k / n) / 20, n) for k in range(n + 1)]
    chance: dict[float, float] = {}
    for one, weight in zip(rounded, weights, strict=True):
        chance[one.share] = chance.get(one.share, 0) + weight
    wrong = sum(
        chance[a] * chance[b]
        for a, b in product(chance, chance)
        if effects.change(Share(a, n), Share(b, n)).verdict is not Verdict.SAME
    )
    assert wrong <= 0.05
