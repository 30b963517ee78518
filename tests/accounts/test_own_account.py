import unicodedata

from argon2 import Type
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumni_portal.accounts import queries, services
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from tests.accounts.making import PASSWORD, with_password
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.warm import hasher_in_earnest

AMIRA = "amira@post.example"


def test_the_account_page_says_who_one_is(browser: Browser, make: Make) -> None:
    page = browser.as_(make.alumnus("Amira Haddad", private=AMIRA)).get("accounts.account")
    for shown in ("Amira Haddad", AMIRA, "Alumn", "Firefox, Linux", "Den här"):
        assert shown in page
    assert "Byt lösenord" not in page, "she has none"


def test_language_and_theme_are_kept(app: Flask, browser: Browser, make: Make) -> None:
    account = make.alumnus()
    page = browser.as_(account).get("accounts.account")
    page = page.submit("Spara språk", language="en")
    assert page.language == "en"
    page = page.submit("Save appearance", theme="dark")
    assert page.one("html")["data-theme"] == "dark"
    other = browser.another().as_(account).get("accounts.account")
    assert other.language == "en"
    assert other.one("html")["data-theme"] == "dark"


def test_signing_out_everywhere_ends_all(browser: Browser, make: Make) -> None:
    account = make.alumnus()
    phone = browser.another().as_(account)
    page = browser.as_(account).get("accounts.account").submit("Logga ut överallt")
    assert page.heading == "Logga in"
    assert phone.open("/account").status_code == 303


@covers("S8")
def test_the_present_password_is_asked_for(app: Flask, browser: Browser, make: Make) -> None:
    account = make.staff(Role.HR)
    with_password(app, account)
    page = browser.as_(account).get("accounts.account")
    page = page.submit("Byt lösenord", current="fel", password="en helt annan mening")
    assert "inte ditt nuvarande lösenord" in page.errors[0]
    page = page.submit("Byt lösenord", current=PASSWORD, password="kort")
    assert "15 till 256 tecken" in page.errors[0]
    page = page.submit("Byt lösenord", current=PASSWORD, password="sundmark sundmark 2026")
    assert "lätt att gissa" in page.errors[0]


@covers("S8")
def test_the_password_of_the_demo_is_refused_by_the_form(
    app: Flask, browser: Browser, make: Make
) -> None:
    account = make.staff(Role.HR)
    with_password(app, account)
    page = browser.as_(account).get("accounts.account")
    page = page.submit("Byt lösenord", current=PASSWORD, password=services.DEMO_PASSWORD)
    assert page.errors


@covers("S8")
def test_a_password_costs_a_guesser_at_least_what_owasp_asks_for() -> None:
    hasher = hasher_in_earnest()
    assert hasher.type is Type.ID
    assert hasher.memory_cost >= 19 * 1024  # kibibytes
    assert hasher.time_cost >= 2


@covers("S8")
def test_a_password_comes_back_whole(inside: Flask, make: Make) -> None:
    make.alumnus(private=AMIRA)

    @given(st.text(min_size=15, max_size=80))
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    def round_trip(password: str) -> None:
        with unit():
            found = queries.let_in_by(AMIRA)
            assert found is not None
            services.store_password(found[0], password, by=SYSTEM)
        assert services.check_password(AMIRA, unicodedata.normalize("NFD", password)) is not None
        assert services.check_password(AMIRA, password[:-1]) is None

    round_trip()
