"""What HR writes about an event in both languages, read in each; without, in Swedish."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.services import THANKS
from alumni_portal.people.models import Person
from tests.events.making import event, guests, plan, says
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
EN: dict[str, Any] = {
    "place_en": "The crane house",
    "address_en": "4 Quay Street",
    "thanks_en": "See you again.",
}


def both(make: Make) -> tuple[Account, Account]:
    """Return a reader of Swedish and one of English."""
    swedish, english = guests(make, 2)
    with make.work():
        db.session.get_one(Person, english.person_id).language = "en"
    return swedish, english


def test_place_and_reason_are_read_in_ones_own_language(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made = event(make, address="Kajgatan 4", **EN)
    swedish, english = both(make)
    for who in (swedish, english):
        says(make, made, who)
    told = {one.to: one.text for one in outbox.letters()}
    assert "Kranbyggnaden 4, Malmö, Kajgatan 4" in told["gast001@post.example"]
    assert "The crane house, 4 Quay Street" in told["gast002@post.example"]
    outbox.clear()
    with make.work():
        services.cancel(made.id, reason="Storm", reason_en="A gale", by=SYSTEM)
    told = {one.to: one.text for one in outbox.letters()}
    assert "Storm" in told["gast001@post.example"]
    assert "A gale" in told["gast002@post.example"]


def test_thanks_are_in_both_languages_and_without_english_in_swedish(
    inside: Flask, make: Make
) -> None:
    made = event(make, thanks="Vi ses.", **EN)
    said = {one.language: one.text for one in services.editions(made, THANKS, [made])}
    assert "Vi ses." in said["sv"]
    assert "See you again." in said["en"]
    with make.work():
        services.change(made.id, plan(thanks="Vi ses."), by=SYSTEM)
    made = queries.event_by_id(made.id) or made
    said = {one.language: one.text for one in services.editions(made, THANKS, [made])}
    assert "Vi ses." in said["en"]


def test_hr_is_told_what_is_only_in_swedish_before_it_is_sent(browser: Browser, make: Make) -> None:
    made, _people = event(make, title_en="Breakfast"), guests(make, 1)
    page = browser.as_(make.staff(Role.HR)).get("events.invite", public_id=made.public_id)
    assert "Det här finns bara på svenska och står så även här: text, plats." in page
    page = browser.get("events.edit", public_id=made.public_id)
    page = page.submit("Spara", text_en="We eat.", place_en="The crane house")
    page = browser.get("events.invite", public_id=made.public_id)
    assert "Det här finns bara på svenska" not in page
    assert "The crane house" in page
