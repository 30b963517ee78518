"""The first half of the loop: notice, own page, private address, opt-in, membership, home."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days
from tests.support.page import Page

pytestmark = pytest.mark.both_databases

WORK, PRIVATE = "elin.bergstrom@sundmark.example", "elin@post.example"


def hr_registers_elin(hr: Browser) -> Page:
    """Let HR find an employee, set the last day, and land on the open case."""
    page = hr.get("offboarding.choose_leaver").submit("Sök", within="main", q="elin berg")
    page = page.follow("Välj Elin Bergström")
    return page.submit(
        "Öppna ärendet",
        ends_on=days(24).isoformat(),
        notice_on=days(-66).isoformat(),
        ground="own_request",
    )


def elin_answers(elin: Browser, page_link: str, outbox: Outbox) -> None:
    """Let Elin give and prove a private address, and wish to be a member and get events."""
    page = elin.go(page_link).submit("Mejla en länk dit", address=PRIVATE)
    page = elin.go(outbox.last(PRIVATE).link).submit("Ja, bekräfta adressen")
    page = page.follow("Läs mer och svara")
    assert not page.all("input[name=purpose][checked]"), "nothing is ticked beforehand"
    page.submit("Spara mitt svar", purpose=["membership", "events"])


def welcomes(outbox: Outbox) -> list[str]:
    """Return the links of invitations to the network among Elin's letters."""
    links = [link for letter in outbox.letters(PRIVATE) for link in letter.links]
    return [link for link in links if "/welcome/" in link]


def elin_joins(elin: Browser, outbox: Outbox) -> Page:
    """Let Elin say yes from the private address and sign in where she asks to."""
    page = elin.go(welcomes(outbox)[0])
    page = page.submit("Ja, jag går med", purpose=["membership", "events"])
    assert page.heading == "Välkommen, Elin"
    outbox.clear()
    page.submit("Mejla mig en inloggningslänk")
    return elin.go(outbox.last(PRIVATE).link).submit("Logga in")


def test_a_leaver_joins_and_sees_a_home_of_her_own(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    unit = make.unit("Konstruktion")
    make.employment(make.person("Elin Bergström", work=WORK), unit=unit)
    hr, elin = browser.as_(make.staff(Role.HR)), browser.another()
    case = hr_registers_elin(hr)
    assert case.heading == "Elin Bergström"
    case.submit("Skicka länken till Elin Bergström")
    elin_answers(elin, outbox.last(WORK).link, outbox)
    outbox.clear()
    with time_machine.travel(clock.now() + timedelta(days=23), tick=True):
        run_jobs(app)
        assert not welcomes(outbox), "no invitation before the last day is over"
    with time_machine.travel(clock.now() + timedelta(days=25, hours=2), tick=True):
        run_jobs(app)
        home = elin_joins(elin, outbox)
        assert home.address == "/home"
        assert home.heading == "Hej igen, Elin"
        assert "Konstruktion" in home
