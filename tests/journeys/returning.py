"""Steps of the loop's second half: an opening, interest, contact, application, hired."""

from typing import Any

from tests.journeys.leaving import PRIVATE
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import days
from tests.support.page import Page

ROLE = "Elkonstruktör station"
FIRST_DAY = 70
OPENING: dict[str, Any] = {
    "title": ROLE,
    "place": "Luleå",
    "pay_from": "42 000",
    "pay_to": "55 000",
    "agreement": "Teknikavtalet",
    "text": "Du ritar **ställverk**.",
    "decisive": "Relä och skydd",
    "criteria": "Examen inom elkraft\nHar projekterat ställverk",
}


def recruiter_publishes(recruiter: Browser, unit: str) -> None:
    """Let the recruiter write an opening, read what is checked, and publish it."""
    page = recruiter.get("openings.new")
    page = page.submit("Spara och granska", unit=unit, closes_on=str(days(60)), **OPENING)
    page = page.submit("Publicera")
    assert page.flashes == ["Tjänsten är publicerad. Alla kan läsa den nu."]


def elin_is_open(elin: Browser) -> None:
    """Let Elin say that she would come back for the right role."""
    page = elin.get("rehire.interest").submit("Spara mitt svar", level="open")
    assert page.flashes == ["Ditt svar är sparat."]


def recruiter_finds_and_writes(recruiter: Browser, outbox: Outbox) -> str:
    """Let the recruiter find Elin by a word of her title, and write; return the mailed link."""
    page = recruiter.get("rehire.candidates", q="konstruktion")
    assert "Elin Bergström" in page.texts(".hit h3")
    page = page.follow("Kontakta Elin Bergström")
    page = page.submit("Förhandsgranska", reason="Vi bygger en station i Luleå och tänker på dig.")
    assert PRIVATE not in page.html
    page.submit("Skicka brevet")
    return next(one for one in outbox.last(PRIVATE).links if "/contact/" in one)


def elin_is_interested(elin: Browser, link: str) -> None:
    """Let Elin answer from the letter, in a browser where nobody is signed in."""
    elin.another().go(link).submit("Ja, jag är intresserad")


def elin_applies(elin: Browser) -> Page:
    """Let Elin apply from the opening's page, with nothing to fill in but when and how much."""
    page = elin.get("openings.index").follow(ROLE)
    page = page.follow("Ansök").submit(
        "Skicka ansökan", can_begin="three_months", hours="full", why=""
    )
    assert ROLE in page
    return page


def recruiter_hires(recruiter: Browser, outbox: Outbox) -> None:
    """Let the recruiter talk to Elin, make an offer and hire her from a day to come."""
    for stage in ("screening", "interview", "offer"):
        page = recruiter.get("applications.board").submit("Flytta Elin Bergström", to=stage)
        page.submit("Flytta och skicka")
    page = recruiter.get("applications.board").submit("Flytta Elin Bergström", to="hired")
    page = page.submit("Visa mejlet", first_day=str(days(FIRST_DAY)), number="T90001")
    page = page.submit("Återanställ och skicka")
    assert "Börjar" in recruiter.get("applications.board").text
    assert outbox.letters(PRIVATE)


def person_page(hr: Browser) -> Page:
    """Let HR open what is known of Elin."""
    return hr.get("people.index", q="bergstrom").follow("Elin Bergström")
