"""What the lead of a unit sees (A10)."""

from dataclasses import replace

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.insights import services
from alumni_portal.insights.rules.population import latest_closed, shifted
from alumni_portal.people.models import Unit
from tests.insights.test_figure_pages import leavers, released, units
from tests.support.browser import Browser
from tests.support.make import Make

__all__ = ["units"]


def test_a_manager_sees_the_company_beside_the_own_unit_once_it_is_old_enough(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    released(make, units, 3)
    page = browser.as_(make.manager_of(units[1])).get("insights.figures")
    rows = page.table("Medelvärden, 1 stämmer inte alls och 5 stämmer helt")
    assert {row["Hela företaget"] for row in rows} == {"2,5", "4,5"}


def test_a_manager_sees_the_own_unit_only_a_full_quarter_later(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    account = make.manager_of(units[1])
    manager = browser.as_(account)
    assert "Inga siffror än" in manager.get("insights.figures")
    released(make, units, 0)
    newest = manager.get("insights.figures")
    assert "Norr, avslut" not in newest
    manager.get("insights.figures_csv", quarter=latest_closed(clock.today()), status=404)


def test_a_manager_sees_the_own_unit_when_it_is_large_and_old_enough(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    released(make, units, 3)
    page = browser.as_(make.manager_of(units[1])).get("insights.figures")
    assert "Norr, avslut" in page
    assert "Söder" not in page


def test_a_manager_sees_no_question_that_fewer_than_eight_answered(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    """Thirty answered in the unit, but seven said how much they had to do (A10)."""
    quarter = shifted(latest_closed(clock.today()), -3)
    north = units[1].public_id
    given = [
        replace(one, scales={"climate": one.scales["climate"]})
        if north in one.unit_path and n > 13
        else one
        for n, one in enumerate(leavers(units, quarter))
    ]
    with make.work():
        services.release_from(given, quarter, by=SYSTEM)
    means = "Medelvärden, 1 stämmer inte alls och 5 stämmer helt"
    hr = browser.another().as_(make.staff(Role.HR)).get("insights.figures")
    assert hr.table("Medelvärden per avdelning")[0]["Jag hann med mitt arbete"] == "1,7"
    page = browser.as_(make.manager_of(units[1])).get("insights.figures")
    told = {row["Påstående"]: row["Nu"] for row in page.table(means)}
    assert told == {
        "Jag hann med mitt arbete": "för få svar",
        "Vi hade det bra tillsammans i gruppen": "5,0",
    }


def test_a_small_unit_gives_its_manager_the_unit_above(
    browser: Browser, make: Make, units: list[Unit]
) -> None:
    small = make.unit("Litet team", parent=units[1])
    released(make, units, 3)
    page = browser.as_(make.manager_of(small)).get("insights.figures")
    assert "Norr, avslut" in page
    assert "Litet team har för få svar" in page
