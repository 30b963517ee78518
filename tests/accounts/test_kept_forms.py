"""What is sent after its session has ended comes back to who wrote it, and to nobody else."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts.models import Account, KeptForm, SignInSession
from alumni_portal.accounts.queries import ways_in
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from tests.accounts.making import ask, code_to
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases
SAID = "En rad med kanariefåglar.\nOch en till."
PATH = "/exit-interviews/code-book/themes/new"
BACK = "Det du skrev finns kvar"


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Petra Öhrn")


def end_sessions(make: Make) -> None:
    with make.work():
        for one in db.session.scalars(select(SignInSession)):
            one.ended_at = clock.now()


def lost(make: Make, browser: Browser, hr: Account) -> Page:
    """Let a session end while its form is written; return the page that sending it leads to."""
    page = browser.as_(hr).go(PATH)
    end_sessions(make)
    return page.submit(
        "Spara", name="Kaffet", name_en="Coffee", definition=SAID, definition_en="Coffee, too."
    )


def come_in(make: Make, outbox: Outbox, browser: Browser, account: Account) -> Page:
    """Sign in by the code in the letter, in the browser that was signed out."""
    with make.work():
        address = ways_in(db.session.merge(account))[0].address
    page = ask(browser, address)
    return page.submit("Logga in", code=code_to(outbox, address))


def test_what_was_typed_comes_back_after_signing_in(
    make: Make, outbox: Outbox, browser: Browser, hr: Account
) -> None:
    page = lost(make, browser, hr)
    assert page.flashes == ["Du hann loggas ut. Logga in igen, så får du tillbaka det du skrev."]
    page = come_in(make, outbox, browser, hr)
    assert (page.heading, "kanariefåglar" in page) == (BACK, True)
    page = page.submit("Skicka det jag skrev")
    assert page.flashes == ["Kodboken är ändrad."]
    assert "Kaffet" in page
    with make.work():
        assert db.session.scalars(select(KeptForm)).all() == []


def test_somebody_else_who_signs_in_there_sees_nothing(
    make: Make, outbox: Outbox, browser: Browser, hr: Account
) -> None:
    lost(make, browser, hr)
    other = make.staff(Role.HR, name="Sven Ny")
    page = come_in(make, outbox, browser, other)
    assert page.heading != BACK
    assert "kanariefåglar" not in browser.go("/sign-in/kept-form")


def test_nor_does_its_writer_in_another_browser(
    make: Make, outbox: Outbox, browser: Browser, hr: Account
) -> None:
    lost(make, browser, hr)
    assert come_in(make, outbox, browser.another(), hr).heading != BACK


def test_half_an_hour_later_nobody_does(
    make: Make, outbox: Outbox, browser: Browser, hr: Account
) -> None:
    lost(make, browser, hr)
    with travel(clock.now() + timedelta(minutes=31), tick=True):
        assert come_in(make, outbox, browser, hr).heading != BACK


def test_the_database_alone_does_not_open_it(
    app: Flask, make: Make, browser: Browser, hr: Account
) -> None:
    lost(make, browser, hr)
    with app.app_context():
        (kept,) = db.session.scalars(select(KeptForm))
        assert b"kanarie" not in kept.content
        assert len(kept.key_hash) == 64


@pytest.mark.parametrize("why", ["password", "never signed in", "too long"])
def test_nothing_is_kept_that_should_not_be(
    make: Make, browser: Browser, hr: Account, why: str
) -> None:
    page = browser.as_(hr).go(PATH)
    end_sessions(make)
    data = {"csrf_token": page.value("csrf_token"), "name": "Kaffet"}
    if why == "never signed in":
        with browser.client.session_transaction(base_url=browser.base_url) as cookie:
            cookie.pop("_user_id")
    else:
        data |= {"new_password": "hemligt"} if why == "password" else {"more": "x" * 200_000}
    browser.go(PATH, method="POST", data=data)
    with make.work():
        assert db.session.scalars(select(KeptForm)).all() == []


@pytest.mark.parametrize(("site", "is_shown"), [("same-origin", True), ("cross-site", False)])
def test_a_page_that_outlived_its_cookie_is_sent_again_and_no_other_sites(
    browser: Browser, *, site: str, is_shown: bool
) -> None:
    data = {"email": "kanarie fågel@post.example"}
    answer = browser.open("/sign-in", method="POST", data=data, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 400
    assert ("kanarie fågel" in answer.text) is is_shown
