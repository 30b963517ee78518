"""The staff start page: what waits, for whom, and no more than each may know."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.access_log import Access, Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import STAFF, SYSTEM, Role
from alumni_portal.offboarding.services.opening import open_cases
from alumni_portal.people.models import Employment, Unit
from tests.support.browser import Browser
from tests.support.make import Make, days
from tests.support.page import Page


def waiting(page: Page) -> dict[str, str]:
    """Return what waits and how much of it."""
    labels, numbers = page.texts(".wait h3"), page.texts(".wait__n")
    return dict(zip(labels, numbers, strict=True))


def leaver(make: Make, name: str, *, ends: int, unit: Unit | None = None) -> Employment:
    employment = make.leaver(name, ends=days(ends), unit=unit)
    with make.work():
        open_cases([employment.id], by=SYSTEM)
    return employment


@pytest.mark.parametrize("role", sorted(STAFF))
def test_every_role_has_a_start_page_with_something_on_it(
    browser: Browser, make: Make, role: Role
) -> None:
    page = browser.as_(make.staff(role, name="Maria Stenberg")).get("home.staff")
    assert page.heading == "Hej, Maria"
    assert page.texts("h2")


def test_an_empty_portal_says_that_nothing_waits(browser: Browser, make: Make) -> None:
    page = browser.as_(make.staff(Role.RECRUITER)).get("home.staff")
    assert "Inget väntar på dig" in page
    assert not waiting(page)


def test_hr_sees_who_leaves_soon_and_cannot_be_reached(browser: Browser, make: Make) -> None:
    leaver(make, "Elin Bergström", ends=5)
    leaver(make, "Olle Wallin", ends=60)
    page = browser.as_(make.staff(Role.HR)).get("home.staff")
    assert waiting(page)["Slutar snart utan bekräftad privat adress"] == "1"
    assert "Elin Bergström" in page
    assert "Olle Wallin" not in page


def test_what_hr_sees_on_the_strip_is_noted(app: Flask, browser: Browser, make: Make) -> None:
    leaver(make, "Elin Bergström", ends=5)
    browser.as_(make.staff(Role.HR)).get("home.staff")
    with app.app_context():
        assert db.session.scalars(select(Access.look)).all() == [Look.CASE_LIST]


def test_a_manager_sees_only_the_own_units_leavers(browser: Browser, make: Make) -> None:
    own, other = make.unit("Konstruktion"), make.unit("Signal")
    leaver(make, "Elin Bergström", ends=5, unit=own)
    leaver(make, "Goran Petrović", ends=6, unit=other)
    page = browser.as_(make.manager_of(own)).get("home.staff")
    assert "Elin Bergström" in page
    assert "Goran Petrović" not in page
    assert "Konstruktion" in page


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.INTERVIEWER, Role.ADMIN, Role.DPO])
def test_who_may_not_read_cases_learns_of_none(browser: Browser, make: Make, role: Role) -> None:
    leaver(make, "Elin Bergström", ends=5)
    page = browser.as_(make.staff(role)).get("home.staff")
    assert "Elin" not in page
    assert "Slutar" not in page


def test_a_unit_without_lead_waits_for_hr(browser: Browser, make: Make) -> None:
    led, unled = make.unit("Konstruktion"), make.unit("Signal")
    make.manager_of(led)
    make.employee("Nils Signalist", unit=unled)
    make.unit("Tom avdelning")
    page = browser.as_(make.staff(Role.HR)).get("home.staff")
    assert waiting(page)["Avdelning utan chef"] == "1"


def test_hr_finds_a_person_from_the_start_page(browser: Browser, make: Make) -> None:
    make.former("Håkan Ångström")
    page = browser.as_(make.staff(Role.HR)).get("home.staff")
    found = page.submit("Hitta personen", q="hakan")
    assert found.address == "/people"
    assert "Håkan Ångström" in found


def test_only_the_network_readers_see_where_alumni_come_from(browser: Browser, make: Make) -> None:
    make.alumnus(unit=make.unit("Stationer"))
    shown = browser.as_(make.staff(Role.RECRUITER)).get("home.staff")
    hidden = browser.another().as_(make.staff(Role.ADMIN)).get("home.staff")
    assert "Stationer" in shown
    assert "Stationer" not in hidden
