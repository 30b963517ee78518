"""The consent centre: every purpose on its own, out in one click, with a receipt."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents import services
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.access_log import Look, opened
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.people.models import Person
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

EVERYTHING = tuple(Purpose)


def purposes_on(page: Page) -> set[str]:
    return {str(tag["value"]) for tag in page.all("input[role=switch][checked]")}


def test_a_yes_is_followed_by_a_receipt_with_the_exact_text(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    browser.as_(make.alumnus(private="amira@post.example"))
    page = browser.get("consents.centre")
    wording = "nyhetsbrev till min privata e-postadress, högst en gång i månaden"
    assert wording in page
    page = page.submit("Spara ändringar", purposes=["membership", "newsletter"])
    assert page.flashes == ["1 samtycke är påslaget. Du får ett kvitto i mejlen."]
    assert purposes_on(page) == {"membership", "newsletter"}
    letter = outbox.last("amira@post.example")
    assert wording in " ".join(letter.text.split())
    assert "version 1" in letter.text
    assert letter.link.endswith("/consents")


def test_one_press_withdraws_and_no_purpose_takes_more_presses_to_leave_than_to_join(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    browser.as_(make.alumnus(agreed_to=EVERYTHING, private="amira@post.example"))
    page = browser.get("consents.centre")
    page = page.submit("Dra tillbaka Nyhetsbrev")
    assert purposes_on(page) == {"membership", "recruiter_contact", "events", "mentoring"}
    assert "Tillbakadraget" in page.texts("#newsletter .small")[0]
    assert "- Nyhetsbrev" in outbox.last("amira@post.example").text
    to_leave, to_join = 1, len(["tick", "save"])
    assert to_leave <= to_join


def test_pressing_withdraw_twice_changes_nothing_more(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus(agreed_to=EVERYTHING, private="amira@post.example")
    old = browser.as_(account).get("consents.centre")
    old.submit("Dra tillbaka Nyhetsbrev")
    page = old.submit("Dra tillbaka Nyhetsbrev")
    assert page.flashes == ["Inget ändrades."]
    assert len(outbox.letters("amira@post.example")) == 1


def test_an_old_page_can_end_a_consent_but_never_start_one(browser: Browser, make: Make) -> None:
    old = browser.as_(make.alumnus(agreed_to=EVERYTHING)).get("consents.centre")
    old.submit("Dra tillbaka Nyhetsbrev")
    page = old.submit("Spara ändringar")  # its switch for the newsletter still stands on
    assert "blivit gammal" in page.flashes[0]
    assert "newsletter" not in purposes_on(page)


def test_leaving_the_network_ends_everything_and_coming_back_is_possible(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus(agreed_to=EVERYTHING, private="amira@post.example")
    page = browser.as_(account).get("consents.centre").submit("Dra tillbaka Medlem i nätverket")
    assert page.heading == "Du har lämnat nätverket"
    assert "inte längre med" in outbox.last("amira@post.example").text
    page = browser.as_(account).get("consents.centre")
    assert purposes_on(page) == set()
    page = page.submit("Spara ändringar", purposes=["membership"])
    assert page.heading == "Välkommen tillbaka till nätverket"
    assert browser.as_(account).get("/").address == "/home"


def test_nothing_is_given_without_membership(browser: Browser, make: Make) -> None:
    account = make.account(make.former())
    page = browser.as_(account).get("consents.centre")
    page = page.submit("Spara ändringar", purposes=["newsletter"])
    assert "hör till nätverket" in page.errors[0]
    assert purposes_on(page) == {"newsletter"}, "what was chosen is kept"
    assert purposes_on(browser.get("consents.centre")) == set()


def test_refusing_everything_but_membership_leaves_every_page_open(
    browser: Browser, make: Make
) -> None:
    browser.as_(make.alumnus())
    for place in ("home.alumnus", "network.directory", "network.profile", "accounts.account"):
        browser.get(place)


def test_an_employee_has_nothing_to_switch_on(browser: Browser, make: Make) -> None:
    page = browser.as_(make.staff(Role.RECRUITER)).get("consents.centre")
    assert "Du är anställd hos Sundmark" in page
    assert page.all("input[role=switch]") == []


@covers("S17")
def test_everybody_sees_who_looked_at_them(browser: Browser, make: Make, app: Flask) -> None:
    me, recruiter = make.alumnus(), make.staff(Role.RECRUITER, name="Sofia Lindqvist")
    looking = Actor(ref=recruiter.public_id, roles=frozenset({Role.RECRUITER}), name="Sofia")
    with make.work():
        for _ in range(7):
            opened(looking, me.person_id, Look.CARD)
    page = browser.as_(me).get("consents.centre")
    lines = page.texts(".seen li")
    assert len(lines) == 5
    assert "Sofia Lindqvist, rekryterare Öppnade ditt kort i katalogen" in lines[0]
    assert len(page.follow("Visa alla det senaste året").all(".seen li")) == 7


def test_a_yes_that_lapses_soon_can_be_renewed_on_its_card(browser: Browser, make: Make) -> None:
    account = make.alumnus(agreed_to=[Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT])
    with time_machine.travel(clock.now() + timedelta(days=183 - 9)):
        page = browser.as_(account).get("consents.centre")
        assert "Går ut" in page.texts("#recruiter_contact .alert")[0]
        page = page.submit("Förnya Rekryterare får kontakta mig om jobb")
        assert page.flashes == ["Förnyat. Du får ett kvitto i mejlen."]
        assert page.all("#recruiter_contact .alert") == []


def test_hr_sees_what_stands_and_can_change_nothing(browser: Browser, make: Make) -> None:
    member = make.alumnus("Amira Haddad")
    with make.work():
        person = db.session.get_one(Person, member.person_id)
        services.give(person, Purpose.EVENTS, language="sv", how=How.CONSENT_CENTRE, by=SYSTEM)
        public_id = person.public_id
    browser.as_(make.staff(Role.HR))
    page = browser.get("people.person", public_id=public_id)
    lines = page.texts(".consentlist li")
    assert [line.split(" Ja")[0] for line in lines if " Ja" in line] == [
        "Medlem i nätverket",
        "Inbjudningar till träffar",
    ]
    assert page.all("input[role=switch]") == []


@pytest.mark.both_databases
def test_two_answers_at_once_come_one_after_the_other(inside: Flask, make: Make) -> None:
    member = make.alumnus()
    for _ in range(2):
        with make.work():
            person = db.session.get_one(Person, member.person_id)
            services.give(person, Purpose.EVENTS, language="sv", how=How.CONSENT_CENTRE, by=SYSTEM)
