"""Counting by columns against counting person by person."""

from collections import Counter
from dataclasses import replace

import pytest

from alumni_portal.insights.rules.counting import Counting
from alumni_portal.insights.rules.population import COMPANY, Place, counted
from tests.faults.insights_attacker import has_answered, is_in
from tests.insights.leavers import QUARTER, row, rows


@pytest.mark.parametrize("seed", range(6))
def test_each_cell_has_who_is_in_it_and_what_they_answered(seed: int) -> None:
    given = [
        replace(one, manager_of=one.unit_path[1] if n % 7 == 0 else None)
        for n, one in enumerate(rows(60, seed))
    ]
    counting = Counting(counted(given, QUARTER), {})
    given.sort(key=lambda one: one.token)
    assert {"exits", "answers", "themes", "workload", "comments"} <= set(counting.replies)
    for question, said in counting.replies.items():
        counts = counting.counts(question)
        flags = counting.flags(list(counting.places), question)
        for where, number in counting.places.items():
            inside = [
                is_in(one, where.dims, QUARTER) and has_answered(one, question) for one in given
            ]
            assert flags[number].tolist() == inside
            words = Counter(
                w for w, is_inside in zip(said.read(), inside, strict=True) if is_inside
            )
            row_of = zip(said.words, counts[number].tolist(), strict=True)
            assert {word: n for word, n in row_of if n} == words


def test_a_unit_that_moved_is_one_cell() -> None:
    """Below another unit in one path and right below the company in the next."""
    given = [
        row("t1", unit_path=("company", "north", "team")),
        row("t2", unit_path=("company", "team")),
    ]
    counting = Counting(counted(given, QUARTER), {})
    assert counting.counts("exits")[counting.places[Place("unit", ("team",))]].sum() == 2
    assert len(counting.places) == len(set(counting.places))


@pytest.mark.parametrize(
    ("value", "word"), [(0, None), (1, "1"), (5, "5"), (6, None), (-1, None), (10**12, None)]
)
def test_a_value_off_the_scale_is_no_answer(value: int, word: str | None) -> None:
    given = [row("t1", scales={"workload": value}), row("t2", scales={"workload": 3})]
    assert Counting(counted(given, QUARTER), {}).replies["workload"].read() == [word, "3"]


def test_nobody_at_all_is_in_no_cell() -> None:
    counting = Counting(counted([], QUARTER), {})
    assert (set(counting.replies), counting.places) == ({"exits"}, {})
    assert COMPANY not in counting.places
