"""Greetings as their readers answer them, and as HR sets them up and follows them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import standing
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.rehire import queries as rehire
from alumni_portal.rehire.models import Level
from tests.newsletters.making import NEWS
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page
from tests.support.page_checks import attribute

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=30)


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


def hr_page(browser: Browser, make: Make) -> Page:
    """Return the page of greetings as HR sees it now."""
    return browser.another().as_(make.staff(Role.HR)).get("newsletters.greet")


def greeted(app: Flask, make: Make, outbox: Outbox, browser: Browser) -> dict[str, str]:
    """Let Anna get her first greeting and return where its links lead, by what they are for."""
    anna = make.alumnus("Anna Ek", private="anna@post.example", agreed_to=NEWS, left=days(0))
    with app.app_context(), unit():
        services.set_up_greetings(is_on=True, reply_to="", by=SYSTEM)
    with time_machine.travel(LATER):
        with app.app_context(), unit():
            assert services.greet() == {30: 1}
        got = outbox.last("anna@post.example")
        links = [one.removeprefix(browser.base_url) for one in got.links]
    found = {one.partition("?answer=")[2] or one.split("/")[1]: one for one in links}
    return {**found, "id": str(anna.person_id)}


@covers("S4")
def test_one_press_answers_without_signing_in_and_looking_does_nothing(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    ways = greeted(app, make, outbox, browser)
    with time_machine.travel(LATER + timedelta(days=2)):
        for method in ("HEAD", "GET"):
            assert browser.open(ways["curious"], method=method).status_code == 200
        with app.app_context():
            assert rehire.interest_of(int(ways["id"])) is None
        page = browser.go(ways["curious"])
        assert page.heading == "Hur ser du på att komma tillbaka?"
        page = page.submit("Svara")
        assert "Du har svarat ”Nyfiken”" in page
        with app.app_context():
            known = rehire.interest_of(int(ways["id"]))
            assert known is not None
            assert known.level is Level.CURIOUS


def test_no_more_greetings_leaves_newsletters_as_they_are(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    ways = greeted(app, make, outbox, browser)
    with time_machine.travel(LATER + timedelta(days=2)):
        page = browser.go(ways["stop"])
        assert page.heading == "Vill du slippa fler hälsningar?"
        page = page.submit("Inga fler hälsningar")
        assert "Du får inga fler hälsningar" in page
        with app.app_context():
            assert Purpose.NEWSLETTER in standing(int(ways["id"]))
        assert "Efter en månad 1 0 0 1 0 0" in hr_page(browser, make).text


@covers("S52")
def test_one_click_ends_newsletters_as_a_whole_and_counts_at_its_greeting(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    ways = greeted(app, make, outbox, browser)
    with time_machine.travel(LATER + timedelta(days=2)):
        click = {"List-Unsubscribe": "One-Click"}
        answer = browser.open(ways["unsubscribe"], method="POST", data=click)
        assert answer.status_code == 204
        with app.app_context():
            assert Purpose.NEWSLETTER not in standing(int(ways["id"]))
        assert "Efter en månad 1 0 0 0 1 0" in hr_page(browser, make).text


def test_an_old_link_stops_but_does_not_answer(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    ways = greeted(app, make, outbox, browser)
    with time_machine.travel(LATER + timedelta(days=91)):
        page = browser.go(ways["looking"])
        assert "Länken är för gammal för att svara med" in page
        page = page.submit("Inga fler hälsningar")
        assert "Du får inga fler hälsningar" in page


def test_a_changed_link_is_no_page(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    ways = greeted(app, make, outbox, browser)
    token = ways["stop"].split("/")[3]
    browser.get("newsletters.from_greeting", token=token[:-2] + "AA", status=404)


def test_somebody_wrote_back(app: Flask, browser: Browser, make: Make, outbox: Outbox) -> None:
    greeted(app, make, outbox, browser)
    with time_machine.travel(LATER + timedelta(days=2)):
        page = hr_page(browser, make).follow("Någon har skrivit tillbaka")
        page = page.submit("Sluta skicka", address="bo@post.example")
        assert "Ingen som har fått en hälsning har den adressen." in page
        page = page.submit("Sluta skicka", address="Anna@post.example")
        assert "Anna Ek får inga fler hälsningar." in page
        assert "Efter en månad 1 1 0 0 0 0" in page.text


def test_hr_turns_them_on_and_sees_what_goes(browser: Browser, make: Make) -> None:
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("newsletters.manage").follow("Håll kontakten")
    assert "Av, inget går" in page
    page = page.submit("Spara", is_on=True, reply_to="nagon@annan.example")
    assert "Svar kan bara gå till en av era egna adresser." in page
    page = page.submit("Spara", is_on=True, reply_to="hr@sundmark.example")
    assert "Hälsningarna är på." in page
    assert "Ingen hälsning på tur" in page
    with time_machine.travel(MORNING + timedelta(days=1)):
        make.alumnus("Bo Al", private="bo@post.example", agreed_to=NEWS, left=days(-1))
        page = hr_page(browser, make)
        assert "17 april 2026 Efter en månad 1" in page.text


def test_hr_writes_a_greeting_looks_at_it_and_tries_it(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    page = hr_page(browser, make)
    own: dict[str, Any] = {"g180-subject_sv": "Hej {{first_name}} {{titel}}"}
    here = "form:has(#g180-subject_sv)"
    page = page.submit("Spara texten", within=here, **own)
    assert "Fältet ”titel” finns inte." in page
    assert page.value("g180-subject_sv") == "Hej {{first_name}} {{titel}}"
    own = {"g180-subject_sv": "Tjena {{first_name}}", "g180-text_sv": "Vi **minns** dig."}
    page = page.submit("Prova på svenska", within=here, **own)
    assert "Texten är sparad. Provet är på väg till" in page
    got = outbox.last()
    assert got.subject.startswith("Prov: Tjena Maria")
    assert "<strong>minns</strong>" in got.html
    tried = browser.go(next(one for one in got.links if "looking" in one)).submit("Svara")
    assert "Det här var ett prov. Inget är ändrat." in tried


def test_hr_looks_at_a_greeting_in_both_languages(browser: Browser, make: Make) -> None:
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("newsletters.show_greeting", step="30")
    assert page.heading == "Efter en månad"
    assert "Hur är det, Karin?" in page
    page = page.follow("Engelska")
    assert "How are things, Karin?" in page
    shown = hr.open(attribute(page.one("iframe"), "src")).get_data(as_text=True)
    assert "Curious" in shown
    assert "Hi Karin!" in shown
    hr.get("newsletters.show_greeting", step="31", status=404)


def test_two_who_write_at_once_lose_nothing(browser: Browser, make: Make) -> None:
    first, second, here = (
        hr_page(browser, make),
        hr_page(browser, make),
        "form:has(#g30-subject_sv)",
    )
    mine: dict[str, Any] = {"g30-subject_sv": "Min rad"}
    first.submit("Spara texten", within=here, **mine)
    mine["g30-subject_sv"] = "En annan rad"
    page = second.submit("Spara texten", within=here, **mine)
    assert "Någon annan har ändrat texten" in page
    page = page.submit("Spara texten", within=here)
    assert "Texten är sparad." in page
    assert page.value("g30-subject_sv") == "En annan rad"
