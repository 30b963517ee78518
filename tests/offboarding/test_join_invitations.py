"""From wish to membership: after the last day, from the private address, once."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from time_machine import travel

from alumni_portal.accounts import queries as accounts
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import ConsentEntry, How, Purpose
from alumni_portal.consents.queries import standing, wishes
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import Invitation
from alumni_portal.people import services as people
from alumni_portal.people.models import ExitGround
from tests.offboarding.making import PRIVATE, Leaver, change, leaver, load
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days

WISHED = {Purpose.MEMBERSHIP, Purpose.EVENTS}
YES = sorted(one.value for one in WISHED)
MOVED = "Vill du vara med i Sundmark Alumni?"
AGAIN = "Vill du fortfarande vara med i Sundmark Alumni?"


@pytest.fixture
def who(make: Make, outbox: Outbox) -> Leaver:
    return leaver(make, outbox, private=PRIVATE)


def later(number: int) -> travel:
    return on_day(days(number))


def wish(who: Leaver, purposes: set[Purpose] = WISHED) -> None:
    change(who.make, who.public_id, services.answer, purposes, language="sv")


def invited(who: Leaver) -> str:
    """Let the day after the last day come and return the path in the letter."""
    wish(who)
    with later(25):
        who.outbox.letters()
    return who.outbox.last(PRIVATE).link.removeprefix("http://localhost")


def person_of(app: Flask, who: Leaver) -> int:
    with app.app_context():
        return load(who.public_id).person_id


def test_nobody_is_asked_before_the_day_after_the_last_day(who: Leaver) -> None:
    wish(who)
    assert who.outbox.letters(PRIVATE) == []
    with later(24):
        assert MOVED not in who.outbox.subjects(PRIVATE)
    with later(25):
        assert who.outbox.subjects(PRIVATE).count(MOVED) == 1


def test_one_letter_one_reminder_and_after_sixty_days_the_wish_is_gone(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(38):
        assert AGAIN not in who.outbox.subjects(PRIVATE)
    for day in (39, 41, 60):
        with later(day):
            assert who.outbox.subjects(PRIVATE).count(AGAIN) == 1
    assert who.outbox.subjects(PRIVATE).count(MOVED) == 1
    with later(87):
        who.outbox.letters()
        assert browser.go(link, status=410).heading == "Länken har gått ut"
    with app.app_context():
        assert wishes(load(who.public_id).person_id) == {}


def test_who_did_not_wish_or_never_proved_an_address_is_not_asked(
    make: Make, outbox: Outbox, who: Leaver
) -> None:
    unproved = leaver(make, outbox, name="Bo Al")
    wish(unproved)
    with later(25):
        assert MOVED not in outbox.subjects()


def test_hr_sees_that_there_is_nowhere_to_ask(browser: Browser, make: Make, outbox: Outbox) -> None:
    unproved = leaver(make, outbox, name="Bo Al")
    wish(unproved)
    with later(25):
        page = browser.as_(make.staff(Role.HR)).get(
            "offboarding.case", public_id=unproved.public_id
        )
    assert "Ingen adress att skicka till" in page


def test_the_page_shows_what_was_wished_and_ticks_nothing(browser: Browser, who: Leaver) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link)
    assert not page.all("input[name=purpose][checked]"), "a yes is an act of one's own"
    assert len(page.texts(".purpose .pill")) == len(WISHED)
    assert len(page.texts("blockquote")) == 5


def test_a_yes_becomes_consents_an_account_and_a_receipt(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link).submit("Ja, jag går med", purpose=["membership", "newsletter"])
        who.outbox.letters()
    assert page.heading == "Välkommen, Elin"
    person_id = person_of(app, who)
    with app.app_context():
        given = standing(person_id)
        account = accounts.account_of(person_id)
        assert set(given) == {Purpose.MEMBERSHIP, Purpose.NEWSLETTER}
        assert wishes(person_id) == {}
        assert account is not None
        assert accounts.roles_of(account.id) == {Role.ALUMNUS}
        ways = set(db.session.scalars(select(ConsentEntry.how)))
    assert ways == {How.CONFIRMATION_LETTER}
    assert "nyhetsbrev" in who.outbox.letters(PRIVATE)[-1].text


def test_a_second_click_and_the_back_button_are_harmless(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link)
        for _click in range(3):
            shown = page.submit("Ja, jag går med", purpose=YES)
            assert shown.heading == "Välkommen, Elin"
        assert page.submit("Nej tack").heading == "Välkommen, Elin"
        receipts = [one for one in who.outbox.letters(PRIVATE) if "samtyck" in one.subject.lower()]
    with app.app_context():
        entries = db.session.scalar(select(func.count()).select_from(ConsentEntry))
    assert entries == len(WISHED)
    assert len(receipts) <= 1


def test_a_no_forgets_everything_and_asks_no_more(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link).submit("Nej tack")
    assert page.heading == "Tack för svaret"
    with app.app_context():
        assert wishes(load(who.public_id).person_id) == {}
        assert standing(load(who.public_id).person_id) == {}
    with later(45):
        assert AGAIN not in who.outbox.subjects(PRIVATE)


def test_a_yes_without_membership_is_explained_and_keeps_the_ticks(
    browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link).submit("Ja, jag går med", purpose=["events"])
    assert "Bocka i medlemskapet" in page.errors[0]
    assert [box["value"] for box in page.all("input[name=purpose][checked]")] == ["events"]


def test_a_wish_taken_back_between_letter_and_click_is_not_shown_any_more(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with who.make.work():
        consents.wish(load(who.public_id).person, [], language="sv", by=COMMAND_LINE)
    with later(25):
        assert browser.go(link).all(".purpose .pill") == []


@covers("S4")
def test_who_presses_the_button_alone_says_yes_to_nothing(browser: Browser, who: Leaver) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link).submit("Ja, jag går med")
        assert "Bocka i medlemskapet" in page.errors[0]
        assert page.submit("Ja, jag går med", purpose=YES).heading == "Välkommen, Elin"


def test_who_is_employed_again_is_not_let_in_by_an_old_letter(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(26):
        page = browser.go(link)
        with who.make.work():
            people.begin_employment(
                load(who.public_id).person,
                people.NewEmployment(number="T99999", begins_on=days(0)),
                by=COMMAND_LINE,
            )
        page = page.submit("Ja, jag går med", purpose=YES, expects=410)
    assert page.heading == "Länken är återkallad"
    with app.app_context():
        assert standing(load(who.public_id).person_id) == {}


def test_a_last_day_moved_on_after_the_letter_asks_again_after_the_new_one(
    browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        change(
            who.make,
            who.public_id,
            services.move_last_day,
            ends_on=days(10),
            notice_on=None,
            ground=ExitGround.OWN_REQUEST,
        )
        assert browser.go(link, status=410).heading == "Länken är återkallad"
    with later(37):
        assert who.outbox.subjects(PRIVATE).count(MOVED) == 2


def test_another_proved_address_makes_the_old_letter_useless(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    browser.go(who.proof("ny@post.example")).submit("Ja, bekräfta adressen")
    with later(25):
        assert browser.go(link, status=410).heading == "Länken är återkallad"


def test_the_welcome_page_mails_a_sign_in_link_to_the_right_address(
    browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        page = browser.go(link).submit("Ja, jag går med", purpose=YES)
        page = page.submit("Mejla mig en inloggningslänk")
        assert page.heading == "Kolla mejlen"
        assert "/sign-in/link/" in who.outbox.last(PRIVATE).text


def test_who_leaves_the_network_is_no_alumnus_any_longer(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(25):
        browser.go(link).submit("Ja, jag går med", purpose=YES)
    with who.make.work():
        person = load(who.public_id).person
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=COMMAND_LINE)
    with app.app_context():
        account = accounts.account_of(person_of(app, who))
        assert account is not None
        assert accounts.roles_of(account.id) == frozenset()


def test_after_a_death_no_invitation_is_sent_or_opens(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = invited(who)
    with later(26):
        change(who.make, who.public_id, services.note_death, on=days(0))
        assert browser.go(link, status=410).heading == "Länken är återkallad"
    with app.app_context():
        assert db.session.scalars(select(Invitation.revoked_at)).one() is not None
