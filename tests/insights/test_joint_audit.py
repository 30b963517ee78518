"""The joint audit against plain ways to say the same: exact fractions, every group, one by one."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.insights.rules.joint_audit import Group, JointAudit, searchable
from alumni_portal.insights.rules.null_space import (
    PRIME,
    Flags,
    Whole,
    blind_to,
    blind_to_row,
    random_vectors,
)
from alumni_portal.insights.rules.open_groups import OpenGroups

K = 5


def cells(chance: Random, number: int, people: int) -> Flags:
    """Return cells of all sizes: halves, quarters, and wholes but for a few."""
    shares = [chance.choice((0.5, 0.25, 0.75, 0.9)) for _ in range(number)]
    return np.array([[chance.random() < share for _ in range(people)] for share in shares])


def rank(rows: Flags) -> int:
    return int(np.linalg.matrix_rank(rows.astype(float)))


@pytest.mark.parametrize("seed", range(12))
def test_vectors_become_blind_to_all_cells_and_each_new_one_uses_up_one(seed: int) -> None:
    chance = Random(seed)
    rows = cells(chance, chance.choice((3, 40, 90)), 60)
    rows = np.vstack([rows, rows[:2], rows[:1] | rows[1:2]])
    vectors = blind_to(random_vectors(70, 60), rows)
    assert not ((vectors @ rows.T.astype(np.int64)) % PRIME).any()
    assert len(vectors) == 70 - rank(rows)
    assert ((vectors >= 0) & (vectors < PRIME)).all()


def test_a_block_and_its_rows_one_by_one_leave_the_same_vectors_blind() -> None:
    rows = cells(Random(4), 20, 40)
    together = blind_to(random_vectors(38, 40), rows)
    apart = random_vectors(38, 40)
    for row in rows:
        apart = blind_to_row(apart, row)
    assert len(together) == len(apart) == 18
    assert not blind_to(apart, np.empty((0, 40), dtype=np.bool_)).shape[0] - 18


def planted(sizes: Whole, group: tuple[int, ...], seed: int) -> Whole:
    """Return two vectors at random, but for one group whose sums are nothing."""
    pair = np.random.default_rng(seed).integers(1, PRIME, size=(2, sizes.size))
    pair[:, group[0]] = -pair[:, list(group[1:])].sum(axis=1) % PRIME
    return pair


@pytest.mark.parametrize(
    ("k", "atoms"), [(5, 1), (5, 2), (5, 3), (5, 4), (6, 5), (7, 6), (8, 6), (7, 2)]
)
def test_a_group_that_adds_up_to_nothing_is_found(k: int, atoms: int) -> None:
    for seed in range(20):
        group = tuple(sorted(Random(seed).sample(range(30), atoms)))
        sizes = np.ones(30, dtype=np.int64)
        assert OpenGroups(sizes, k).find(planted(sizes, group, seed)) == group


@pytest.mark.parametrize(("k", "atoms", "size"), [(5, 5, 1), (5, 2, 3), (5, 1, 5), (6, 3, 2)])
def test_a_group_of_k_people_or_more_is_nobodys_business(k: int, atoms: int, size: int) -> None:
    sizes = np.full(30, size, dtype=np.int64)
    pair = planted(sizes, tuple(range(atoms)), seed=1)
    assert OpenGroups(sizes, k).find(pair) is None
    assert OpenGroups(sizes[:0], k).find(pair[:, :0]) is None


def judged(published: Flags, candidates: Flags, k: int) -> list[bool]:
    """Judge one by one, all groups of whole atoms, by what least squares leave of each."""
    kept = list(published)
    found = []
    for cell in candidates:
        found.append(not is_any_open(np.array([*kept, cell]), k))
        kept += [cell] if found[-1] else []
    return found


def is_any_open(rows: Flags, k: int) -> bool:
    people = rows[:, rows.any(axis=0)]
    if not people.size:
        return False
    atoms, sizes = np.unique(people, axis=1, return_counts=True)
    seen = np.linalg.pinv(atoms.astype(float)) @ atoms
    groups = [g for size in range(1, k) for g in combinations(range(sizes.size), size)]
    flags = np.array([[n in group for n in range(sizes.size)] for group in groups])
    left = np.abs(flags @ (np.eye(sizes.size) - seen)).max(axis=1)
    return bool(((left < 1e-9) & (flags @ sizes < k)).any())


@given(st.integers(0, 10**6), st.sampled_from([5, 6, 7]))
@settings(max_examples=40)
def test_past_suspects_and_a_larger_k_change_nothing_that_is_right(seed: int, k: int) -> None:
    chance = Random(seed)
    rows = cells(chance, 10, 12)
    first = np.array(judged(rows[:0], rows[:5], k))
    past, now = rows[:5][first], rows[5:]
    suspects: list[list[Group]] = [
        [tuple(chance.sample(range(12), chance.randrange(1, k))) for _ in range(3)] for _ in now
    ]
    expected = judged(past, now, k)
    assert JointAudit(past, now, k).accepted() == expected
    assert JointAudit(past, now, k, suspects).accepted() == expected


def test_only_what_can_be_searched_completely_is_searched() -> None:
    """Cells at random make atoms of one; sums of three of many hundred are too many."""
    rows = np.random.default_rng(2).random((14, 900)) < 0.5
    assert searchable(rows[:0], rows, 5) == 14
    number = searchable(rows[:0], rows, 7)
    assert 0 < number < 14
    assert OpenGroups(np.unique(rows[:number], axis=1, return_counts=True)[1], 7).is_complete
    assert not OpenGroups(
        np.unique(rows[: number + 1], axis=1, return_counts=True)[1], 7
    ).is_complete
    assert searchable(rows, rows, 7) == 0


@pytest.mark.parametrize("seed", range(4))
def test_many_together_are_judged_as_one_by_one(seed: int) -> None:
    chance = Random(seed)
    people = [tuple(chance.randrange(n) for n in (3, 4, 4, 2)) for _ in range(110)]
    tables = [dims for number in (1, 2) for dims in combinations(range(4), number)]
    keys = [(dims, key) for dims in tables for key in {tuple(p[d] for d in dims) for p in people}]
    keys.sort()
    rows = np.array([[tuple(p[d] for d in dims) == key for p in people] for dims, key in keys])
    rows &= np.array([[chance.random() < 0.9 for _ in people]])
    rows = rows[rows.sum(axis=1) >= K]
    past = rows[:0]
    expected = []
    for row in rows:
        expected += JointAudit(past, row[None], K).accepted()
        past = np.vstack([past, row[None]]) if expected[-1] else past
    assert JointAudit(rows[:0], rows, K).accepted() == expected
    assert 10 < sum(expected) < len(rows)
