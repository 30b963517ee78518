"""S89: several releases, every role, both languages, page and file: sums isolate nobody."""

import csv
from collections.abc import Iterable
from io import StringIO
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights import services
from alumni_portal.insights.rules.population import latest_closed, shifted
from alumni_portal.people.models import Unit
from tests.faults.insights_attacker import has_answered, is_in
from tests.insights.leavers import row
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

BACK = (4, 3, 2)
DIMS = ("unit", "tenure", "type", "quarter")
REASONS = "Huvudskäl att sluta, procent av svaren"
Line = tuple[str, tuple[str, ...], str, str, str]


@pytest.fixture
def units(make: Make) -> list[Unit]:
    company = make.unit("Företaget")
    north, south = (make.unit(name, parent=company) for name in ("Norr", "Söder"))
    return [company, north, south, make.unit("Team", parent=north)]


@pytest.fixture
def given(make: Make, units: list[Unit]) -> list[ReleaseRow]:
    """Make three releases that overlap, of people who leave over six quarters."""
    quarters = [shifted(latest_closed(clock.today()), -back) for back in BACK]
    ids = [unit.public_id for unit in units]
    paths = [(ids[0], ids[1]), (ids[0], ids[2]), (ids[0], ids[1], ids[3])]
    rows = [
        row(
            f"t{n}",
            quarter=shifted(quarters[-1], -(n * n % 6)),
            unit_path=paths[n % 7 % 3],
            tenure_band=("<1", "1-3", "7+")[n % 5 % 3],
            exit_type="other" if n % 6 == 0 else "own",
            scales={"workload": 1 + n % 4} if n % 9 else {},
            reasons=(("pay", "workload", "leadership")[n % 3],) if n % 8 else (),
            coded=("pay",) if n % 4 else (),
        )
        for n in range(90)
    ]
    with make.work():
        services.release_series(rows, quarters, by=SYSTEM)
    return rows


def read(browser: Browser, make: Make) -> set[Line]:
    """Return every figure that anybody who may read files is given, in either language."""
    found: set[Line] = set()
    for role in (Role.HR, Role.HR_LEAD, Role.DPO):
        reader = browser.another().as_(make.staff(role))
        for language in ("sv", "en"):
            with reader.client.session_transaction(base_url=reader.base_url) as cookie:
                cookie["language"] = language
            for back in BACK:
                quarter = shifted(latest_closed(clock.today()), -back)
                text = reader.open(f"/insights/{quarter}.csv").text.removeprefix("\ufeff")
                found |= set(lines(quarter, csv.DictReader(StringIO(text), delimiter=";")))
    return found


def lines(quarter: str, rows: Iterable[dict[str, str]]) -> Iterable[Line]:
    for one in rows:
        if one["state"] != "too_few":
            dims = tuple(one[name] for name in DIMS)
            yield one["from"] or quarter, dims, one["measure"], one["n"], one["value"]


def members(
    line: Line, names: dict[str, str], given: list[ReleaseRow], question: str
) -> tuple[int, ...]:
    said = {k: names.get(v, v) for k, v in zip(DIMS, line[1], strict=True) if v}
    return tuple(int(is_in(r, said, line[0]) and has_answered(r, question)) for r in given)


def isolated(cells: NDArray[np.int64]) -> list[int]:
    """Return the sizes of groups of one to four that sums of two or three cells leave over."""
    pairs = list(combinations(cells, 2))
    two = np.array([a - b for a, b in pairs] + [a + b for a, b in pairs])
    sums = np.concatenate([two, *(two - one for one in cells)])
    one_sided = (sums.min(axis=1) >= 0) & (sums.max(axis=1) <= 1)
    one_sided |= (sums.max(axis=1) <= 0) & (sums.min(axis=1) >= -1)
    sizes = np.abs(sums[one_sided]).sum(axis=1)
    return sizes[(sizes > 0) & (sizes < 5)].tolist()


@covers("S89")
def test_all_that_everybody_reads_of_three_releases_isolates_nobody(
    browser: Browser, make: Make, units: list[Unit], given: list[ReleaseRow]
) -> None:
    names = {unit.name: unit.public_id for unit in units}
    by_question: dict[str, set[tuple[int, ...]]] = {}
    for line in read(browser, make):
        question = line[2].partition(":")[0].replace("response_rate", "exits")
        by_question.setdefault(question, set()).add(members(line, names, given, question))
    assert {"exits", "themes", "workload", "comments"} <= set(by_question)
    for question, cells in by_question.items():
        few = isolated(np.array(sorted(cells)))
        assert not few, question
    assert max(map(len, by_question.values())) > 8, "hardly anything was read"


def test_the_look_out_finds_one_who_stands_between_two_cells() -> None:
    cells = np.array([[1] * 10, [1] * 9 + [0], [0] * 5 + [1] * 5])
    assert 1 in isolated(cells)


@covers("S89")
def test_a_managers_page_has_no_figure_that_the_file_has_not(
    browser: Browser, make: Make, units: list[Unit], given: list[ReleaseRow]
) -> None:
    public = read(browser, make)
    values = {(line[1][0], round(100 * float(line[4]))) for line in public if ":" in line[2]}
    for unit in units[1:]:
        page = browser.another().as_(make.manager_of(unit)).get("insights.figures")
        place = next((name for name in ("Norr", "Söder", "Team") if f"{name}, avslut" in page), "")
        shown = [one["Nu"] for one in page.table(REASONS)]
        assert shown
        assert {(place, int(one.removesuffix(" %"))) for one in shown if "%" in one} <= values
