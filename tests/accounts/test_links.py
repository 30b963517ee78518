import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import SignInSession
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.people import services as people
from alumni_portal.people.queries import person as find_person
from tests.accounts.making import another_process, ask, code_to, link_to, token_in
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

AMIRA = "amira@post.example"


def sessions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SignInSession)) or 0


def is_in(browser: Browser) -> bool:
    return browser.open("/account").status_code == 200


@pytest.fixture
def path(browser: Browser, make: Make, outbox: Outbox) -> str:
    make.alumnus(private=AMIRA)
    ask(browser, AMIRA)
    return link_to(outbox, AMIRA)


@covers("S4")
def test_looking_at_a_link_does_not_use_it(app: Flask, browser: Browser, path: str) -> None:
    scanner = browser.another()
    scanner.open(path, method="HEAD")
    for _look in range(5):
        assert scanner.open(path).status_code == 200
    assert sessions(app) == 0
    browser.go(path).submit("Logga in")
    assert is_in(browser)


@pytest.mark.chromium
@covers("S4")
def test_a_scanner_that_presses_every_button_gets_no_session(
    app: Flask, live: Live, browser: Browser, path: str
) -> None:
    tab = live.open(path)
    for number in range(tab.locator("main button, main input[type=submit]").count()):
        tab.locator("main button, main input[type=submit]").nth(number).click()
        tab.goto(live.address + path)
    assert tab.locator(".codebig").count() == 1, "the code to type is all there is"
    live.check(tab)
    assert sessions(app) == 0
    browser.go(path).submit("Logga in")
    assert is_in(browser)


@covers("S4")
def test_a_link_posted_from_another_browser_lets_nobody_in(browser: Browser, path: str) -> None:
    other = browser.another()
    token = other.get("accounts.sign_in").value("csrf_token")
    answer = other.open(path, method="POST", data={"csrf_token": token})
    assert answer.status_code == 200
    assert not is_in(other)


def test_elsewhere_shows_the_code_and_the_code_works_where_one_began(
    browser: Browser, outbox: Outbox, path: str
) -> None:
    page = browser.another().go(path)
    assert page.heading == "Skriv koden där du började"
    code = page.texts(".codebig")[0]
    assert code.replace(" ", "") == code_to(outbox, AMIRA)
    browser.get("accounts.check_mail").submit("Logga in", code=code.lower())
    assert is_in(browser)


@covers("S7")
def test_a_code_has_five_tries(browser: Browser, outbox: Outbox, path: str) -> None:
    page = browser.get("accounts.check_mail")
    for left in (4, 3, 2, 1):
        page = page.submit("Logga in", code="ZZZZZZZZ")
        assert f"{left} försök kvar" in page.errors[0]
    assert "försöken är slut" in page.submit("Logga in", code="ZZZZZZZZ").errors[0]
    page = page.submit("Logga in", code=code_to(outbox, AMIRA))
    assert "gäller inte längre" in page.errors[0]
    assert not is_in(browser)


@pytest.mark.both_databases
@covers("S7")
def test_guesses_at_the_same_time_are_each_counted(app: Flask, browser: Browser, path: str) -> None:
    with browser.client.session_transaction(base_url=browser.base_url) as cookie:
        asked = cookie["door"]

    def guess(_number: int) -> bool:
        with app.app_context(), unit():
            link = queries.open_link_of_browser(asked)
            return link is not None and services.doors._count_try(link) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(24))) == 5


@pytest.mark.both_databases
@covers("S5")
def test_fifty_presses_at_once_start_one_session(
    app: Flask, settings: Settings, browser: Browser, path: str
) -> None:
    with browser.client.session_transaction(base_url=browser.base_url) as cookie:
        asked = cookie["door"]
    token = token_in(path)
    with another_process(settings) as other:

        def press(number: int) -> bool:
            with (app, other.app)[number % 2].app_context(), unit():
                account = services.enter_by_link(token, asked)
                if account is not None:
                    services.start_session(account, user_agent="", way="link")
                return account is not None

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(press, range(50))) == 1
    assert sessions(app) == 1


