"""What somebody wants to get, chosen from a mailing's link without signing in (S52)."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences.models import Wanted
from alumni_portal.audiences.rules import Reason
from alumni_portal.consents import jobs, queries, services
from alumni_portal.consents.models import Departure, DepartureReason
from alumni_portal.consents.rules import LetterTopic, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.people.models import Person
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
NEWS = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)


def address_of(app: Flask, one: Account) -> str:
    with app.app_context():
        person = db.session.get_one(Person, one.person_id)
        whole = services.preferences_link(person.public_id, "l3tter")
    return "/preferences/" + whole.rpartition("/")[2]


def left_out(app: Flask, topic: LetterTopic) -> dict[Reason, int]:
    with app.app_context():
        return audiences.count(Wanted(), Purpose.NEWSLETTER, topic).left_out


@covers("S52")
def test_looking_changes_nothing(app: Flask, browser: Browser, make: Make) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    path = address_of(app, anna)
    for look in (path, path + "/left", path + "?do=leave"):
        assert browser.open(look, method="HEAD").status_code == 200
        assert browser.open(look).status_code == 200
    with app.app_context():
        assert set(queries.standing(anna.person_id or 0)) == set(NEWS)
        assert queries.paused_until(anna.person_id or 0) is None


def test_topics_and_language_are_chosen(app: Flask, browser: Browser, make: Make) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    page = browser.get(address_of(app, anna))
    page = page.submit("Spara mina val", topics=["news", "events"], language="en")
    assert "Dina val är sparade." in page.flashes
    assert left_out(app, LetterTopic.JOBS) == {Reason.OTHER_TOPIC: 1}
    assert left_out(app, LetterTopic.NEWS) == {}
    with app.app_context():
        assert db.session.get_one(Person, anna.person_id).language == "en"
    browser.get(address_of(app, anna)).submit("Spara mina val", topics=["jobs"], language="sv")
    assert left_out(app, LetterTopic.JOBS) == {}


def test_it_is_said_that_a_letter_may_come_once_more(
    app: Flask, browser: Browser, make: Make
) -> None:
    page = browser.get(address_of(app, make.alumnus(agreed_to=NEWS)))
    once_more = "kan samma brev komma en gång till, som en påminnelse"
    assert once_more in page
    assert once_more not in page.submit("Sluta få nyhetsbrev")


def test_a_pause_is_three_months_without_mailings_and_ends(
    app: Flask, browser: Browser, make: Make
) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    page = browser.get(address_of(app, anna)).submit("Pausa i tre månader")
    assert "Pausat till" in page
    assert "Avslutar du pausen kommer nyhetsbrev" in page
    assert "på tre månader" not in page
    assert left_out(app, LetterTopic.NEWS) == {Reason.PAUSED: 1}
    with app.app_context():
        assert queries.mailable(Purpose.EVENTS, [anna.person_id or 0]) == set()
        assert queries.agreed(Purpose.EVENTS, [anna.person_id or 0])
    page.submit("Avsluta pausen")
    assert left_out(app, LetterTopic.NEWS) == {}


def test_who_leaves_may_say_why_and_may_come_back(app: Flask, browser: Browser, make: Make) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    page = browser.get(address_of(app, anna)).submit("Sluta få nyhetsbrev")
    assert "Du får inga fler mejl" in page
    page = page.submit("Skicka svaret", reason="too_often")
    with app.app_context():
        assert Purpose.NEWSLETTER not in queries.standing(anna.person_id or 0)
        assert queries.departures(Purpose.NEWSLETTER, ["l3tter"]) == {DepartureReason.TOO_OFTEN: 1}
        row = db.session.scalars(select(Departure)).one()
        assert row.reason is DepartureReason.TOO_OFTEN
    page.submit("Ja, skicka nyhetsbrev igen")
    with app.app_context():
        assert Purpose.NEWSLETTER in queries.standing(anna.person_id or 0)


def test_who_is_no_member_is_told_so(app: Flask, browser: Browser, make: Make) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    with app.app_context(), unit():
        person = db.session.get_one(Person, anna.person_id)
        services.leave(person, Purpose.MEMBERSHIP, "l3tter")
    page = browser.get(address_of(app, anna)).submit("Ja, skicka nyhetsbrev igen")
    assert any("hör till nätverket" in said for said in page.errors)


@covers("S52")
def test_a_changed_link_opens_nothing(app: Flask, browser: Browser, make: Make) -> None:
    path = address_of(app, make.alumnus(agreed_to=NEWS))
    other = path.replace("preferences", "unsubscribe")
    for wrong in (path[:-2], path + "x", "/preferences/x", other):
        assert browser.open(wrong).status_code == 404
        assert browser.open(wrong, method="POST", data={"do": "leave"}).status_code in {400, 404}


def test_after_ninety_days_only_the_number_is_left(
    app: Flask, browser: Browser, make: Make
) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    browser.get(address_of(app, anna)).submit("Sluta få nyhetsbrev")
    with app.app_context(), unit():
        assert services.forget_preferences(clock.now() - jobs._LEAVING_IS_KEPT) == 0
        assert services.forget_preferences(clock.now() + jobs._LEAVING_IS_KEPT) == 1
        assert queries.departures(Purpose.NEWSLETTER, ["l3tter"]) == {None: 1}


def test_who_gets_invitations_only_can_pause_and_choose_a_language(
    app: Flask, browser: Browser, make: Make
) -> None:
    anna = make.alumnus(agreed_to=(Purpose.MEMBERSHIP, Purpose.EVENTS))
    page = browser.get(address_of(app, anna))
    assert "Du får inga nyhetsbrev" in page
    assert "Då kommer inga inbjudningar på tre månader." in page
    page = page.submit("Pausa i tre månader")
    assert "Du får inga inbjudningar innan dess." in page
    assert "Avslutar du pausen kommer inbjudningarna igen." in page
    page = page.submit("Avsluta pausen").submit("Spara mina val", language="en")
    with app.app_context():
        assert db.session.get_one(Person, anna.person_id).language == "en"
        assert not queries.muted_by(anna.person_id or 0), "nothing is chosen away unseen"
        assert queries.paused_until(anna.person_id or 0) is None
    browser.get(address_of(app, anna)).submit("Pausa i tre månader")
    with app.app_context():
        assert queries.paused_until(anna.person_id or 0) is not None
