"""Whoever reads every published cell of every release works out no group of fewer than five."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights.rules.draft import Past, with_past, worked_out
from alumni_portal.insights.rules.exact_audit import ExactAudit
from alumni_portal.insights.rules.joint_audit import JointAudit
from alumni_portal.insights.rules.open_groups import OpenGroups
from alumni_portal.insights.rules.population import shifted
from tests.faults.insights_attacker import solved_groups, solved_groups_of_many
from tests.insights.leavers import row, rows
from tests.support.covers import covers

K, COMMENTS_K = 5, 10
SHORT, FULL = 12, 200
LAST = "2026Q3"
QUARTERS = tuple(shifted(LAST, -back) for back in range(6))


def published(population: Sequence[ReleaseRow], releases: Sequence[str]) -> Past:
    past = Past()
    for quarter in releases:
        past = with_past(past, worked_out(population, quarter, past=past))
    return past


def open_groups(past: Past) -> list[frozenset[str]]:
    found = [group for cells in past.shown.values() for group in solved_groups(list(set(cells)), K)]
    comments = list(set(past.shown.get("comments", ())))
    return found + (solved_groups_of_many(comments, COMMENTS_K) if comments else [])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        number = FULL if metafunc.config.getoption("--faults") == "full" else SHORT
        metafunc.parametrize("seed", range(number))


@covers("S88", "S90")
def test_no_group_is_open_over_three_releases(seed: int) -> None:
    population = rows(30 + seed % 10 * 6, seed, quarters=QUARTERS)
    past = published(population, ("2026Q1", "2026Q2", LAST))
    assert past.shown, "nothing was published: nothing was tried"
    assert not open_groups(past)


def test_the_attacker_finds_what_a_threshold_alone_leaves_open() -> None:
    """The look-out itself works: without the audit many groups are open."""
    people = [f"p{n}" for n in range(12)]
    cells = [frozenset(people), frozenset(people[:8]), frozenset(people[4:])]
    thirds = {frozenset(people[at : at + 4]) for at in (0, 4, 8)}
    assert set(solved_groups(cells, K)) == thirds


@pytest.mark.parametrize("silent", [0.1, 0.4])
@covers("S88")
def test_no_group_under_ten_is_open_in_what_comments_are_about(silent: float) -> None:
    shown = 0
    for seed in range(6):
        population = rows(90 + seed * 30, seed, quarters=QUARTERS, silent=silent)
        of_comments = [replace(one, scales={}, reasons=()) for one in population]
        cells = published(of_comments, ("2026Q1", "2026Q2", LAST)).shown.get("comments", ())
        shown += len(cells)
        assert not solved_groups_of_many(list(set(cells)), COMMENTS_K)
    assert shown > 8, "hardly anything was published: hardly anything was tried"


@pytest.mark.parametrize(
    ("where", "name", "instead"),
    [
        (JointAudit, "accepted", lambda audit: [True] * len(audit._rows)),
        (OpenGroups, "find", lambda *_given: None),
    ],
    ids=["no audit", "no search"],
)
@covers("S92")
def test_a_broken_audit_is_found_out(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, instead: object
) -> None:
    """The rule broken on purpose: the attacker finds groups that the whole rule keeps closed."""
    population = rows(60, 3, quarters=QUARTERS)
    releases = ("2026Q2", LAST)
    assert not open_groups(published(population, releases))
    monkeypatch.setattr(where, name, instead)
    assert open_groups(published(population, releases))


@covers("S92")
def test_a_broken_limit_of_comments_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five more leave: enough for their exits to be told, too few for what they wrote."""
    themes = (("pay",), ("climate",))
    first = [row(f"t{n}", quarter="2026Q2", coded=themes[n % 2]) for n in range(24)]
    more = [row(f"u{n}", quarter=LAST, coded=themes[n % 2]) for n in range(5)]

    def found() -> list[frozenset[str]]:
        cells = published([*first, *more], ("2026Q2", LAST)).shown["comments"]
        return solved_groups_of_many(list(set(cells)), COMMENTS_K)

    assert not found()
    monkeypatch.setattr(ExactAudit, "accepted", lambda _audit, cells: [True] * len(cells))
    assert frozenset(one.token for one in more) in found()


@covers("S88")
@given(st.lists(st.sets(st.integers(0, 13), min_size=5), min_size=2, max_size=9))
@settings(max_examples=60, deadline=None)
def test_audit_and_attacker_agree_on_any_cells(cells: list[set[int]]) -> None:
    flags = np.array([[n in cell for n in range(14)] for cell in cells])
    accepted = JointAudit(flags[:0], flags, K).accepted()
    kept: list[frozenset[str]] = []
    for cell, is_kept in zip(cells, accepted, strict=True):
        tried = [*kept, frozenset(f"p{n:02}" for n in cell)]
        assert is_kept is (not solved_groups(tried, K))
        kept = tried if is_kept else kept
