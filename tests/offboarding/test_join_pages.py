"""People who left earlier ask to join, and HR says who they are."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.consents.models import ConsentEntry, How
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding.models import JoinRequest, JoinState
from alumni_portal.offboarding.rules.join_match import Asked, Known, Likeness, likenesses
from alumni_portal.offboarding.services.typed import told
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, years_ago
from tests.support.page import Page

AMIRA = "amira@post.example"


def ask(browser: Browser, address: str = AMIRA, *, unit: str = "", number: str = "") -> Page:
    page = browser.get("offboarding.join")
    return page.submit("Skicka", name="Amira Haddad", address=address, unit=unit, number=number)


def path(outbox: Outbox, address: str = AMIRA) -> str:
    return outbox.last(address).link.removeprefix("http://localhost")


def waiting(browser: Browser, outbox: Outbox, *, number: str = "") -> None:
    """Ask to join and prove the address."""
    ask(browser, number=number)
    browser.go(path(outbox)).submit("Ja, bekräfta adressen")


def left_long_ago(make: Make) -> None:
    """Make somebody who left without leaving a private address."""
    make.employment(make.person("Amira Haddad"), ends=years_ago(2))


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.another().as_(make.staff(Role.HR))


def test_a_request_reaches_hr_when_the_address_is_proved_and_not_before(
    browser: Browser, outbox: Outbox, hr: Browser
) -> None:
    assert ask(browser).heading == "Kolla mejlen"
    assert "Ingen väntar" in hr.get("offboarding.join_requests")
    page = browser.go(path(outbox)).submit("Ja, bekräfta adressen")
    assert page.heading == "Tack, adressen är bekräftad"
    assert "Amira Haddad" in hr.get("offboarding.join_requests")


@covers("S4")
def test_looking_at_the_proof_proves_nothing(app: Flask, browser: Browser, outbox: Outbox) -> None:
    ask(browser)
    for method in ("HEAD", "GET", "GET"):
        answer = browser.open(path(outbox), method=method)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    with app.app_context():
        assert db.session.scalars(select(JoinRequest.state)).one() is JoinState.UNPROVED


def test_hr_says_who_it_is_and_the_person_is_invited_with_nothing_ticked(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, hr: Browser
) -> None:
    left_long_ago(make)
    waiting(browser, outbox)
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    assert "Samma namn" in page
    chosen = str(page.all("input[name=person]")[0]["value"])
    page = page.submit("Det är hen, skicka inbjudan", person=chosen)
    assert page.flashes == ["Amira Haddad har fått en inbjudan."]
    page = browser.go(path(outbox))
    assert page.all("input[name=purpose][checked]") == []
    assert page.submit("Ja, jag går med", purpose=["membership"]).heading == "Välkommen, Amira"
    with app.app_context():
        assert db.session.scalars(select(ConsentEntry.how)).one() is How.JOIN_REQUEST


@covers("S6", "S53")
def test_a_member_gets_the_same_answer_and_a_letter_about_signing_in(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Amira Haddad", private=AMIRA)
    pages = [ask(browser, address) for address in (AMIRA, "okand@post.example")]
    assert pages[0].text == pages[1].text
    assert outbox.last(AMIRA).subject == "Du är redan med i Sundmark Alumni"
    assert outbox.last("okand@post.example").subject == "Bekräfta att det är du"


@covers("S53")
def test_an_address_gets_three_letters_a_day_however_it_is_written(
    browser: Browser, outbox: Outbox
) -> None:
    for typed in (AMIRA, "Amira@post.example", " amira@POST.example", "AMIRA@post.example"):
        browser.open("/join")
        page = browser.get("offboarding.join")
        token = page.value("csrf_token")
        sent = {"name": "Amira", "address": typed, "csrf_token": token}
        browser.open("/join", method="POST", data=sent)
    assert len(outbox.letters()) == 3


@covers("S53")
def test_one_network_asks_twenty_times_an_hour(browser: Browser, outbox: Outbox) -> None:
    token = browser.get("offboarding.join").value("csrf_token")
    answers = [
        browser.open(
            "/join",
            method="POST",
            data={"name": "A", "address": f"a{n}@post.example", "csrf_token": token},
        ).status_code
        for n in range(22)
    ]
    assert answers == [303] * 20 + [429] * 2


@pytest.mark.parametrize(
    ("typed", "said"), [("a@sundmark.example", "jobbadress"), ("hoppsan", "e-postadress")]
)
def test_a_wrong_address_is_explained_and_the_form_stays_filled(
    browser: Browser, typed: str, said: str
) -> None:
    page = ask(browser, typed, unit="Elkraft")
    assert said in page.errors[0]
    assert page.value("unit") == "Elkraft"
    assert page.value("name") == "Amira Haddad"


@pytest.mark.parametrize("typed", ["nittiotal", "19", "2 010,5"])
def test_a_year_that_is_none_is_explained_once_and_kept(browser: Browser, typed: str) -> None:
    page = browser.get("offboarding.join")
    page = page.submit("Skicka", name="Amira Haddad", address=AMIRA, from_year=typed)
    assert page.errors == ["Från år: Skriv ett årtal med fyra siffror."]
    assert page.value("from_year") == typed


@pytest.mark.parametrize(
    "typed",
    ["https://evil.example/logga-in", "evil.example/in", "a@evil.example", "WWW.evil.example"],
)
def test_an_address_is_no_name(browser: Browser, outbox: Outbox, typed: str) -> None:
    page = browser.get("offboarding.join").submit("Skicka", name=typed, address=AMIRA)
    assert "utan länkar" in page.errors[0]
    assert outbox.letters() == []


def test_letters_to_a_stranger_hold_nothing_that_a_stranger_typed(
    browser: Browser, outbox: Outbox, hr: Browser
) -> None:
    name, unit, number = typed = ("Ring evil.example", "Vinn en resa", "Klicka8")
    page = browser.get("offboarding.join")
    page.submit("Skicka", address=AMIRA, name=name, unit=unit, number=number)
    browser.go(path(outbox)).submit("Ja, bekräfta adressen")
    page = hr.get("offboarding.join_requests").follow("Hitta personen Ring evil.example")
    page.follow("Avslå").submit("Avslå", reason="Hittar ingen anställning")
    letters = outbox.letters(AMIRA)
    assert len(letters) == 2
    for one in letters:
        assert not any(text in one.subject + one.text + one.html for text in typed)


def test_an_address_that_belongs_to_somebody_else_is_not_given_away(
    browser: Browser, make: Make, outbox: Outbox, hr: Browser
) -> None:
    left_long_ago(make)
    waiting(browser, outbox)
    make.former("Ada Ek", private=AMIRA)
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    chosen = str(page.all("input[name=person]")[0]["value"])
    page = page.submit("Det är hen, skicka inbjudan", person=chosen)
    assert "redan bekräftad av Ada Ek" in page.errors[0]


def test_somebody_employed_here_cannot_be_matched(
    browser: Browser, make: Make, outbox: Outbox, hr: Browser
) -> None:
    make.employee("Amira Haddad")
    waiting(browser, outbox)
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    chosen = str(page.all("input[name=person]")[0]["value"])
    page = page.submit("Det är hen, skicka inbjudan", person=chosen)
    assert "anställd här" in page.errors[0]


def test_two_at_hr_do_not_decide_twice(
    browser: Browser, make: Make, outbox: Outbox, hr: Browser
) -> None:
    make.former("Amira Haddad")
    waiting(browser, outbox)
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    rejection = page.follow("Avslå")
    rejection.submit("Avslå", reason="Hittar ingen anställning")
    chosen = str(page.all("input[name=person]")[0]["value"])
    page = page.submit("Det är hen, skicka inbjudan", person=chosen)
    assert "Redan hanterad" in page
    assert outbox.last(AMIRA).subject == "Vi hittade inte din tid hos Sundmark"


def test_a_rejection_needs_a_reason_which_the_asker_does_not_get(
    browser: Browser, outbox: Outbox, hr: Browser
) -> None:
    waiting(browser, outbox)
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    page = page.follow("Avslå").submit("Avslå", reason="")
    assert page.errors
    page = page.submit("Avslå", reason="Var konsult")
    assert "Var konsult" in page
    assert "konsult" not in outbox.last(AMIRA).text


def test_somebody_not_on_record_is_written_down_and_invited(
    browser: Browser, outbox: Outbox, hr: Browser
) -> None:
    waiting(browser, outbox, number="A1")
    page = hr.get("offboarding.join_requests").follow("Hitta personen Amira Haddad")
    page = page.follow("Lägg in personen")
    assert page.value("number") == "A1"
    page = page.submit("Lägg in och skicka inbjudan", begins_on="2015-03-01", ends_on="2024-11-30")
    assert "har fått en inbjudan" in page.flashes[0]
    assert browser.go(path(outbox)).heading == "Vill du gå med, Amira?"


def test_a_national_id_is_never_kept(app: Flask, browser: Browser) -> None:
    number = f"{19121212}-{1212}"
    page = browser.get("offboarding.join")
    page = page.submit("Skicka", name="Amira", address=AMIRA, number=number)
    assert "personnummer" in page.errors[0]
    with app.app_context():
        assert db.session.scalars(select(JoinRequest)).all() == []
        assert number not in told(f"Amira {number}")


def test_an_unproved_request_is_forgotten_after_a_week(
    app: Flask, browser: Browser, outbox: Outbox
) -> None:
    ask(browser)
    outbox.letters()
    with travel(clock.now().replace(year=2027), tick=True):
        outbox.letters()
        assert browser.open(path(outbox)).status_code == 410
    with app.app_context():
        assert db.session.scalars(select(JoinRequest)).all() == []


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER, Role.ADMIN, Role.DPO])
def test_only_hr_sees_who_asks(browser: Browser, make: Make, role: Role) -> None:
    browser.as_(make.staff(role)).get("offboarding.join_requests", status=404)


KNOWN = Known(
    "amira haddad",
    frozenset({"A1"}),
    [(date(2015, 3, 1), date(2024, 11, 1))],
    ["elkraft malmo"],
)


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        (Asked("amira haddad", "", None, None, ""), [Likeness.SAME_NAME]),
        (Asked("amira h", "A1", None, None, ""), [Likeness.SAME_NUMBER]),
        (Asked("x", "", 2016, 2024, ""), [Likeness.SAME_YEARS]),
        (Asked("x", "", 2015, None, "elkraft"), [Likeness.SAME_YEARS, Likeness.SAME_UNIT]),
        (Asked("x", "", 2017, 2024, ""), []),
        (Asked("x", "A2", None, None, ""), []),
    ],
)
def test_reasons_to_think_it_is_somebody(asked: Asked, reasons: list[Likeness]) -> None:
    assert likenesses(asked, KNOWN) == reasons
