"""Limits hold over processes, count what is rolled back, and let nobody by when broken (S7)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from alumni_portal.accounts.models import SignInSession
from alumni_portal.core import clock, limits
from alumni_portal.core.db import db
from alumni_portal.core.limits import Hit
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from tests.accounts.making import PASSWORD, another_process, with_password
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

AMIRA = "amira@post.example"


@pytest.fixture(autouse=True)
def _within_one_window() -> Iterator[None]:
    """Let no quarter of an hour end in the middle of a test."""
    with time_machine.travel(clock.now().replace(hour=9, minute=1), tick=False):
        yield


def guess(browser: Browser, address: str, password: str) -> int:
    token = browser.get("accounts.sign_in").value("csrf_token")
    data = {"csrf_token": token, "email": address, "password": password}
    return browser.open("/sign-in", method="POST", data=data).status_code


@pytest.mark.both_databases
@covers("S7")
def test_two_processes_share_one_limit(settings: Settings, browser: Browser, make: Make) -> None:
    make.alumnus(private=AMIRA)
    with another_process(settings) as other:
        answers = [guess((browser, other)[n % 2], AMIRA, f"gissning {n}") for n in range(14)]
    assert answers == [200] * 10 + [429] * 4


@covers("S7")
def test_the_right_password_after_too_many_guesses_waits_too(
    app: Flask, browser: Browser, make: Make
) -> None:
    with_password(app, make.alumnus(private=AMIRA))
    with time_machine.travel(clock.now(), tick=False) as time:
        for number in range(10):
            guess(browser, AMIRA, f"gissning {number}")
        assert guess(browser, AMIRA, PASSWORD) == 429
        time.shift(timedelta(minutes=15))
        assert guess(browser, AMIRA, PASSWORD) == 303


@covers("S7")
def test_guesses_from_elsewhere_do_not_lock_somebody_out_of_a_known_device(
    app: Flask, browser: Browser, make: Make
) -> None:
    with_password(app, make.alumnus(private=AMIRA))
    assert guess(browser, AMIRA, PASSWORD) == 303
    page = browser.get("accounts.account")
    browser.open("/sign-out", method="POST", data={"csrf_token": page.value("csrf_token")})
    attacker = browser.another()
    answers = [guess(attacker, AMIRA, f"gissning {number}") for number in range(12)]
    assert answers[-1] == 429
    assert guess(browser, AMIRA, PASSWORD) == 303
    assert guess(browser.another(), AMIRA, PASSWORD) == 429


@covers("S7")
def test_a_known_device_has_its_limit_too(app: Flask, browser: Browser, make: Make) -> None:
    with_password(app, make.alumnus(private=AMIRA))
    guess(browser, AMIRA, PASSWORD)
    page = browser.get("accounts.account")
    browser.open("/sign-out", method="POST", data={"csrf_token": page.value("csrf_token")})
    answers = [guess(browser, AMIRA, f"gissning {number}") for number in range(12)]
    assert answers == [200] * 10 + [429] * 2


@covers("S7")
def test_who_knows_the_password_is_not_counted(app: Flask, browser: Browser, make: Make) -> None:
    with_password(app, make.alumnus(private=AMIRA))
    for _time in range(15):
        assert guess(browser.another(), AMIRA, PASSWORD) == 303


@pytest.mark.both_databases
@covers("S7")
def test_nobody_comes_in_while_the_limits_cannot_count(
    app: Flask, browser: Browser, make: Make
) -> None:
    with_password(app, make.alumnus(private=AMIRA))
    app.testing = False
    token = browser.get("accounts.sign_in").value("csrf_token")
    with app.app_context(), unit():
        db.session.execute(text("DROP TABLE limit_hit"))
    data = {"csrf_token": token, "email": AMIRA, "password": PASSWORD}
    assert browser.open("/sign-in", method="POST", data=data).status_code == 500
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_a_refused_request_is_counted_too(app: Flask, browser: Browser) -> None:
    for _time in range(3):
        data = {"email": AMIRA, "password": "x"}
        assert browser.open("/sign-in", method="POST", data=data).status_code == 400
    with app.app_context():
        counted = db.session.scalars(
            select(Hit.hits).where(Hit.key.startswith("sign-in-address"))
        ).all()
    assert counted == [3]


def test_no_address_stands_in_the_table(app: Flask, browser: Browser) -> None:
    guess(browser, AMIRA, "x")
    with app.app_context():
        keys = db.session.scalars(select(Hit.key)).all()
    assert keys
    assert not [key for key in keys if "amira" in key or "127.0.0.1" in key]


def test_too_many_tries_are_answered_kindly(browser: Browser, make: Make) -> None:
    for number in range(10):
        guess(browser, AMIRA, f"gissning {number}")
    token = browser.get("accounts.sign_in").value("csrf_token")
    data = {"csrf_token": token, "email": AMIRA, "password": "x"}
    page = browser.go("/sign-in", method="POST", data=data, status=429)
    assert page.heading == "Lite för många försök"
    assert page.response.headers["Retry-After"] == "900"


@covers("S53")
def test_one_address_gets_twenty_letters_a_day_at_most(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus(private=AMIRA)
    with time_machine.travel(clock.now().replace(hour=1), tick=False) as time:
        for _hour in range(15):
            for _time in range(3):
                stranger = browser.another()
                token = stranger.get("accounts.sign_in").value("csrf_token")
                data = {"csrf_token": token, "email": f" {AMIRA.upper()}"}
                stranger.open("/sign-in", method="POST", data=data)
            time.shift(timedelta(minutes=61))
        assert len(outbox) <= 20


def test_old_windows_are_forgotten(inside: Flask) -> None:
    limits.hit("test", "x", most=1, per=timedelta(minutes=1))
    with unit():
        assert limits.forget_before(clock.now() - timedelta(hours=1)) == 0
        assert limits.forget_before(clock.now() + timedelta(hours=1)) == 1


VARIANTS = ["\ufeff", "\u202e", " \x00"]


@pytest.mark.parametrize("sign", VARIANTS, ids=ascii)
@covers("S7")
def test_variants_of_an_address_count_as_one(browser: Browser, sign: str) -> None:
    answers = [guess(browser, f"{sign * n}Amira@post．example", f"x{n}") for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


def ask(browser: Browser, network: str) -> int:
    """Ask for a link from a network of one's own."""
    token = browser.get("accounts.sign_in").value("csrf_token")
    return browser.client.post(
        "/sign-in",
        data={"csrf_token": token, "email": AMIRA},
        base_url=browser.base_url,
        environ_base={"REMOTE_ADDR": network},
    ).status_code


@covers("S7")
def test_a_stranger_who_asks_for_links_all_day_locks_nobody_out(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus(private=AMIRA)
    stranger = browser.another()
    assert [ask(stranger, "192.0.2.7") for _time in range(20)] == [303] * 20
    assert len(outbox.letters(AMIRA)) == 10
    outbox.clear()
    assert ask(browser, "198.51.100.9") == 303
    page = browser.go(outbox.last(AMIRA).link).submit("Logga in")
    assert page.address == "/home"
