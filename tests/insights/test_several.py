"""A change is called one when it exceeds chance, also when many are compared at once."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.insights.rules import means
from alumni_portal.insights.rules.effects import Change, Interval, Share, Verdict, change
from alumni_portal.insights.rules.finding import Finding, Kind, finding
from alumni_portal.insights.rules.means import Mean
from alumni_portal.insights.rules.several import LEVEL, chance, changes, holm

shares = st.builds(Share, st.integers(0, 20).map(lambda n: n / 20), st.integers(5, 400))
chances = st.dictionaries(st.text("abcdefgh", min_size=1), st.floats(0, 1), max_size=12)


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({}, ""),
        ({"a": 0.04}, "a"),
        ({"a": 0.05}, "a"),
        ({"a": 0.051}, ""),
        # Holm's own example: 0.01 against 0.05/3 stands, 0.03 against 0.05/2 does not.
        ({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}, "ad"),
        # Twelve at once: 0.04 alone would stand, here it does not, and neither does what follows.
        ({chr(97 + n): 0.04 for n in range(12)}, ""),
        ({"a": 0.004, **{chr(98 + n): 0.5 for n in range(11)}}, "a"),
        ({"a": 0.005, **{chr(98 + n): 0.5 for n in range(11)}}, ""),
        # Equals stand or fall together.
        ({"b": 0.02, "a": 0.02}, "ab"),
        ({"b": 0.03, "a": 0.03}, ""),
        ({"a": 1.0, "b": 0.0}, "b"),
    ],
    ids=[
        "none",
        "one",
        "edge",
        "above",
        "holm",
        "twelve",
        "sure",
        "unsure",
        "ties",
        "fall",
        "ends",
    ],
)
def test_holm_by_the_book(given: dict[str, float], standing: str) -> None:
    assert holm(given) == frozenset(standing)


@given(chances)
def test_holm_lies_between_bonferroni_and_each_alone(found: dict[str, float]) -> None:
    standing = holm(found)
    assert {one for one, p in found.items() if p * len(found) <= LEVEL} <= standing
    assert all(found[one] <= LEVEL for one in standing)
    least = max((found[one] for one in standing), default=-1)
    assert all(found[one] > least for one in found.keys() - standing)


def test_the_chance_of_a_plain_difference_is_that_of_the_normal_curve() -> None:
    found = chance(lambda z: Interval(1.959964 - z, 1.959964 + z))
    assert isclose(found, 0.05, abs_tol=1e-6)
    assert chance(lambda z: Interval(-z, z)) == 1
    assert chance(lambda _z: Interval(1, 2)) < 1e-12


@given(shares, shares)
def test_alone_a_chance_under_five_per_cent_is_an_interval_without_nothing(
    before: Share, after: Share
) -> None:
    """The test that is stated and the interval that is shown never disagree."""
    likely = chance(lambda z: change(before, after, z=z).difference)
    is_sure = change(before, after).verdict is not Verdict.SAME
    assert is_sure == (likely < LEVEL) or isclose(likely, LEVEL, abs_tol=1e-6)
    assert 0 <= likely <= 1


@given(shares, shares, st.integers(0, 11))
def test_company_never_makes_a_change_surer(before: Share, after: Share, others: int) -> None:
    quiet = {f"other{n}": (Share(0.2, 60), Share(0.2, 60)) for n in range(others)}
    together = changes({"it": (before, after), **quiet})
    alone = changes({"it": (before, after)})["it"]
    assert together["it"].difference == alone.difference == change(before, after).difference
    if alone.verdict is Verdict.SAME:
        assert together["it"].verdict is Verdict.SAME
    assert all(together[one].verdict is Verdict.SAME for one in quiet)


def test_what_is_a_change_alone_may_be_none_among_twelve() -> None:
    pair = Share(0.2, 100), Share(0.4, 100)
    quiet = {f"other{n}": (Share(0.2, 60), Share(0.2, 60)) for n in range(11)}
    assert changes({"it": pair})["it"].verdict is Verdict.MORE
    assert changes({"it": pair, **quiet})["it"].verdict is Verdict.SAME
    plain = Share(0.2, 600), Share(0.4, 600)
    assert changes({"it": plain, **quiet})["it"].verdict is Verdict.MORE
    assert changes({}) == {}


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (Mean(2.0, 400), Mean(3.5, 400), 1),
        (Mean(3.5, 400), Mean(2.0, 400), -1),
        (Mean(3.0, 400), Mean(3.1, 400), 0),
        (Mean(2.0, 6), Mean(3.5, 6), 0),
        (Mean(1.0, 5), Mean(1.0, 5), 0),
        (Mean(1.0, 500), Mean(5.0, 500), 1),
    ],
    ids=["up", "down", "rounding", "few", "alike", "ends"],
)
def test_a_mean_has_changed_only_beyond_the_widest_spread(
    before: Mean, after: Mean, direction: int
) -> None:
    assert means.changes({"workload": (before, after)})["workload"].direction == direction


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_answers_never_vary_more_than_their_mean_allows(answers: list[int]) -> None:
    mean = sum(answers) / len(answers)
    spread = sum((one - mean) ** 2 for one in answers) / len(answers)
    assert spread <= means.widest_variance(Mean(round(mean, 1), len(answers))) + 1e-9


def moved(before: float, after: float, n: int = 400) -> Change:
    return change(Share(before, n), Share(after, n))


@pytest.mark.parametrize(
    ("now", "changed", "found"),
    [
        ({}, {}, Finding(Kind.NOTHING)),
        ({"pay": 0.4}, {}, Finding(Kind.NOTHING)),
        ({"pay": 0.4}, {"pay": moved(0.2, 0.4)}, Finding(Kind.MORE, "pay", 0.4, 0.2)),
        ({"pay": 0.2}, {"pay": moved(0.4, 0.2)}, Finding(Kind.FEWER, "pay", 0.2, 0.4)),
        (
            {"pay": 0.4, "balance": 0.1},
            {"pay": moved(0.2, 0.4), "balance": moved(0.4, 0.1)},
            Finding(Kind.FEWER, "balance", 0.1, 0.4),
        ),
        (
            {"pay": 0.4, "balance": 0.3},
            {"pay": moved(0.2, 0.4), "balance": moved(0.1, 0.3)},
            Finding(Kind.MORE, "balance", 0.3, 0.1),
        ),
        ({"pay": 0.6, "balance": 0.1}, {"pay": None}, Finding(Kind.LARGEST, "pay", 0.6)),
        ({"pay": 0.35, "balance": 0.3}, {"pay": moved(0.3, 0.35)}, Finding(Kind.NOTHING)),
        ({"pay": 0.4, "balance": 0.4}, {}, Finding(Kind.NOTHING)),
        ({"balance": 0.3}, {"gone": moved(0.4, 0.0)}, Finding(Kind.NOTHING)),
    ],
    ids=["empty", "alone", "more", "fewer", "most", "tie", "largest", "quiet", "equals", "gone"],
)
def test_the_finding_is_chosen_by_the_rule_under_it(
    now: dict[str, float], changed: dict[str, Change | None], found: Finding
) -> None:
    assert finding({theme: Share(share, 400) for theme, share in now.items()}, changed) == found
