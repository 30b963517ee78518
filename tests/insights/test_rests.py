"""What two cells leave over: nobody known as alike with fewer than 2k others (A7)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.insights.rules import rounding
from alumni_portal.insights.rules.draft import Draft, Past, Why, with_past, worked_out
from alumni_portal.insights.rules.population import COMPANY, Place
from alumni_portal.insights.rules.rests import Rests, behind_mean, behind_share
from tests.insights.leavers import QUARTER, row
from tests.support.covers import covers


def why(draft: Draft, where: Place, question: str) -> Why:
    return next(v.why for v in draft.verdicts if v.where == where and v.question == question)


@given(st.integers(5, 130), st.data())
@settings(max_examples=100)
def test_what_may_stand_behind_a_figure_holds_what_does(people: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(3, people))
    total = data.draw(st.integers(people, 5 * people))
    low, high = behind_share(rounding.share(part, people), people)
    assert low <= part <= high <= people
    assert rounding.share(high, people) == rounding.share(part, people)
    low, high = behind_mean(rounding.mean(total, people), people)
    assert low <= total <= high
    assert rounding.mean(low, people) == rounding.mean(total, people)


@covers("S91")
def test_a_part_is_hidden_when_all_the_others_would_be_known_as_alike() -> None:
    """Seven of fourteen in the south, and all seven for pay; the north has seven for pay, too."""
    south = [row(f"s{n}", unit_path=("company", "south")) for n in range(7)]
    north = [
        row(f"n{n}", unit_path=("company", "north"), reasons=("pay" if n < 7 else "balance",))
        for n in range(12)
    ]
    draft = worked_out([*south, *north], QUARTER)
    assert why(draft, COMPANY, "themes") is Why.SHOWN
    assert why(draft, Place("unit", ("north",)), "exits") is Why.SHOWN
    assert why(draft, Place("unit", ("north",)), "themes") is Why.ALIKE
    mixed = [*south[:4], *(row(f"s{n}", reasons=("balance",)) for n in (4, 5, 6))]
    south = [row(**{**vars(one), "unit_path": ("company", "south")}) for one in mixed]
    assert why(worked_out([*south, *north], QUARTER), Place("unit", ("north",)), "themes") is (
        Why.SHOWN
    )


def test_those_who_came_between_two_releases_are_not_known_as_alike() -> None:
    """Seven more leave, all of them for pay: the quarters before are out already (A6)."""
    before = [
        row(f"n{n}", quarter="2026Q2", reasons=("pay" if n < 7 else "balance",)) for n in range(12)
    ]
    after = [row(f"s{n}", quarter=QUARTER) for n in range(7)]
    past = with_past(Past(), worked_out(before, "2026Q2"))
    draft = worked_out([*before, *after], QUARTER, past=past)
    assert why(draft, COMPANY, "exits") is Why.SHOWN
    assert why(draft, COMPANY, "themes") is Why.ALIKE


@pytest.mark.parametrize(("rest", "is_taken"), [(9, False), (10, True)])
def test_from_twice_as_many_on_they_may_be_alike(rest: int, *, is_taken: bool) -> None:
    """Everybody in a rest of ten is told of in a cell of ten, too."""
    found, everybody = Rests(5), np.ones(40 + rest, dtype=np.bool_)
    few = everybody.copy()
    few[40:] = False
    found.add(few, {"workload": 3.0})
    total = rounding.mean(3 * 40 + 5 * rest, 40 + rest)
    assert found.takes(everybody, {"workload": 5.0}) is is_taken
    assert found.takes(everybody, {"workload": total}), "rounding leaves others, too"
