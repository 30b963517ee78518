"""What a reader from outside could make of figures that no sum gives away: rules A1 to A10, S91."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.draft import Draft, Past, Verdict, Why, with_past, worked_out
from alumni_portal.insights.rules.population import COMPANY, Place
from tests.insights.leavers import QUARTER, row
from tests.support.covers import covers

NORTH = Place("unit", ("north",))


def verdict(draft: Draft, where: Place, question: str) -> Verdict:
    return next(v for v in draft.verdicts if v.where == where and v.question == question)


def answers(*reasons: str, unit: str = "north", first: str = "t") -> list[ReleaseRow]:
    path = ("company", unit)
    return [
        row(f"{first}{n}", reasons=(one,), unit_path=path, scales={"workload": 1 + n % 5})
        for n, one in enumerate(reasons)
    ]


@covers("S91")
def test_nobody_looks_like_one_or_two() -> None:
    """Three themes of one each, and no figure for them nor for those that nobody named."""
    given = answers("pay", "pay", "pay", "pay", "balance", "climate", "workload")
    told = verdict(worked_out(given, QUARTER), COMPANY, "themes").told
    assert set(told.values) == {"themes:pay"}


@covers("S91")
def test_whoever_brings_in_answers_learns_nothing_of_those_beside_them() -> None:
    """Four made up and one real are five: whoever knows the four would know the fifth."""
    invented = [replace(one, is_imported=True) for one in answers(*["pay"] * 3, *["balance"] * 4)]
    for number, why in ((3, Why.PLACE), (5, Why.ALIKE), (0, Why.SHOWN)):
        real = answers(*["climate"] * number, first="r")
        draft = worked_out([*invented, *real], QUARTER)
        assert verdict(draft, NORTH, "themes").why is why
    mixed = answers(*["climate"] * 3, *["pay"] * 4, first="r")
    told = verdict(worked_out([*invented, *mixed], QUARTER), NORTH, "themes").told
    assert set(told.values) == {"themes:climate", "themes:pay"}, "balance is of the invented only"


def test_a_rest_of_few_real_ones_is_not_left_when_the_imported_are_taken_away() -> None:
    """Eleven of the north and sixteen in all: the five of the south are three real ones."""
    north = answers(*["pay", "balance"] * 5, "pay")
    south = answers(*["pay"] * 3, *["balance"] * 2, unit="south", first="s")
    plain = worked_out([*north, *south], QUARTER)
    assert verdict(plain, NORTH, "exits").why is Why.SHOWN
    known = [replace(one, is_imported=n > 2) for n, one in enumerate(south)]
    draft = worked_out([*north, *known], QUARTER)
    assert verdict(draft, NORTH, "exits").why is Why.SOLVABLE


@pytest.mark.parametrize(
    ("book", "why"), [({"pay": "money"}, Why.CHANGED), ({"pay": "pay"}, Why.SHOWN)]
)
@covers("S90")
def test_the_same_people_are_told_once_whatever_the_book_says_later(
    book: dict[str, str], why: Why
) -> None:
    """Another book sorts the same reasons anew: two figures would tell of the one that moved."""
    given = answers(*["pay"] * 6, *["balance"] * 4)
    past = with_past(Past(), worked_out(given, QUARTER))
    again = worked_out(given, "2026Q4", past=past, theme_of=book)
    assert verdict(again, COMPANY, "themes").why is why
    assert verdict(again, COMPANY, "workload").why is Why.SHOWN, "the same as before"


def test_numbers_of_large_cells_do_not_tell_how_many_kept_silent() -> None:
    """Two of sixty kept silent (A4): no two numbers differ by two."""
    given: Sequence[ReleaseRow] = answers(*["pay", "balance"] * 30)
    given = [replace(one, answered=n > 1) for n, one in enumerate(given)]
    draft = worked_out(given, QUARTER)
    assert {verdict(draft, COMPANY, one).n for one in ("exits", "answers", "themes")} == {60}
    assert not verdict(draft, COMPANY, "exits").told.values


def test_a_pulse_counts_on_its_own_scale() -> None:
    """From 0 to 10 months later as at the exit: nobody's nine is lost."""
    given = [row(f"t{n}", scales={"pulse_would_return": 9 if n % 2 else 2}) for n in range(12)]
    found = verdict(worked_out(given, QUARTER), COMPANY, "pulse_would_return")
    assert set(found.told.values) == {"pulse_would_return:yes", "pulse_would_return:no"}
    assert not measures.parts_of("pulse_workload")