@covers("S5")
def test_a_link_is_good_for_fifteen_minutes(browser: Browser, make: Make, outbox: Outbox) -> None:
    make.alumnus(private=AMIRA)
    with time_machine.travel(clock.now(), tick=False) as time:
        ask(browser, AMIRA)
        path = link_to(outbox, AMIRA)
        time.shift(timedelta(minutes=14, seconds=59))
        assert browser.go(path).heading == "Du är nästan inne"
        time.shift(timedelta(seconds=1))
        page = browser.go(path, status=410)
        assert page.heading == "Länken har gått ut"
        assert page.follow("Be om en ny länk").heading == "Logga in"


def test_a_used_and_an_unknown_link_show_the_way_on(browser: Browser, path: str) -> None:
    browser.go(path).submit("Logga in")
    used = browser.another().go(path, status=410)
    assert used.heading == "Länken är redan använd"
    unknown = browser.another().go(path[:-3], status=410)
    assert unknown.heading == "Länken går inte att läsa"


@covers("S5")
def test_a_newer_link_kills_the_older(browser: Browser, outbox: Outbox, path: str) -> None:
    browser.get("accounts.check_mail").submit("Skicka en ny länk")
    newer = link_to(outbox, AMIRA)
    assert newer != path
    assert browser.go(path, status=410).heading == "Länken är redan använd"
    browser.go(newer).submit("Logga in")
    assert is_in(browser)


@covers("S5")
def test_a_link_dies_with_the_address_it_was_sent_to(
    app: Flask, browser: Browser, path: str
) -> None:
    with app.app_context(), unit():
        found = queries.let_in_by(AMIRA)
        assert found is not None
        people.retire_address(found[1], by=SYSTEM)
    browser.go(path).submit("Logga in", expects=410)
    assert not is_in(browser)


@covers("S5")
def test_a_link_for_another_purpose_does_not_sign_in(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    person = make.former("Åke Ångström")
    with app.app_context(), unit():
        found = find_person(person.public_id)
        assert found is not None
        services.begin_change(found, "ny@post.example", by=SYSTEM)
    other = outbox.last("ny@post.example").find(r"/new-address/(\S+)")
    assert browser.go(f"/sign-in/link/{other}", status=410).heading == "Länken går inte att läsa"


def every_cell(app: Flask) -> str:
    """Return all that the database holds, as text."""
    with app.app_context():
        cells = [
            [str(value) for value in row]
            for name in db.metadata.tables
            for row in db.session.execute(text(f'SELECT * FROM "{name}"'))
        ]
    return json.dumps(cells)


@covers("S5")
def test_no_token_stands_in_the_database_or_the_log(
    capfd: pytest.CaptureFixture[str],
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    secrets_of: Callable[[Browser], list[str]],
) -> None:
    make.alumnus(private=AMIRA)
    ask(browser, AMIRA)
    path = link_to(outbox, AMIRA)
    secrets = [token_in(path), code_to(outbox, AMIRA), *secrets_of(browser)]
    browser.go(path).submit("Logga in")
    secrets += secrets_of(browser)
    held, logged = every_cell(app), capfd.readouterr().err
    assert '"event": "request"' in logged
    assert not [one for one in secrets if one in held or one in logged]


@pytest.fixture
def secrets_of() -> Callable[[Browser], list[str]]:
    """Return what tells the secrets of a browser's cookie: session id and binding."""

    def tell(browser: Browser) -> list[str]:
        with browser.client.session_transaction(base_url=browser.base_url) as cookie:
            return [str(cookie[name]) for name in ("door", "_user_id") if name in cookie]

    return tell


@covers("S5")
def test_the_page_of_a_link_sends_no_referrer(browser: Browser, path: str) -> None:
    assert browser.open(path).headers["Referrer-Policy"] == "no-referrer"


def test_the_letter_is_written_in_the_persons_language(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, tmp_path: Path
) -> None:
    person = make.person("Ben Hur", private="ben@post.example", language="en")
    make.account(person)
    ask(browser, "ben@post.example")
    assert outbox.last("ben@post.example").subject.startswith("Your sign-in link")
