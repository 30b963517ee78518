"""One's own calendar: a private address without cookies, renewed and turned off at will."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from icalendar import Calendar

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.rules import How
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services
from alumni_portal.events.models import EventFeed
from alumni_portal.people.models import Person
from tests.events.making import event, guest, says, starts
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.page import Page


def entries(browser: Browser, path: str) -> dict[str, Any]:
    answer = browser.another().open(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    calendar = Calendar.from_ical(answer.data)
    assert calendar["METHOD"] == "PUBLISH"
    return {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}


def address_on(page: Page) -> str:
    return urlsplit(str(page.all("#feed")[0]["value"])).path


@pytest.fixture
def amira(make: Make) -> Account:
    return guest(make)


@covers("S17")
def test_a_calendar_shows_what_its_holder_comes_to_and_nothing_else(
    browser: Browser, make: Make, amira: Account
) -> None:
    comes, off = event(make), event(make, title="Storm", starts_at=starts(25))
    event(make, title="Inte jag")
    says(make, comes, amira)
    says(make, off, amira)
    with make.work():
        services.cancel(off.id, reason="", by=SYSTEM)
    page = browser.as_(amira).get("events.own_calendar").submit("Slå på kalendern")
    found = entries(browser, address_on(page))
    assert {name: str(one["STATUS"]) for name, one in found.items()} == {
        comes.title: "CONFIRMED",
        "Storm": "CANCELLED",
    }
    assert "ATTENDEE" not in found[comes.title]


def test_a_phone_opens_the_address_in_its_calendar(browser: Browser, amira: Account) -> None:
    page = browser.as_(amira).get("events.own_calendar").submit("Slå på kalendern")
    opens = page.links()["Öppna i telefonens kalender"]
    assert opens == "webcal://" + str(page.one("#feed")["value"]).partition("://")[2]


def test_an_address_that_was_renewed_or_turned_off_leads_nowhere(
    browser: Browser, make: Make, amira: Account
) -> None:
    page = browser.as_(amira).get("events.own_calendar").submit("Slå på kalendern")
    first = address_on(page)
    page = page.submit("Skapa en ny adress")
    second = address_on(page)
    assert browser.another().open(first).status_code == 404
    assert browser.another().open(second).status_code == 200
    page.submit("Slå av")
    assert browser.another().open(second).status_code == 404
    assert browser.another().open(f"{second[:-5]}x.ics").status_code == 404


def test_looking_at_the_page_turns_nothing_on_and_staff_have_none(
    app: Flask, browser: Browser, make: Make, amira: Account
) -> None:
    browser.as_(amira).get("events.own_calendar")
    with app.app_context():
        assert db.session.get(EventFeed, amira.person_id) is None
    hr = browser.another().as_(make.staff(Role.HR))
    assert hr.open("/events/calendar").status_code == 404


@pytest.mark.both_databases
def test_the_calendar_of_who_is_no_longer_a_member_is_closed_and_forgotten(
    inside: Flask, make: Make
) -> None:
    gone, stays = guest(make), guest(make, "Bo Ek", private="bo@post.example")
    with make.work():
        for who in (gone, stays):
            services.renew_feed(who.person_id or 0, by=SYSTEM)
    with make.work():
        person = db.session.get_one(Person, gone.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    with make.work():
        assert services.forget_feeds() == 1
    assert db.session.get(EventFeed, stays.person_id) is not None
