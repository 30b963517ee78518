"""A recruiter writes to a candidate: what is seen before, what goes, and what is refused."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core.access_log import seen
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.openings import services as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.rehire.models import Contact, Level
from tests.openings.making import opening
from tests.rehire.making import WHY, answer, candidate, contact_address, end_consent
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

HOME = "amira@post.example"


@pytest.fixture
def me(make: Make) -> Account:
    return make.staff(Role.RECRUITER, name="Maria Stenberg")


@pytest.fixture
def her(make: Make) -> Account:
    return candidate(make, private=HOME)


@pytest.fixture
def previewed(browser: Browser, make: Make, me: Account, her: Account) -> Callable[[], Page]:
    """Return what opens the page, writes, and looks at the letter."""
    return lambda: (
        browser.as_(me).go(contact_address(make, her)).submit("Förhandsgranska", reason=WHY)
    )


def letters(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Contact)) or 0


@covers("S18")
def test_a_recruiter_writes_without_seeing_the_address(
    app: Flask, outbox: Outbox, previewed: Callable[[], Page]
) -> None:
    page = previewed()
    assert WHY in page.texts(".wording")[0]
    assert "Maria Stenberg på Sundmark undrar" in page
    assert HOME not in str(page.soup)
    assert letters(app) == 0
    page = page.submit("Skicka brevet")
    assert page.flashes == ["Brevet till Amira Haddad är på väg."]
    assert HOME not in str(page.soup)
    sent = outbox.last(HOME)
    assert sent.subject == "Maria Stenberg på Sundmark undrar om du vill komma tillbaka"
    assert WHY in sent.text


def test_the_preview_is_the_very_letter(outbox: Outbox, previewed: Callable[[], Page]) -> None:
    page = previewed()
    shown = page.texts(".wording")[0]
    page.submit("Skicka brevet")
    lines = [one for one in outbox.last(HOME).text.split("\n") if one and "http" not in one]
    assert [one for one in lines if " ".join(one.split()) not in " ".join(shown.split())] == []


@covers("S56")
def test_pressing_twice_and_going_back_sends_once(
    app: Flask, outbox: Outbox, previewed: Callable[[], Page]
) -> None:
    page = previewed()
    page.submit("Skicka brevet")
    again = page.submit("Skicka brevet")
    assert again.heading == "Dina brev till alumner"
    assert letters(app) == 1
    assert len([one for one in outbox.letters(HOME) if "undrar om du" in one.subject]) == 1


@covers("S24")
@pytest.mark.parametrize("how", ["consent", "membership", "answer"])
def test_what_ended_between_list_and_click_is_said_and_the_text_is_kept(
    browser: Browser,
    make: Make,
    her: Account,
    outbox: Outbox,
    previewed: Callable[[], Page],
    how: str,
) -> None:
    page = previewed()
    ends = {
        "consent": lambda: end_consent(make, her, Purpose.RECRUITER_CONTACT),
        "membership": lambda: end_consent(make, her, Purpose.MEMBERSHIP),
        "answer": lambda: answer(make, her, Level.NOT_NOW),
    }
    ends[how]()
    typed = {name: page.value(name) for name in ("csrf_token", "nonce", "reason")}
    page = browser.go(
        page.address, method="POST", data={**typed, "opening": "", "send": "1"}, status=404
    )
    assert page.heading == "Det går inte att skriva till personen"
    assert WHY in page
    assert "Amira" not in page
    assert not [one for one in outbox.letters(HOME) if "undrar om du" in one.subject]


@covers("S17")
def test_whoever_may_not_be_written_to_looks_like_nobody(
    app: Flask, browser: Browser, make: Make, me: Account
) -> None:
    silent = make.alumnus("Bo Berg", agreed_to=(Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT))
    refused = candidate(make, "Cia Dahl", level=Level.NOT_NOW)
    hidden = candidate(make, "Eva Falk", agreed_to=(Purpose.MEMBERSHIP,))
    browser.as_(me)
    paths = [contact_address(make, one) for one in (silent, refused, hidden)]
    paths.append("/candidates/finnsinte/contact")
    shown = {str(browser.go(one, status=404).one("main")) for one in paths}
    assert len(shown) == 1
    assert "Inget brev har skickats" in shown.pop()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INTERVIEWER, Role.ADMIN, Role.DPO])
def test_other_staff_write_to_nobody(
    browser: Browser, make: Make, her: Account, role: Role
) -> None:
    browser.as_(make.staff(role))
    assert browser.open(contact_address(make, her)).status_code == 404
    assert browser.open("/contacts").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv varför. Det är det som personen läser."),
        ("Hej, hör av dig!", "Skriv mellan 20 och 2 000 tecken."),
        ("Hej! " * 401, "Skriv mellan 20 och 2 000 tecken."),
    ],
)
def test_a_letter_needs_a_reason_of_some_length(
    browser: Browser, make: Make, me: Account, her: Account, typed: str, said: str
) -> None:
    page = browser.as_(me).go(contact_address(make, her)).submit("Förhandsgranska", reason=typed)
    assert said in page.errors[0]
    assert page.value("reason") == typed.strip()
    assert "Skicka brevet" not in page.buttons()


def test_a_second_recruiter_is_told_before_writing(
    browser: Browser, make: Make, her: Account, previewed: Callable[[], Page]
) -> None:
    previewed().submit("Skicka brevet")
    other = browser.another().as_(make.staff(Role.HR))
    page = other.go(contact_address(make, her))
    assert "Det finns redan ett brev från oss som inte är besvarat." in page
    page = page.submit("Förhandsgranska", reason=WHY)
    assert "Skicka brevet" not in page.buttons()


def test_the_rule_holds_when_two_write_at_once(
    app: Flask, browser: Browser, make: Make, her: Account, previewed: Callable[[], Page]
) -> None:
    other = browser.another().as_(make.staff(Role.HR))
    theirs = other.go(contact_address(make, her)).submit("Förhandsgranska", reason=WHY)
    previewed().submit("Skicka brevet")
    page = theirs.submit("Skicka brevet")
    assert page.errors == [
        "Det finns redan ett brev från oss som inte är besvarat. Vänta på svaret först."
    ]
    assert page.value("reason") == WHY
    assert letters(app) == 1


def test_an_opening_comes_with_its_pay_and_may_be_chosen_before(
    browser: Browser, make: Make, outbox: Outbox, me: Account, her: Account
) -> None:
    post = opening(make, title="Elkonstruktör station")
    page = browser.as_(me).go(f"{contact_address(make, her)}?opening={post.public_id}")
    assert page.all("select[name=opening] option[selected]")[0]["value"] == post.public_id
    page.submit("Förhandsgranska", reason=WHY).submit("Skicka brevet")
    sent = outbox.last(HOME)
    assert "42 000–55 000 kr i månaden" in sent.text
    assert f"/openings/{post.public_id}" in sent.text


def test_an_opening_that_closed_meanwhile_is_said_at_its_field(
    app: Flask, browser: Browser, make: Make, me: Account, her: Account
) -> None:
    post = opening(make)
    page = browser.as_(me).go(contact_address(make, her))
    page = page.submit("Förhandsgranska", reason=WHY, opening=post.public_id)
    with make.work():
        openings.close(db.session.get_one(Opening, post.id), by=SYSTEM)
    page = page.submit("Skicka brevet")
    assert "Tjänsten är inte öppen längre. Välj en annan." in page.errors[0]
    assert page.value("reason") == WHY
    assert letters(app) == 0


def test_the_curious_are_written_to_about_an_opening_only(
    browser: Browser, make: Make, me: Account
) -> None:
    her = candidate(make, level=Level.CURIOUS)
    post = opening(make)
    page = browser.as_(me).go(contact_address(make, her))
    assert "Personen är nyfiken" in page
    page = page.submit("Förhandsgranska", reason=WHY, opening=post.public_id)
    assert page.submit("Skicka brevet").flashes == ["Brevet till Amira Haddad är på väg."]


def test_the_letter_speaks_the_readers_language(
    make: Make, her: Account, outbox: Outbox, previewed: Callable[[], Page]
) -> None:
    with make.work():
        db.session.get_one(Person, her.person_id).language = "en"
    page = previewed()
    assert "Det går på english, mottagarens språk." in page
    page.submit("Skicka brevet")
    assert outbox.last(HOME).subject.endswith("wonders whether you would like to come back")


def test_opening_the_page_is_noted(app: Flask, her: Account, previewed: Callable[[], Page]) -> None:
    previewed()
    with app.app_context():
        assert seen(her.person_id or 0)
