"""Releases as they are stored and read: frozen, once, through one gate."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

import numpy as np
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.cli import group
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import LedgerToken, Release, ReleaseCell
from alumni_portal.insights.rules.draft import Why, worked_out
from alumni_portal.insights.rules.population import closes_on
from alumni_portal.insights.services import releasing
from alumni_portal.insights.views import spreadsheet
from tests.insights.leavers import row, rows
from tests.support.covers import covers

QUARTER = "2025Q3"
ROWS = [
    row(
        f"t{n:02}",
        quarter=QUARTER,
        unit_path=("company", "north" if n % 2 else "south"),
        scales={"workload": 1 + n % 5},
        reasons=("pay" if n % 3 else "leadership",),
    )
    for n in range(24)
]
#: The bytes of the file of these rows, on any database: they change with rules and format alone.
EXPORT = "eb9dcd6466969b2103be2166b9a1dfb12fff536b439953f9fbc5836594564685"

pytestmark = pytest.mark.both_databases


def released(given: Sequence[ReleaseRow] = ROWS, quarter: str = QUARTER) -> Release:
    with unit():
        return services.release_from(given, quarter, by=SYSTEM)


def test_a_figure_is_read_through_the_gate(inside: Flask) -> None:
    made = released()
    cell = queries.cell(made.public_id, "company", {}, "themes:pay")
    assert (cell.state, cell.n, cell.value) == ("shown", 25, 0.65)
    north = queries.cell(made.public_id, "unit", {"unit": "north"}, "workload")
    assert (north.n, north.value) == (10, 3.0)
    assert queries.shares(queries.release(QUARTER))["leadership"].value == 0.4


def test_what_is_not_there_looks_like_what_is_too_few(inside: Flask) -> None:
    made = released([*ROWS, row("w1", quarter=QUARTER, unit_path=("company", "west"))])
    for table, dims, measure in (
        ("unit", {"unit": "west"}, "exits"),
        ("unit", {"unit": "nowhere"}, "exits"),
        ("unit", {"tenure": "1-3"}, "exits"),
        ("age", {}, "exits"),
        ("company", {}, "sex"),
    ):
        assert queries.cell(made.public_id, table, dims, measure) == queries.TOO_FEW
    with pytest.raises(NotFound):
        queries.cell("nothing", "company", {}, "exits")


@pytest.mark.parametrize("quarter", ["2025Q2", QUARTER, "2199Q1", "2025Q5", "autumn", ""])
def test_no_quarter_is_released_twice_too_early_or_backwards(inside: Flask, quarter: str) -> None:
    released()
    with pytest.raises(Refusal):
        released(quarter=quarter)
    assert db.session.scalar(select(func.count()).select_from(Release)) == 1


def test_no_quarter_is_released_while_its_forms_are_open(inside: Flask) -> None:
    """Who answers after the release would be alone between it and the next (A2, A6)."""
    quarter = "2031Q1"
    closing = closes_on(quarter)
    for day, is_closed in ((closing - timedelta(days=1), False), (closing, True)):
        with time_machine.travel(datetime.combine(day, time(12), clock.HOME)):
            if is_closed:
                releasing.check(quarter)
            else:
                with pytest.raises(Refusal, match="alla formulär är stängda"):
                    releasing.check(quarter)


@pytest.mark.parametrize(("k", "said"), [(4, "aldrig sänkas under fem"), (8, "högst sju")])
def test_k_is_neither_lowered_nor_raised_beyond_the_search(
    inside: Flask, k: int, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        services.release_from(ROWS, QUARTER, by=SYSTEM, k=k)


@covers("S94")
def test_the_file_is_the_same_whatever_the_order_and_the_tokens(inside: Flask) -> None:
    mixed = [row(**{**vars(r), "token": f"x{r.token}"}) for r in ROWS]
    Random(4).shuffle(mixed)
    found = []
    for given in (ROWS, mixed):
        released(given)
        found.append(json.dumps(queries.exported(queries.release(QUARTER))))
        with unit():
            for model in (ReleaseCell, LedgerToken, Release):
                db.session.query(model).delete()
    assert found[0] == found[1]


@covers("S94")
def test_the_file_is_the_same_on_every_database(inside: Flask) -> None:
    """Worked out without any, stored, read back: each database gives what there is without one."""
    made = released()
    draft = worked_out(ROWS, QUARTER)
    kept = db.session.scalars(select(ReleaseCell).where(ReleaseCell.release_id == made.id))
    stored = {
        (one.place, one.key, one.question): (one.n, one.values, one.pooled, one.members)
        for one in kept
    }
    assert stored == {
        (v.where.table, "|".join(v.where.values), v.question): (
            v.n,
            v.told.values,
            sorted(v.told.pooled),
            packed(v.members, len(ROWS)),
        )
        for v in draft.verdicts
        if v.why is Why.SHOWN
    }
    exported = json.dumps(queries.exported(queries.release(QUARTER)))
    assert hashlib.sha256(exported.encode()).hexdigest() == EXPORT


def packed(members: Sequence[int], people: int) -> bytes:
    return np.packbits(np.isin(np.arange(people), members)).tobytes()


def test_the_ledger_says_what_was_shown_and_what_was_refused(inside: Flask) -> None:
    made = released([*ROWS, row("w1", quarter=QUARTER, unit_path=("company", "west"))])
    assert (made.made_by, made.k, len(made.input_hash)) == ("system", 5, 64)
    assert "unit|west" in made.refused["exits"]["few"]
    past = queries.past()
    assert frozenset([*(r.token for r in ROWS), "w1"]) in past.shown["exits"]


@covers("S90")
def test_who_is_erased_leaves_the_ledger_and_too_small_cells_are_withdrawn(inside: Flask) -> None:
    made = released()
    north = [r.token for r in ROWS if "north" in r.unit_path]
    with unit():
        assert services.forget(north[:7], by=SYSTEM) == 0
    assert queries.cell(made.public_id, "unit", {"unit": "north"}, "exits").n == 10
    with unit():
        assert services.forget(north[7:8], by=SYSTEM) > 0
    assert queries.cell(made.public_id, "unit", {"unit": "north"}, "exits") == queries.TOO_FEW
    left = set(db.session.scalars(select(LedgerToken.token)))
    assert not left & set(north[:8])
    assert len(left) == len(ROWS)


def test_a_later_release_remembers_the_earlier(inside: Flask) -> None:
    released()
    later = released([*ROWS, row("one", quarter="2025Q4")], "2025Q4")
    assert queries.cell(later.public_id, "company", {}, "exits") == queries.TOO_FEW
    cells = queries.exported(queries.release("2025Q4"))["cells"]
    company = next(one for one in cells if (one["table"], one["measure"]) == ("company", "exits"))
    assert company == {
        "table": "company",
        "dims": {},
        "measure": "exits",
        "state": "earlier",
        "n": 25,
        "about": True,
        "value": 25.0,
        "from": QUARTER,
    }
    assert ";earlier;25;25.0;2025Q3\r\n" in spreadsheet.of(queries.release("2025Q4"))


def test_the_command_line_releases_and_exports(inside: Flask) -> None:
    run = inside.test_cli_runner()
    made = run.invoke(group, ["insights", "release", "--quarter", QUARTER, "--json"])
    assert (made.exit_code, json.loads(made.stdout)["shown"]) == (0, 0)
    again = run.invoke(group, ["insights", "release", "--quarter", QUARTER])
    assert again.exit_code == 1
    file = run.invoke(group, ["insights", "export", "--release", QUARTER, "--json"])
    assert {cell["state"] for cell in json.loads(file.stdout)["cells"]} == {"too_few"}
    assert run.invoke(group, ["insights", "export", "--release", "x", "--json"]).exit_code == 2


def test_a_series_is_what_one_by_one_would_give(inside: Flask) -> None:
    given = rows(40, 1, quarters=("2025Q1", "2025Q2", "2025Q3"))
    with unit():
        services.release_series(given, ["2025Q2", "2025Q3"], by=SYSTEM)
    series = [json.dumps(queries.exported(one)) for one in queries.releases()]
    with unit():
        for model in (ReleaseCell, LedgerToken, Release):
            db.session.query(model).delete()
    for quarter in ("2025Q2", "2025Q3"):
        released(given, quarter)
    assert [json.dumps(queries.exported(one)) for one in queries.releases()] == series
