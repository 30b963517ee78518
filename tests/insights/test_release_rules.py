"""Rules A1 to A8: who counts, what is refused, what is pooled, how it is rounded."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.insights.rules import effects, homogeneity, measures, rounding
from alumni_portal.insights.rules.draft import Draft, Past, Verdict, Why, with_past, worked_out
from alumni_portal.insights.rules.population import COMPANY, TABLES, Place, counted, window
from tests.insights.leavers import QUARTER, row, rows
from tests.support.covers import covers

LEAVERS = [row(f"t{n}", scales={"workload": 1 + n % 5}) for n in range(12)]


def verdict(draft: Draft, where: Place, question: str) -> Verdict:
    return next(v for v in draft.verdicts if v.where == where and v.question == question)


def test_a_person_counts_once_however_many_rows_there_are() -> None:
    twice = [*LEAVERS, *LEAVERS, row("t1", quarter="2026Q1")]
    assert [person.token for person in counted(twice, QUARTER)] == sorted(r.token for r in LEAVERS)


def test_only_the_window_counts() -> None:
    assert window("2026Q1") == ("2025Q2", "2025Q3", "2025Q4", "2026Q1")
    old, new = row("old", quarter="2025Q3"), row("new", quarter="2026Q4")
    assert not counted([old, new], QUARTER)


def test_cells_have_the_fixed_dimensions_and_at_most_two_of_them() -> None:
    assert {name for dims in TABLES.values() for name in dims} == {
        "unit",
        "tenure",
        "type",
        "quarter",
    }
    assert max(map(len, TABLES.values())) == 2


def test_a_managers_own_exit_is_counted_above_the_unit_led() -> None:
    lead = row("lead", unit_path=("company", "north", "team"), manager_of="north")
    led = [row(f"t{n}", unit_path=("company", "north", "team")) for n in range(2)]
    found = {person.token: person.units for person in counted([lead, *led], QUARTER)}
    assert found == {"lead": (), "t0": ("north", "team"), "t1": ("north", "team")}


def test_few_answers_leave_no_number_at_all() -> None:
    draft = worked_out(LEAVERS[:4], QUARTER)
    assert {v.why for v in draft.verdicts} == {Why.FEW}
    assert all(v.n is None and not v.told.values and not v.members for v in draft.verdicts)


def test_a_rest_of_a_few_hides_the_part() -> None:
    """Eight of twelve in the north: the four others would be the difference."""
    split = [*LEAVERS[:8], *(row(f"s{n}", unit_path=("company", "south")) for n in range(4))]
    draft = worked_out(split, QUARTER)
    assert verdict(draft, COMPANY, "exits").why is Why.SHOWN
    assert verdict(draft, Place("unit", ("north",)), "exits").why is Why.SOLVABLE
    assert verdict(draft, Place("unit", ("south",)), "exits").why is Why.FEW


@covers("S90")
def test_one_more_leaver_changes_nothing_that_was_shown() -> None:
    before = worked_out(LEAVERS, QUARTER)
    after = worked_out([*LEAVERS, row("one")], "2026Q4", past=with_past(Past(), before))
    assert verdict(before, COMPANY, "themes").why is Why.SHOWN
    assert verdict(after, COMPANY, "exits").why is Why.SOLVABLE


@covers("S90")
def test_one_who_moves_between_releases_hides_the_cells_that_would_differ_by_one() -> None:
    south = [row(f"s{n}", unit_path=("company", "south")) for n in range(8)]
    first = worked_out([*LEAVERS, *south], QUARTER)
    moved = [*LEAVERS, *south[1:], row("s0")]
    second = worked_out(moved, "2026Q4", past=with_past(Past(), first))
    assert verdict(first, Place("unit", ("south",)), "exits").why is Why.SHOWN
    assert verdict(second, Place("unit", ("south",)), "exits").why is Why.SOLVABLE


def test_who_skipped_a_question_is_not_found_by_it() -> None:
    """One of twelve skipped the question: it is counted without her, and gives her away nowhere."""
    some = [row("t0"), *LEAVERS[1:]]
    draft = worked_out(some, QUARTER)
    workload = verdict(draft, COMPANY, "workload")
    assert workload.why is Why.SHOWN
    assert {draft.tokens[n] for n in workload.members} == {r.token for r in LEAVERS[1:]}


def test_k_is_raised_never_lowered() -> None:
    assert verdict(worked_out(LEAVERS[:6], QUARTER, k=7), COMPANY, "exits").why is Why.FEW
    for k in (4, 8):
        with pytest.raises(ValueError, match="raised to seven, never lowered"):
            worked_out(LEAVERS, QUARTER, k=k)


@covers("S94")
@given(st.integers(0, 500))
@settings(max_examples=8, deadline=None)
def test_order_of_rows_and_names_of_people_change_nothing(seed: int) -> None:
    chance = Random(seed)
    plain = rows(45, seed)
    names = {r.token: f"x{chance.random()}" for r in plain}
    mixed = [row(**{**vars(r), "token": names[r.token]}) for r in plain]
    chance.shuffle(mixed)
    one, other = worked_out(plain, QUARTER), worked_out(mixed, QUARTER)
    assert one.input_hash == other.input_hash
    assert [shape(v, one) for v in one.verdicts] == [
        shape(v, other, {b: a for a, b in names.items()}) for v in other.verdicts
    ]


def shape(found: Verdict, draft: Draft, back: dict[str, str] | None = None) -> object:
    tokens = {(back or {}).get(t := draft.tokens[n], t) for n in found.members}
    return found.where, found.question, found.why, found.n, found.told, sorted(tokens)


@covers("S91")
@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"yes": 5}, None),
        ({"yes": 4, "no": 1}, None),
        ({"yes": 9}, None),
        ({"yes": 10}, {"yes"}),
        ({"yes": 8, "maybe": 1, "no": 1}, None),
        ({"yes": 8, "maybe": 2, "no": 1}, {"yes"}),
        ({"yes": 3, "maybe": 4}, {"yes", "maybe"}),
        ({"yes": 9, "maybe": 4, "no": 1}, {"yes"}),
    ],
)
def test_an_answer_of_one_or_two_is_never_told(
    counts: dict[str, int], shown: set[str] | None
) -> None:
    found = homogeneity.pooled(counts, 5)
    assert (set(found[0]) if found else None) == shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=1))
def test_what_is_pooled_is_two_answers_and_three_people_at_least(counts: dict[str, int]) -> None:
    found = homogeneity.pooled(counts, 5)
    if found is not None:
        shown, pool = found
        assert all(number >= 3 for number in shown.values())
        assert not pool or (len(pool) >= 2 and sum(counts[name] for name in pool) >= 3)


@covers("S91")
@pytest.mark.parametrize(
    ("counts", "is_told"),
    [
        ({5: 5}, False),
        ({5: 4, 1: 1}, False),
        ({5: 10}, True),
        ({5: 11, 1: 2}, False),
        ({5: 5, 4: 3}, True),
    ],
)
def test_a_mean_hides_who_stands_alone(counts: dict[int, int], *, is_told: bool) -> None:
    assert homogeneity.mean_may_be_shown(counts, 5) is is_told


def test_figures_are_rounded() -> None:
    assert (rounding.share(12, 96), rounding.share(20, 60), rounding.mean(200, 60)) == (
        0.15,
        0.35,
        3.3,
    )
    assert [rounding.count(n) for n in (5, 7, 8, 49, 52, 53)] == [5, 5, 10, 50, 50, 55]


@covers("S91")
@given(st.integers(5, 39), st.data())
def test_among_few_people_one_more_or_fewer_is_not_told(people: int, data: st.DataObject) -> None:
    """A share of ten in steps of five points would be a count; so would a mean of ten in tenths."""
    part = data.draw(st.integers(0, people))
    total = data.draw(st.integers(people, 5 * people))
    for figure, exact in ((rounding.share, part), (rounding.mean, total)):
        alike = [n for n in range(exact - 2, exact + 3) if n >= 0]
        assert sum(figure(n, people) == figure(exact, people) for n in alike) >= 2


def test_a_change_is_told_with_the_rounding_of_both_sides() -> None:
    """Four of ten became seven of ten, and both may be one person off: nothing is sure of it."""
    assert effects.ends(effects.Share(0.3, 10)) == pytest.approx((0.15, 0.45))
    assert effects.ends(effects.Share(0.3, 60)) == pytest.approx((0.275, 0.325))


def test_the_response_rate_needs_k_silent_people_or_none() -> None:
    told = [
        measures.told("exits", {"answered": 10, "silent": silent}, 10 + silent, 5)
        for silent in (0, 4, 5)
    ]
    assert [one and one.values for one in told] == [
        {"response_rate": 1.0},
        {},
        {"response_rate": 0.6},
    ]
