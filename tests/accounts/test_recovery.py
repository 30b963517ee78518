from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import AddressRecovery
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.queries import person as find_person
from tests.accounts.making import ask, link_to, replay, token_in
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

OLD, NEW = "amira@post.example", "amira.ny@post.example"


def ask_hr(browser: Browser, name: str = "Amira Haddad", old: str = OLD, new: str = NEW) -> Page:
    page = browser.get("accounts.lost")
    return page.submit("Skicka till HR", name=name, old=old, new=new, reach="070-174 06 05")


def confirm(hr: Browser, person_id: str) -> Page:
    page = hr.get("accounts.recoveries").follow("Amira Haddad")
    return page.submit("Skicka länk till den nya adressen", person=person_id, checked=True)


def new_link(outbox: Outbox, to: str = NEW) -> str:
    return outbox.last(to).find(r"https?://[^/]+(/sign-in/new-address/\S+)")


@pytest.mark.both_databases
def test_somebody_who_lost_the_address_gets_back_in(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus("Amira Haddad", private=OLD)
    cookies = browser.another().as_(account).cookies
    assert ask_hr(browser).heading == "Tack, HR tar över"
    confirm(browser.another().as_(make.staff(Role.HR)), account.person.public_id)
    page = browser.go(new_link(outbox))
    assert replay(browser, cookies).status_code == 200, "nothing changes before the proof"
    page = page.submit("Det är min adress")
    assert page.heading == "Logga in"
    assert replay(browser, cookies).status_code == 303
    assert "är bytt" in outbox.last(OLD).subject
    outbox.clear()
    ask(browser, OLD)
    assert outbox.letters() == []
    ask(browser, NEW)
    browser.go(link_to(outbox, NEW)).submit("Logga in")
    assert browser.open("/account").status_code == 200


@covers("S6")
def test_asking_answers_the_same_to_everybody(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Amira Haddad", private=OLD)
    known = ask_hr(browser)
    unknown = ask_hr(browser.another(), "Ingen Alls", "ingen@post.example", "ny@post.example")
    assert known.text == unknown.text
    assert outbox.letters() == []
    again = ask_hr(browser.another())
    assert again.text == known.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AddressRecovery)) == 2


def test_a_work_address_is_no_new_private_address(browser: Browser) -> None:
    page = ask_hr(browser, new="amira@sundmark.example")
    assert "jobbadress" in page.errors[0]
    assert page.value("name") == "Amira Haddad"


def test_the_link_at_the_new_address_dies_after_a_week(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus("Amira Haddad", private=OLD)
    ask_hr(browser)
    with time_machine.travel(clock.now(), tick=False) as time:
        confirm(browser.another().as_(make.staff(Role.HR)), account.person.public_id)
        path = new_link(outbox)
        time.shift(timedelta(days=7))
        page = browser.go(path, status=410)
        assert page.heading == "Länken har gått ut"
        assert page.follow("Be HR om en ny länk").heading == "Kommer du inte åt din adress?"


def test_the_link_works_once_and_only_for_its_purpose(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus("Amira Haddad", private=OLD)
    ask_hr(browser)
    confirm(browser.another().as_(make.staff(Role.HR)), account.person.public_id)
    path = new_link(outbox)
    browser.go(path).submit("Det är min adress")
    assert browser.go(path, status=410).heading == "Länken är redan använd"
    unknown = browser.go("/sign-in/new-address/" + token_in(path)[:-1], status=410)
    assert unknown.heading == "Länken går inte att läsa"


def test_hr_says_no_with_a_reason(app: Flask, browser: Browser, outbox: Outbox, make: Make) -> None:
    ask_hr(browser, "Ingen Alls")
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("accounts.recoveries").follow("Ingen Alls").follow("Säg nej")
    page = page.submit("Säg nej", reason="Ingen svarade på numret vi har")
    assert "Ingen väntar" in page
    assert outbox.letters() == []


def test_hr_must_have_made_sure(browser: Browser, make: Make) -> None:
    account = make.alumnus("Amira Haddad", private=OLD)
    ask_hr(browser)
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("accounts.recoveries").follow("Amira Haddad")
    page = page.submit("Skicka länk till den nya adressen", person=account.person.public_id)
    assert "Kontrollera först vem det är." in page.errors[0]


def test_two_at_hr_decide_once(browser: Browser, make: Make) -> None:
    account = make.alumnus("Amira Haddad", private=OLD)
    ask_hr(browser)
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("accounts.recoveries").follow("Amira Haddad")
    person = account.person.public_id
    page.submit("Skicka länk till den nya adressen", person=person, checked=True)
    page = page.submit("Skicka länk till den nya adressen", person=person, checked=True)
    assert "redan avgjord" in page.errors[0]


@covers("S20")
def test_a_staff_account_is_not_taken_over_through_its_private_address(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    admin = make.staff(Role.ADMIN, name="Ada Min")
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("accounts.change_address", public_id=admin.person.public_id)
    page = page.submit("Skicka länk till den nya adressen", new=NEW, checked=True)
    assert "har en roll i portalen" in page.errors[0]
    assert outbox.letters() == []


def test_hr_begins_the_change_from_the_persons_page(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    person = make.former("Amira Haddad", private=OLD)
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("people.person", public_id=person.public_id).follow("Byt privat adress")
    page.submit("Skicka länk till den nya adressen", new=NEW, checked=True)
    browser.go(new_link(outbox)).submit("Det är min adress")
    with app.app_context():
        found = find_person(person.public_id)
        assert found is not None
        assert [one.address for one in found.addresses if one.is_proved] == [NEW]


@covers("S27")
def test_an_address_of_somebody_else_is_not_taken_over(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Bo Ek", private=NEW)
    person = make.former("Amira Haddad", private=OLD)
    hr = browser.another().as_(make.staff(Role.HR))
    page = hr.get("accounts.change_address", public_id=person.public_id)
    page = page.submit("Skicka länk till den nya adressen", new=NEW, checked=True)
    assert "redan av någon annan" in page.errors[0]
    assert outbox.letters() == []
