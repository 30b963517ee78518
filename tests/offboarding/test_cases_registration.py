"""One leaver by hand: somebody on record, or somebody new."""

import re

import pytest
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.core.permissions import Role
from alumni_portal.people import services as people
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


def test_one_leaver_is_registered_by_hand(hr: Browser, make: Make, outbox: Outbox) -> None:
    make.employee("Karin Öhman")
    page = hr.get("offboarding.choose_leaver", q="ohman").follow("Välj Karin Öhman")
    page = page.submit("Öppna ärendet", ends_on=days(-2).isoformat(), ground="own_request")
    assert "redan passerat" in page.errors[0]
    page = page.submit("Öppna ärendet", ends_on=days(60).isoformat(), ground="retirement")
    assert page.heading == "Karin Öhman"
    assert "Pension" in page
    assert outbox.letters() == []


def new_leaver(page: Page, **more: str) -> Page:
    fields = {
        "first_name": "Ny",
        "last_name": "Person",
        "number": "N1",
        "begins_on": "2020-01-01",
        "ends_on": days(30).isoformat(),
        "ground": "own_request",
        **more,
    }
    return page.submit("Öppna ärendet", **fields)  # type: ignore[arg-type]  # texts by name


def test_a_unit_closed_meanwhile_is_explained_and_nothing_is_stored_half(
    app: Flask, hr: Browser, make: Make
) -> None:
    unit = make.unit("Konstruktion")
    page = hr.get("offboarding.register_new_leaver")
    with make.work():
        people.close_unit(db.session.merge(unit, load=False), on=days(-1), by=HR)
    page = new_leaver(page, unit=unit.public_id)
    assert page.errors == ["Avdelning: Konstruktion är stängd. Välj en annan avdelning."]
    assert page.value("first_name") == "Ny"
    page = new_leaver(page, unit="", work_address="ingen adress")
    assert re.search("Jobbadress", page.errors[0])
    assert "Ingen anställd heter så" in hr.get("offboarding.choose_leaver", q="Ny Person")
    assert new_leaver(page, unit="", work_address="").heading == "Ny Person"
