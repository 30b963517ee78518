"""What comments are about: ten people behind a cell and a theme, nothing finer than divisions."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights import queries, services
from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.draft import Why, worked_out
from alumni_portal.insights.rules.exact_audit import ExactAudit, is_any_open
from alumni_portal.insights.rules.population import latest_closed
from tests.faults.insights_attacker import solved_groups_of_many
from tests.insights.leavers import QUARTER, row
from tests.insights.test_joint_audit import judged
from tests.support.browser import Browser
from tests.support.make import Make

K = 10
TABLE = "Vad kommentarerna handlar om, procent av dem som har skrivit"


@given(st.integers(0, 10**6), st.sampled_from([5, 7, 10]))
@settings(max_examples=40)
def test_the_audit_of_few_cells_says_what_all_groups_say(seed: int, k: int) -> None:
    chance = Random(seed)
    shares = [chance.choice((0.5, 0.75, 0.9)) for _ in range(8)]
    rows = np.array([[chance.random() < share for _ in range(12)] for share in shares])
    first = np.array(judged(rows[:0], rows[:3], k))
    past, now = rows[:3][first], rows[3:]
    assert ExactAudit(past, k).accepted(now) == judged(past, now, k)


@given(st.integers(0, 10**6))
@settings(max_examples=30)
def test_the_attacker_of_comments_finds_the_same(seed: int) -> None:
    chance = Random(seed)
    cells = [frozenset(f"p{n:02}" for n in range(16) if chance.random() < 0.7) for _ in range(5)]
    flags = np.array([[f"p{n:02}" in cell for n in range(16)] for cell in cells])
    assert is_any_open(flags, K) is bool(solved_groups_of_many(cells, K))


def test_years_of_quarters_and_divisions_are_searched_completely() -> None:
    """Sixteen releases of seven divisions, one to three people in each of a hundred atoms."""
    chance = Random(3)
    people = [(d, q) for d in range(7) for q in range(19) for _ in range(chance.randint(1, 3) + d)]
    cells = [
        [start <= q < start + 4 and place in {d, None} for d, q in people]
        for start in range(16)
        for place in (None, *range(7))
    ]
    accepted = ExactAudit(np.empty((0, len(people)), dtype=np.bool_), K).accepted(np.array(cells))
    assert sum(accepted) > 16


def test_what_cannot_be_searched_completely_is_not_shown() -> None:
    """Of nine cells at random no group follows, but its atoms are too many to be sure of that."""
    flags = np.random.default_rng(1).random((9, 400)) < 0.5
    assert is_any_open(flags, K)
    assert not is_any_open(flags, 5)


@pytest.mark.parametrize(
    ("pay", "people", "told"),
    [
        (9, 20, None),
        (10, 20, 0.45),
        (19, 20, None),
        (17, 20, 0.9),
        (20, 20, 1.0),
        (19, 19, None),
    ],
    ids=["nine", "ten", "one-without", "three-without", "all", "all-of-few"],
)
def test_a_theme_is_told_from_ten_comments_on(pay: int, people: int, told: float | None) -> None:
    found = measures.told("comments", {"pay": pay, "balance": 2}, people, 5)
    assert (found.values if found else {}) == ({"comments:pay": told} if told else {})


def test_who_writes_of_two_themes_is_counted_in_both() -> None:
    assert measures.counts("comments", {"pay|balance": 2, "pay": 1}) == {
        "pay": 3,
        "balance": 2,
    }


def coded(number: int, unit: str, *themes: str) -> list[ReleaseRow]:
    path = ("company", unit, f"{unit} team")
    return [row(f"{unit}{n}", unit_path=path, coded=themes) for n in range(number)]


def test_comments_are_told_of_the_company_and_divisions_with_ten() -> None:
    given = [*coded(14, "north", "pay"), *coded(11, "north", "climate"), *coded(9, "south", "pay")]
    given = [row(**{**vars(one), "token": f"t{n}"}) for n, one in enumerate(given)]
    draft = worked_out(given, QUARTER)
    found = {v.where.values: v for v in draft.verdicts if v.question == "comments"}
    assert set(found) == {(), ("north",), ("south",)}, "no teams, no tenure, no type"
    assert found["south",].why is Why.FEW
    assert found[()].told.values == {"comments:pay": 0.7, "comments:climate": 0.35}
    assert found["north",].why is Why.SOLVABLE, "nine in the south would be the difference"
    themes = {v.where.values: v.why for v in draft.verdicts if v.question == "themes"}
    assert themes["north",] is Why.SHOWN, "nine who named a reason are no secret"


def test_nobody_coded_gives_no_cell_and_no_measure() -> None:
    draft = worked_out([row(f"t{n}") for n in range(30)], QUARTER)
    assert "comments" not in {v.question for v in draft.verdicts}


@pytest.fixture
def quarter(make: Make) -> str:
    """Release sixty exits of two divisions, three of four with comments."""
    company = make.unit("Företaget")
    below = [make.unit(name, parent=company).public_id for name in ("Norr", "Söder")]
    quarter = latest_closed(clock.today())
    themes = (("pay",), ("pay", "workload"), ("leadership",), ())
    given = [
        row(
            f"t{n}",
            quarter=quarter,
            unit_path=(company.public_id, below[n % 2]),
            coded=themes[n % 4],
        )
        for n in range(60)
    ]
    with make.work():
        services.release_from(given, quarter, by=SYSTEM)
    return quarter


def test_comments_are_read_through_the_gate(make: Make, quarter: str) -> None:
    with make.work():
        figure = queries.cell(quarter, "company", {}, "comments:pay")
        assert (figure.n, figure.value) == (45, 0.65)
        assert queries.cell(quarter, "company", {}, "comments:climate") == queries.TOO_FEW


def test_the_page_and_the_file_say_what_comments_are_about(
    browser: Browser, make: Make, quarter: str
) -> None:
    hr = browser.as_(make.staff(Role.HR))
    rows = hr.get("insights.figures").table(TABLE)
    assert {line["Tema"]: line["Nu"] for line in rows} == {
        "Lön och förmåner": "65 %",
        "Arbetsbelastning": "35 %",
        "Ledarskap": "35 %",
    }
    text = hr.open(f"/insights/{quarter}.csv").text
    assert ";comments:pay;shown;45;0.65;" in text
    assert ";comments:climate;" not in text
