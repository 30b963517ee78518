"""The one written to answers by a link; then each sees how to reach the other, or nothing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock, tokens
from alumni_portal.core.access_log import Look, seen
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import Person
from alumni_portal.rehire import queries
from alumni_portal.rehire.emails import ANSWER
from alumni_portal.rehire.models import Contact, ContactState
from tests.rehire.making import candidate, end_consent, write
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

HOME, PHONE = "amira@post.example", "070-174 06 05"
YES, LATER, NEVER = "Ja, jag är intresserad", "Inte just nu", "Fråga inte igen om det här"
THREE = (YES, LATER, NEVER)


@pytest.fixture
def me(make: Make) -> Account:
    return make.staff(Role.RECRUITER, name="Maria Stenberg")


@pytest.fixture
def her(make: Make) -> Account:
    account = candidate(make, private=HOME)
    with make.work():
        db.session.get_one(Person, account.person_id).phone = PHONE
    return account


@pytest.fixture
def sent(make: Make, me: Account, her: Account) -> Contact:
    return write(make, me, her)


@pytest.fixture
def link(sent: Contact, outbox: Outbox) -> str:
    return next(one for one in outbox.last(HOME).links if "/contact/" in one)


def state(app: Flask, sent: Contact) -> ContactState:
    with app.app_context():
        return db.session.get_one(Contact, sent.id).state


def account_of(make: Make, person_id: int) -> Account:
    with make.work():
        return db.session.scalars(select(Account).where(Account.person_id == person_id)).one()


@covers("S4")
def test_looking_at_the_letter_changes_nothing(
    app: Flask, browser: Browser, sent: Contact, link: str
) -> None:
    for method in ("HEAD", "GET", "GET"):
        answer = browser.open(link, method=method)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert HOME not in answer.text
        assert "sundmark.example" not in answer.text.replace("hr@sundmark.example", "")
    assert state(app, sent) is ContactState.SENT
    assert [one for one in browser.go(link).buttons() if one in THREE] == list(THREE)


@pytest.mark.parametrize(
    ("button", "becomes"),
    [
        (YES, ContactState.INTERESTED),
        (LATER, ContactState.NOT_NOW),
        (NEVER, ContactState.NEVER),
    ],
)
def test_one_press_answers_and_the_second_visit_shows_it(
    app: Flask, browser: Browser, sent: Contact, link: str, button: str, becomes: ContactState
) -> None:
    page = browser.go(link).submit(button)
    assert f"Ditt svar: {button}" in page
    assert state(app, sent) is becomes
    again = browser.another().go(link)
    assert f"Ditt svar: {button}" in again
    assert button not in again.buttons()


def test_after_yes_each_sees_how_to_reach_the_other_and_gets_a_letter(
    browser: Browser, me: Account, her: Account, link: str, outbox: Outbox
) -> None:
    page = browser.go(link).submit(YES)
    assert "@sundmark.example" in page.texts(".kv")[0]
    assert "@sundmark.example" in outbox.last(HOME).text
    told = next(one for one in outbox.letters() if one.subject == "Amira Haddad är intresserad")
    assert told.to.endswith("@sundmark.example")
    assert HOME not in told.text
    page = browser.another().as_(me).go(told.link)
    assert HOME in page
    assert PHONE in page
    with browser.app.app_context():
        assert seen(her.person_id or 0)[0].look is Look.PERSON
        assert queries.reveals_contact_details(her.person_id or 0, me.person_id or 0)


@covers("S18")
@pytest.mark.parametrize("button", [LATER, NEVER, None])
def test_without_a_yes_nothing_is_shown(
    browser: Browser, me: Account, sent: Contact, link: str, button: str | None, outbox: Outbox
) -> None:
    if button:
        browser.go(link).submit(button)
    page = browser.another().as_(me).go(f"/contacts/{sent.public_id}")
    assert HOME not in page
    assert PHONE not in page
    assert not [one for one in outbox.letters() if "intresserad" in one.subject]


@covers("S18")
def test_a_yes_to_one_recruiter_shows_nothing_to_another(
    browser: Browser, make: Make, me: Account, sent: Contact, link: str
) -> None:
    browser.go(link).submit(YES)
    other = browser.another().as_(make.staff(Role.HR))
    assert other.open(f"/contacts/{sent.public_id}").status_code == 404
    assert "Amira" not in other.get("rehire.contacts")


@covers("S24")
@pytest.mark.parametrize("purpose", [Purpose.RECRUITER_CONTACT, Purpose.MEMBERSHIP])
def test_a_consent_that_ends_hides_it_all_again_at_the_next_page(
    browser: Browser, make: Make, her: Account, sent: Contact, link: str, purpose: Purpose
) -> None:
    browser.go(link).submit(YES)
    recruiter = browser.another().as_(account_of(make, sent.by_person_id))
    assert HOME in recruiter.go(f"/contacts/{sent.public_id}")
    end_consent(make, her, purpose)
    page = recruiter.go(f"/contacts/{sent.public_id}")
    for secret in (HOME, PHONE, "Amira"):
        assert secret not in page
    assert "Amira" not in recruiter.get("rehire.contacts")


@covers("S24")
def test_a_letter_that_waits_to_be_sent_is_dropped_with_the_consent(
    make: Make, me: Account, her: Account, outbox: Outbox
) -> None:
    write(make, me, her)
    end_consent(make, her, Purpose.RECRUITER_CONTACT)
    assert not [one for one in outbox.letters(HOME) if "undrar om du" in one.subject]


@covers("S24")
def test_who_withdrew_after_the_letter_is_told_and_answers_nothing(
    app: Flask, browser: Browser, make: Make, her: Account, sent: Contact, link: str
) -> None:
    page = browser.go(link)
    end_consent(make, her, Purpose.RECRUITER_CONTACT)
    page = page.submit(YES)
    assert page.errors == ["Det går inte att svara på brevet längre."]
    assert state(app, sent) is ContactState.WITHDRAWN
    assert "Brevet går inte att svara på längre" in browser.go(link)


def test_an_answer_is_changed_until_the_recruiter_has_been_in_touch(
    app: Flask, browser: Browser, me: Account, sent: Contact, link: str
) -> None:
    browser.go(link).submit(LATER)
    browser.go(link).submit(YES)
    recruiter = browser.another().as_(me)
    page = recruiter.go(f"/contacts/{sent.public_id}").submit("Jag har hört av mig")
    assert page.flashes == ["Noterat. Nu sköter ni resten utan portalen."]
    page = browser.go(link)
    assert "Maria Stenberg har hört av sig." in page
    assert LATER not in page.buttons()
    assert state(app, sent) is ContactState.INTERESTED


def test_changing_to_and_fro_tells_both_only_once(
    browser: Browser, sent: Contact, link: str, outbox: Outbox
) -> None:
    for button in (YES, LATER, YES):
        browser.go(link).submit(button)
    assert outbox.subjects().count("Amira Haddad är intresserad") == 1


@covers("S5")
@pytest.mark.parametrize("change", ["cut", "another purpose", "nobody's", "plain"])
def test_another_token_is_no_page(
    app: Flask, browser: Browser, sent: Contact, link: str, change: str
) -> None:
    token = link.rpartition("/")[2]
    with app.app_context():
        forged = {
            "cut": token[:-2],
            "another purpose": tokens.sign("interest-renewal", sent.public_id),
            "nobody's": tokens.sign(ANSWER, "finnsinte"),
            "plain": sent.public_id,
        }[change]
    for method in ("GET", "POST"):
        data = {"answer": "interested"} if method == "POST" else None
        assert browser.open(f"/contact/{forged}", method=method, data=data).status_code in {
            400,
            404,
        }
    assert browser.open(f"/contact/{forged}").status_code == 404
    assert state(app, sent) is ContactState.SENT


def test_an_answer_that_is_none_of_the_three_is_refused(
    app: Flask, browser: Browser, sent: Contact, link: str
) -> None:
    token = browser.go(link).value("csrf_token")
    for said in ("sent", "withdrawn", "", "x"):
        page = browser.go(link, method="POST", data={"answer": said, "csrf_token": token})
        assert page.flashes == ["Välj ett av svaren."]
    assert state(app, sent) is ContactState.SENT


def test_a_letter_left_for_sixty_days_is_closed(browser: Browser, link: str) -> None:
    with travel(clock.now() + timedelta(days=61)):
        page = browser.go(link)
        assert "Brevet går inte att svara på längre" in page
        assert YES not in page.buttons()


def test_the_one_written_to_is_told_at_home_and_finds_the_letters_beside_the_answer(
    browser: Browser, her: Account, sent: Contact
) -> None:
    page = browser.as_(her).get("home.alumnus").follow("Ett brev väntar på ditt svar")
    assert "De har skrivit till dig" in page
    page.follow("Maria Stenberg").submit(LATER)
    assert "Ett brev väntar" not in browser.get("home.alumnus")
    assert "De har skrivit till dig" in browser.get("rehire.interest")


def test_the_recruiter_sees_own_letters_and_that_a_yes_waits(
    browser: Browser, me: Account, sent: Contact, link: str
) -> None:
    recruiter = browser.another().as_(me)
    rows = recruiter.get("rehire.contacts").table("Brev")
    assert [(one["Till"], one["Svar"]) for one in rows] == [("Amira Haddad", "Väntar på svar")]
    browser.go(link).submit(YES)
    assert "Har svarat ja på ditt brev" in recruiter.get("home.staff")


def test_a_search_says_who_wrote_and_when(
    browser: Browser, make: Make, me: Account, sent: Contact
) -> None:
    assert "Du skrev" in browser.another().as_(me).get("rehire.candidates")
    other = browser.another().as_(make.staff(Role.HR))
    assert "En kollega skrev" in other.get("rehire.candidates")
