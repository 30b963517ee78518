"""The recruiter's page: finds, narrows, explains, and shows nobody who has not said yes."""

import pytest

from alumni_portal.core.permissions import Role
from tests.rehire.finding import candidate
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.page import Page


def names(page: Page) -> list[str]:
    return page.texts(".hit h3")


def counts(page: Page, legend: str) -> dict[str, int]:
    """Return what a facet says: the words of each value and its count."""
    found = {}
    for facet in page.all("fieldset.facet"):
        if facet.legend is not None and facet.legend.get_text() == legend:
            for label in facet.select("label.check"):
                number = label.select_one(".n")
                assert number is not None
                words = label.get_text().strip().removesuffix(number.get_text()).strip()
                found[words] = int(number.get_text())
    return found


@pytest.fixture
def recruiter(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))


@pytest.mark.both_databases
def test_a_hit_says_why_in_words_and_points(recruiter: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    candidate(
        make,
        "Amira Haddad",
        unit=unit,
        title="Projektledare, stationer",
        city="Malmö",
        then=("Projektledning", "Stationsbyggnad", "Relä och skydd"),
        now_title="Sektionschef",
        now_employer="Nordlys Energi",
    )
    page = recruiter.get("rehire.candidates", q="projektledare elkraft malmö")
    assert names(page) == ["Amira Haddad"]
    assert "Sektionschef, Nordlys Energi, Malmö" in page
    assert "Varför träffen: 80 av 100 poäng" in page
    assert page.texts(".points li")[:6] == [
        "Samma roll hos oss: Projektledare, stationer 2018–2024 +30",
        "Kompetens: Projektledning +15",
        "Avdelning: Elkraft +15",
        "Ort: bor i Malmö +10",
        "Eget svar: Öppen för rätt roll +10",
        "Summa 80",
    ]
    assert page.texts(".tag--hit") == ["Projektledning"]
