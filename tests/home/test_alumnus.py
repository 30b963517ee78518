"""The alumnus's home: true to the person's own years, consents and looks."""

from datetime import timedelta

from flask import Flask

from alumni_portal.consents import queries
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.core.transaction import unit
from alumni_portal.network.models import Profile
from alumni_portal.people.models import Person
from tests.support.browser import Browser
from tests.support.make import Make, days, years_ago


def test_home_greets_by_first_name_and_tells_the_years(browser: Browser, make: Make) -> None:
    amira = make.alumnus("Amira Haddad", begins=years_ago(11), left=years_ago(4))
    page = browser.as_(amira).get("home.alumnus")
    assert page.heading == "Hej igen, Amira"
    assert "Du var hos oss i sju år." in page


def test_the_career_line_can_be_heard(browser: Browser, make: Make) -> None:
    stations = make.unit("Stationer")
    amira = make.alumnus(begins=years_ago(6), left=years_ago(2), unit=stations, title="Montör")
    page = browser.as_(amira).get("home.alumnus")
    heard = page.texts(".hero ol.vh li")
    assert heard == [f"{years_ago(6).year}–{years_ago(2).year}: Montör, Stationer i Göteborg"]


def test_the_line_says_where_to(app: Flask, browser: Browser, make: Make) -> None:
    amira = make.alumnus()
    with make.work():
        profile = db.session.get_one(Profile, amira.person_id)
        profile.now_employer = "Nordlys Energi"
    assert "Till Nordlys Energi" in browser.as_(amira).get("home.alumnus").html


def test_home_says_what_stands_and_until_when(browser: Browser, make: Make) -> None:
    amira = make.alumnus(agreed_to=(Purpose.MEMBERSHIP, Purpose.EVENTS))
    lines = browser.as_(amira).get("home.alumnus").texts("[aria-labelledby=agreed] .todo li")
    assert lines[0].startswith("Ja: Medlem i nätverket, till ")
    assert "Nej: Nyhetsbrev" in lines
    assert "Ja: Inbjudningar till träffar" in lines


def test_home_says_who_looked_last(browser: Browser, make: Make) -> None:
    amira = make.alumnus()
    maria = make.staff(Role.HR, name="Maria Stenberg")
    looker = Actor(account_id=maria.id, ref=maria.public_id, roles=frozenset({Role.HR}))
    with make.work():
        access_log.opened(looker, amira.person_id, Look.PERSON)
    page = browser.as_(amira).get("home.alumnus")
    assert "Maria Stenberg" in page
    assert "Öppnade dina personuppgifter" in page


def test_own_looks_are_not_listed(browser: Browser, make: Make) -> None:
    page = browser.as_(make.alumnus()).get("home.alumnus")
    assert "Ingen har öppnat dina uppgifter än" in page


def test_who_left_the_network_sees_how_to_come_back(browser: Browser, make: Make) -> None:
    amira = make.alumnus()
    with make.work():
        person = db.session.get_one(Person, amira.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    page = browser.as_(amira).get("home.alumnus")
    assert page.heading == "Hej, Amira"
    assert "Vill du vara med igen?" in page
    assert page.follow("Välj vad du säger ja till").address == "/consents"


def test_a_lapsed_membership_ends_the_home_without_any_night_work(
    browser: Browser, make: Make
) -> None:
    amira = make.alumnus()
    with make.work():
        from_long_ago = clock.now() - timedelta(days=1)
        for row in queries.standing_of([amira.person_id]):
            row.until = from_long_ago
    assert "Du är inte medlem nu" in browser.as_(amira).get("home.alumnus")


def test_who_has_an_account_without_a_role_still_has_a_page(browser: Browser, make: Make) -> None:
    person = make.former("Johan Bergqvist", left=days(-400))
    page = browser.as_(make.account(person)).get("home.alumnus")
    assert page.heading == "Hej, Johan"
    assert "Vill du vara med i nätverket?" in page


def test_staff_are_taken_to_their_own_start(browser: Browser, make: Make) -> None:
    page = browser.as_(make.staff(Role.RECRUITER, name="Sofia Lindqvist")).get("home.alumnus")
    assert page.address == "/start"


def test_a_stranger_is_asked_to_sign_in(browser: Browser) -> None:
    assert browser.get("/home").address == "/sign-in"
    assert browser.get("/start").address == "/sign-in"


def test_an_alumnus_knows_no_staff_page(browser: Browser, make: Make) -> None:
    browser.as_(make.alumnus()).get("/start", status=404)


def test_home_speaks_english(app: Flask, make: Make) -> None:
    amira = make.alumnus()
    with app.app_context(), unit():
        db.session.get_one(Person, amira.person_id).language = "en"
    assert Browser(app, language="en").as_(amira).get("home.alumnus").language == "en"
