"""All the way round in a real browser, scripts on and off: from HR's file to the first day back."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import EmailAddress, Unit
from tests.journeys import leaving, returning
from tests.journeys.leaving import PRIVATE, WORK
from tests.support.browser import Browser
from tests.support.chromium import PHONE, PHONE_WITHOUT_SCRIPTS, Live
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days


def elin_leaves(app: Flask, browser: Browser, make: Make, outbox: Outbox) -> None:
    """Let Elin stand in HR's file and say on her own page what she wants."""
    hr = browser.as_(make.staff(Role.HR))
    leaving.hr_reads_the_file(hr)
    run_jobs(app)
    case = hr.get("offboarding.cases").follow("Elin Bergström")
    case.submit("Skicka länken till Elin Bergström")
    leaving.elin_answers(browser.another(), outbox.last(WORK).link, outbox)


def elin_of(app: Flask) -> Account:
    with app.app_context():
        hers = select(EmailAddress.person_id).where(EmailAddress.canonical == PRIVATE)
        return db.session.scalars(select(Account).where(Account.person_id.in_(hers))).one()


def publishes(live: Live, browser: Browser, sofia: Account) -> None:
    """Let the recruiter publish a role in the unit that Elin left."""
    with live.app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == "Konstruktion")).one()
    returning.recruiter_publishes(browser.another().as_(sofia), unit.public_id)


def says_open(live: Live, tab: Tab) -> None:
    tab.goto(live.address + "/home")
    live.check(tab)
    tab.get_by_label("Öppen för rätt roll").check()
    tab.get_by_role("button", name="Spara mitt svar").click()
    expect(tab.get_by_role("status").or_(tab.locator(".flashes")).first).to_be_visible()


def writes(live: Live, tab: Tab) -> None:
    """Let the recruiter find Elin, see why, and write to her."""
    tab.goto(live.address + "/candidates?q=konstruktion")
    live.check(tab)
    tab.get_by_role("link", name="Kontakta Elin Bergström").click()
    tab.locator("textarea[name=reason]").fill("Vi bygger en station i Luleå.")
    tab.get_by_role("button", name="Förhandsgranska").click()
    live.check(tab)
    tab.get_by_role("button", name="Skicka brevet").click()


def answers(live: Live, tab: Tab, outbox: Outbox) -> None:
    link = next(one for one in outbox.last(PRIVATE).links if "/contact/" in one)
    tab.goto(live.address + "/" + link.split("/", 3)[3])
    live.check(tab)
    tab.get_by_role("button", name="Ja, jag är intresserad").click()


def applies(live: Live, tab: Tab) -> None:
    tab.goto(live.address + "/openings")
    tab.get_by_role("link", name=returning.ROLE, exact=True).click()
    tab.get_by_role("link", name="Ansök").first.click()
    tab.get_by_label("När kan du börja?").select_option("three_months")
    tab.get_by_label("Hur mycket vill du arbeta?").select_option("full")
    tab.get_by_role("button", name="Skicka ansökan").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Vi har din ansökan")


def hires(live: Live, tab: Tab) -> None:
    """Let the recruiter make an offer and hire, each letter read before it goes."""
    for stage in ("offer", "hired"):
        tab.goto(live.address + "/applications")
        tab.get_by_label("Flytta Elin Bergström till").select_option(stage)
        tab.get_by_role("button", name="Flytta Elin Bergström").click()
        if stage == "offer":
            tab.get_by_role("button", name="Flytta och skicka").click()
    tab.locator("input[name=first_day]").fill(str(days(returning.FIRST_DAY)))
    tab.locator("input[name=number]").fill("T90001")
    tab.get_by_role("button", name="Visa mejlet").click()
    live.check(tab)
    tab.get_by_role("button", name="Återanställ och skicka").click()


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_a_leaver_joins_is_found_and_comes_back(
    app: Flask, live: Live, make: Make, browser: Browser, outbox: Outbox
) -> None:
    elin_leaves(app, browser, make, outbox)
    sofia = make.staff(Role.RECRUITER, name="Sofia Lindqvist")
    with time_machine.travel(clock.now() + timedelta(days=25, hours=2), tick=True):
        run_jobs(app)
        leaving.elin_joins(browser.another(), outbox)
        publishes(live, browser, sofia)
        tab = live.open("/")
        for who, does in ((elin_of(app), says_open), (sofia, writes)):
            live.sign_in(who)
            does(live, tab)
        answers(live, tab, outbox)
        for who, does in ((elin_of(app), applies), (sofia, hires)):
            live.sign_in(who)
            does(live, tab)
    with time_machine.travel(clock.now() + timedelta(days=26 + returning.FIRST_DAY), tick=True):
        run_jobs(app)
        live.sign_in(sofia)
        tab.goto(live.address + "/candidates?q=bergstrom")
        expect(tab.locator(".hit")).to_have_count(0)
