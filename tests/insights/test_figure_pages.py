"""The pages with figures: who may see which, and that each shows what the file holds."""

import csv
from io import StringIO
from itertools import combinations

import numpy as np
import pytest
from flask import Flask, render_template
from sqlalchemy import select, update

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights import panels, services
from alumni_portal.insights.rules.population import latest_closed, shifted
from alumni_portal.people.models import Unit
from tests.faults.insights_attacker import is_in
from tests.insights.leavers import row
from tests.insights.making_actions import action
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make


@pytest.fixture
def units(make: Make) -> list[Unit]:
    company = make.unit("Företaget")
    return [company, *(make.unit(name, parent=company) for name in ("Norr", "Söder"))]


def leavers(units: list[Unit], quarter: str, number: int = 60) -> list[ReleaseRow]:
    top, *below = (unit.public_id for unit in units)
    return [
        row(
            f"{quarter}-{n}",
            quarter=quarter,
            unit_path=(top, below[n % 2]),
            tenure_band=("<1", "1-3", "7+")[n % 7 % 3],
            exit_type="other" if n % 9 == 0 else "own",
            scales={
                "would_return": n % 11,
                "would_recommend": n % 11,
                "workload": 1 + n % 4,
                "climate": 5 - n % 2,
            },
            reasons=(("pay", "workload", "leadership")[n % 3],),
            coded=("pay", "climate")[: 1 + n % 2] if n % 3 else (),
        )
        for n in range(number)
    ]


def released(make: Make, units: list[Unit], back: int = 3) -> str:
    quarter = shifted(latest_closed(clock.today()), -back)
    with make.work():
        services.release_from(leavers(units, quarter), quarter, by=SYSTEM)
    return quarter


