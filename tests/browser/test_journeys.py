"""Two stories in a real browser, scripts on and off: a leaver on a phone, HR at a desk."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from tests.offboarding.importing import CHECK, HEADINGS
from tests.support.browser import Browser
from tests.support.chromium import DESK, PHONE, PHONE_WITHOUT_SCRIPTS, Live, Screen
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days

DESK_WITHOUT_SCRIPTS = Screen(1440, scripts=False)
WORK, PRIVATE = "elin@sundmark.example", "elin@post.example"


def row(ends: date) -> str:
    notice, begins = ends - timedelta(days=90), ends - timedelta(days=2500)
    return (
        f"4711;Elin;Bergström;{WORK};;Konstruktion;Ekonom;;{begins};{notice};{ends};Egen begäran;"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file from payroll with one leaver, whose last day is in 24 days."""
    path = tmp_path / "avgångar.csv"
    path.write_text(f"{HEADINGS}\n{row(days(24))}\n", encoding="cp1252")
    return path


def upload(tab: Tab, file: Path) -> None:
    """Take a file through the import, as it was guessed."""
    tab.get_by_label("Leavers").or_(tab.get_by_label("De som slutar")).first.check()
    tab.locator("input[type=file]").set_input_files(file)
    tab.get_by_role("button", name="Ladda upp").click()
    tab.get_by_role("button", name=CHECK).click()
    tab.get_by_role("button", name="Läs in 1 rad").click()


def path_of(link: str, live: Live) -> str:
    """Return a mailed link as it is on the live server."""
    return live.address + "/" + link.split("/", 3)[3]


@pytest.mark.parametrize("screen", [DESK, DESK_WITHOUT_SCRIPTS], ids=str)
def test_hr_goes_from_a_file_to_a_finished_case(live: Live, make: Make, file: Path) -> None:
    maria = make.staff(Role.HR, name="Maria Stenberg")
    live.sign_in(maria)
    tab = live.open("/offboarding/imports/new")
    upload(tab, file)
    run_jobs(live.app)
    tab.goto(live.address + "/offboarding")
    tab.get_by_role("link", name="Elin Bergström").click()
    live.check(tab)
    for box in tab.locator("input[name=done]:enabled").all():
        box.check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Spara").click()
    with time_machine.travel(clock.now() + timedelta(days=25), tick=True):
        live.sign_in(maria)
        tab.reload()
        tab.get_by_role("button", name="Avsluta ärendet").click()
        expect(tab.get_by_role("button", name="Öppna igen")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_a_leaver_goes_from_the_file_to_a_home_on_a_phone(
    app: Flask, live: Live, make: Make, browser: Browser, file: Path, outbox: Outbox
) -> None:
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("offboarding.new_import").submit("Ladda upp", kind="leavers", file=file)
    page.submit(CHECK).submit("Läs in 1 rad")
    run_jobs(app)
    hr.get("offboarding.cases").follow("Elin Bergström").submit("Skicka länken till Elin Bergström")
    tab = live.open(path_of(outbox.last(WORK).link, live).removeprefix(live.address))
    answer(tab, live, outbox)
    outbox.clear()
    with time_machine.travel(clock.now() + timedelta(days=25, hours=2), tick=True):
        run_jobs(app)
        join(tab, live, outbox)
    live.check(tab)


def answer(tab: Tab, live: Live, outbox: Outbox) -> None:
    """Give and prove a private address, and say what one wants."""
    live.check(tab)
    tab.get_by_label("Privat e-postadress").fill(PRIVATE)
    tab.get_by_role("button", name="Mejla en länk dit").click()
    tab.goto(path_of(outbox.last(PRIVATE).link, live))
    tab.get_by_role("button", name="Ja, bekräfta adressen").click()
    tab.get_by_role("link", name="Läs mer och svara").click()
    live.check(tab)
    tab.locator("input[name=purpose][value=membership]").check()
    tab.get_by_role("button", name="Spara mitt svar").click()


def join(tab: Tab, live: Live, outbox: Outbox) -> None:
    """Say yes from the private address, and sign in by the link one asks for."""
    links = [link for letter in outbox.letters(PRIVATE) for link in letter.links]
    tab.goto(path_of(next(link for link in links if "/welcome/" in link), live))
    tab.locator("input[name=purpose][value=membership]").check()
    tab.get_by_role("button", name="Ja, jag går med").click()
    outbox.clear()
    tab.get_by_role("button", name="Mejla mig en inloggningslänk").click()
    tab.goto(path_of(outbox.last(PRIVATE).link, live))
    tab.get_by_role("button", name="Logga in").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hej igen, Elin")