def test_hr_reads_the_latest_release_and_may_look_back(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    first, last = released(make, units, 4), released(make, units, 1)
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("insights.figures")
    assert page.heading == "Insikter från avgångssamtal"
    assert page.table("Huvudskäl att sluta, procent av svaren")[0]["Nu"] == "35 %"
    assert f"Kv {first[5:]} {first[:4]}" in page
    hr.get("insights.figures", quarter=first)
    hr.get("insights.figures", quarter="1999Q1", status=404)
    hr.get("insights.figures_csv", quarter="1999Q1", status=404)
    with browser.app.app_context():
        read = db.session.scalars(
            select(AuditEntry.detail).where(AuditEntry.action == "release.read")
        ).all()
    assert [last in one for one in read] == [True, False]


def test_means_stand_beside_the_year_before_and_the_tables_say_all_that_is_drawn(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    released(make, units, 5)
    released(make, units, 1)
    page = browser.as_(make.staff(Role.HR)).get("insights.figures")
    rows = page.table("Medelvärden, 1 stämmer inte alls och 5 stämmer helt")
    found = {row["Påstående"]: (row["Nu"], row["Året innan"]) for row in rows}
    assert found["Jag hann med mitt arbete"] == ("2,5", "2,5")
    assert "Hela företaget" not in rows[0]
    by_unit = page.table("Medelvärden per avdelning")
    assert [row["Avdelning"] for row in by_unit] == ["Norr", "Söder"]
    returning = page.table("Kan tänka sig att komma tillbaka, procent av svaren")
    assert returning[0]["Ja"].endswith(" %")
    over_time = page.table("Skäl över tid")
    assert len(over_time[0]) == 3, "a column for each release"
    cards = [card for card in page.all("section.card") if card.select(".hbars, .chart")]
    assert len(cards) == 5
    assert all(card.select("table") for card in cards)
    assert "svarsfrekvens 100 %" in page


def test_what_is_refused_now_and_was_shown_before_stands_with_its_quarter(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    """A6: the north had too few in the latest release, and enough in the one before."""
    first, last = (shifted(latest_closed(clock.today()), -back) for back in (6, 1))
    with make.work():
        services.release_from(leavers(units, first), first, by=SYSTEM)
        few = [one for one in leavers(units, last) if units[2].public_id in one.unit_path]
        services.release_from(few, last, by=SYSTEM)
    page = browser.as_(make.staff(Role.HR)).get("insights.figures")
    rows = {row["Avdelning"]: row for row in page.table("Skäl per avdelning")}
    assert rows["Norr"]["Lön och förmåner"] == f"Kv {first[5:]} {first[:4]}: 30 %"
    assert rows["Söder"]["Lön och förmåner"].isdigit()


def test_before_the_first_release_the_page_says_what_to_do(browser: Browser, make: Make) -> None:
    page = browser.as_(make.staff(Role.HR)).get("insights.figures")
    assert "Inga siffror är publicerade än" in page
    assert not [one for one in page.links() if one.startswith("Publicera")]


@pytest.mark.both_databases
def test_the_lead_of_hr_publishes_once(browser: Browser, make: Make, app: Flask) -> None:
    lead = browser.as_(make.staff(Role.HR_LEAD))
    quarter = latest_closed(clock.today())
    words = f"Kv {quarter[5:]} {quarter[:4]}"
    page = lead.get("insights.figures").follow(f"Publicera {words}").submit("Publicera")
    assert "Siffrorna räknas nu" in page.flashes[0]
    assert f"Siffrorna för {words} räknas nu" in page
    assert f"Publicera {words}" not in page
    run_jobs(app, by_the_clock=False)
    assert "Siffrorna för" not in lead.get("insights.figures")
    lead.get("insights.make_release", quarter=quarter, status=404)
    lead.get("insights.make_release", quarter="2199Q1", status=404)
    browser.another().as_(make.staff(Role.HR)).get(
        "insights.make_release", quarter=quarter, status=404
    )


def test_the_next_release_is_made_beside_figures_and_actions(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    """With all of that on one page it still asks the database no more often than any other."""
    released(make, units)
    action(make)
    lead = browser.as_(make.staff(Role.HR_LEAD))
    page = lead.get("insights.make_release", quarter=latest_closed(clock.today()))
    page = page.submit("Publicera")
    assert "räknas nu" in page
    assert "Teman och vad vi gör åt dem" in page.texts("h2")


def test_a_release_that_failed_is_told_and_asked_for_again(
    browser: Browser, make: Make, app: Flask
) -> None:
    lead = browser.as_(make.staff(Role.HR_LEAD))
    lead.get("insights.make_release", quarter=latest_closed(clock.today())).submit("Publicera")
    with app.app_context(), unit():
        db.session.execute(update(Job).values(state=JobState.DEAD))
    page = lead.get("insights.figures")
    assert "kunde inte räknas" in page
    page = page.follow("Försök igen").submit("Publicera")
    assert "räknas nu" in page
    run_jobs(app, by_the_clock=False)
    assert "räknas nu" not in lead.get("insights.figures")


def rows_of(page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(page.removeprefix("\ufeff")), delimiter=";"))


@covers("S89")
def test_no_difference_of_cells_isolates_a_few(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    """All pairs and sums of three of all cells, as every role and language together reads them."""
    quarter = released(make, units)
    given = leavers(units, quarter)
    seen = set()
    for reader in readers(browser, make):
        answer = reader.open(f"/insights/{quarter}.csv")
        seen |= {tuple(line.values()) for line in rows_of(answer.text)}
    names = {unit.name: unit.public_id for unit in units}
    cells = {members(line, names, given, quarter) for line in seen if "shown" in line}
    few = isolated(np.array([list(cell) for cell in cells if any(cell)]))
    assert len(cells) > 3
    assert not few


def readers(browser: Browser, make: Make) -> list[Browser]:
    accounts: list[Account] = [make.staff(role) for role in (Role.HR, Role.HR_LEAD, Role.DPO)]
    return [
        Browser(browser.app, language=language).as_(account)
        for account in accounts
        for language in ("sv", "en")
    ]


def members(
    line: tuple[str, ...], names: dict[str, str], given: list[ReleaseRow], quarter: str
) -> tuple[int, ...]:
    dims = dict(zip(("unit", "tenure", "type", "quarter"), line[1:5], strict=True))
    said = {k: names.get(v, v) for k, v in dims.items() if v}
    return tuple(int(is_in(one, said, quarter)) for one in given)


def isolated(cells: np.ndarray) -> list[int]:
    """Return the sizes of groups of one to four that two or three cells leave over."""
    sums = [a - b for a, b in combinations(cells, 2)]
    sums += [a - b - c for a in cells for b, c in combinations(cells, 2)]
    sums += [a + b - c for a, b in combinations(cells, 2) for c in cells]
    sizes = [int(abs(one).sum()) for one in sums if set(np.unique(one)) in ({0, 1}, {0, -1})]
    return [size for size in sizes if size < 5]


def test_names_of_units_are_no_formulas(browser: Browser, make: Make, units: list[Unit]) -> None:
    make.unit("=1+1", parent=units[0])
    quarter = released(make, units)
    found = browser.as_(make.staff(Role.HR)).open(f"/insights/{quarter}.csv")
    names = {line["unit"] for line in rows_of(found.text)}
    assert "'=1+1" in names


def test_the_pages_look_right(live: Live, make: Make, units: list[Unit]) -> None:
    released(make, units, 4)
    released(make, units, 1)
    live.sign_in(make.staff(Role.HR_LEAD))
    live.look("/insights")
    live.look(f"/insights/releases/{latest_closed(clock.today())}/make")
    live.sign_in(make.manager_of(units[1]))
    live.look("/insights")


def test_an_interviewer_prepares_with_what_is_published_of_the_unit(
    inside: Flask, make: Make, units: list[Unit]
) -> None:
    released(make, units, 1)
    with unit():
        panel = panels.prepare(SYSTEM, units[1].public_id)
    assert panel is not None
    read = select(AuditEntry.actor).where(AuditEntry.action == "release.read")
    assert db.session.scalars(read).all() == [SYSTEM.ref], "who prepares has read figures (A13)"
    with inside.test_request_context():
        shown = render_template(panel.template, **panel.context)
    assert shown.count("30\u00a0%") == 3
    assert "Lön och förmåner" in shown
    assert panels.prepare(SYSTEM, "n0such") is None
