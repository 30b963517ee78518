"""Out by one click (RFC 8058): scanners change nothing, mail programs need no cookie (S52)."""

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents import queries
from alumni_portal.consents.rules import Act, DepartureReason, How, Purpose
from alumni_portal.core.db import db
from alumni_portal.mail import services as mail
from alumni_portal.people.models import Person
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
NEWS = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FOREIGN = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}


def way_out(app: Flask, one: Account, purpose: str = Purpose.NEWSLETTER) -> str:
    with app.app_context():
        person = db.session.get_one(Person, one.person_id)
        return "/unsubscribe/" + mail.sign_way_out(person.public_id, purpose, "m4iling")


def agrees(app: Flask, one: Account) -> set[Purpose]:
    with app.app_context():
        return set(queries.standing(one.person_id or 0))


@covers("S52")
def test_a_scanner_that_follows_every_link_unsubscribes_nobody(
    app: Flask, browser: Browser, make: Make
) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    address = way_out(app, anna)
    assert browser.open(address, method="HEAD").status_code == 200
    for _number in range(10):
        assert "Vill du sluta få mejlen?" in browser.get(address)
    assert agrees(app, anna) == set(NEWS)


@covers("S52")
def test_one_click_from_a_mail_program_ends_one_purpose_without_cookie_or_token(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    anna = make.alumnus(private="anna@post.example", agreed_to=NEWS)
    for _number in range(3):
        answer = browser.open(way_out(app, anna), method="POST", data=ONE_CLICK, headers=FOREIGN)
        assert answer.status_code == 204
        assert "Set-Cookie" not in answer.headers
    assert agrees(app, anna) == {Purpose.MEMBERSHIP, Purpose.EVENTS}
    assert len(outbox.letters("anna@post.example")) == 1
    assert "Nyhetsbrev" in outbox.last().text
    with app.app_context():
        latest = queries.history(anna.person_id or 0)[0]
        assert (latest.act, latest.how) == (Act.WITHDRAWN, How.MAIL_LINK)


@covers("S52")
def test_the_button_on_the_page_does_the_same(app: Flask, browser: Browser, make: Make) -> None:
    anna = make.alumnus(agreed_to=NEWS)
    page = browser.get(way_out(app, anna)).submit("Ja, sluta skicka")
    assert "Du får inga fler mejl" in page
    assert Purpose.NEWSLETTER not in agrees(app, anna)
    page.submit("Skicka svaret", reason="too_often")
    with app.app_context():
        assert queries.departures(Purpose.NEWSLETTER, ["m4iling"]) == {DepartureReason.TOO_OFTEN: 1}


@covers("S52")
def test_a_link_that_was_changed_or_made_up_is_missing(
    app: Flask, browser: Browser, make: Make
) -> None:
    anna, bo = make.alumnus(agreed_to=NEWS), make.alumnus("Bo Ek", agreed_to=NEWS)
    mine, theirs = way_out(app, anna), way_out(app, bo)
    body, _dot, seal = theirs.partition(".")
    for address in (mine[:-2], body + "." + mine.partition(".")[2], mine + "x", "/unsubscribe/x"):
        assert browser.open(address).status_code == 404
        assert browser.open(address, method="POST", data=ONE_CLICK).status_code == 404
    assert seal
    assert browser.open(way_out(app, anna, "everything"), method="POST").status_code == 404
    assert agrees(app, anna) == agrees(app, bo) == set(NEWS)


@covers("S52")
def test_who_has_no_account_gets_out_the_same_way(app: Flask, browser: Browser, make: Make) -> None:
    person = make.former(private="gun@post.example")
    with app.app_context():
        address = "/unsubscribe/" + mail.sign_way_out(person.public_id, Purpose.NEWSLETTER, "m")
    assert browser.open(address, method="POST", data=ONE_CLICK, headers=FOREIGN).status_code == 204
    assert "Du får inga fler mejl" in browser.get(address)


def test_other_forms_still_ask_where_a_change_comes_from(browser: Browser) -> None:
    answer = browser.open("/sign-in", method="POST", data={"email": "a@b.example"}, headers=FOREIGN)
    assert answer.status_code == 400


@covers("S52")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "text/plain"),
        (b"", "application/x-www-form-urlencoded"),
        (b"--x\r\nnothing", "multipart/form-data; boundary=y"),
        (b"\xff\xfe=\x00&List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (b"{}", "application/json; charset=nonsense"),
    ],
    ids=["plain", "empty", "broken", "bytes", "json"],
)
def test_a_body_that_is_odd_still_leads_out_and_to_no_error(
    app: Flask, make: Make, body: bytes, kind: str
) -> None:
    anna, bo = make.alumnus(agreed_to=NEWS), make.alumnus("Bo Ek", agreed_to=NEWS)
    address = way_out(app, anna)
    answer = app.test_client().post(address, data=body, content_type=kind, headers=FOREIGN)
    assert answer.status_code in {204, 303}
    assert Purpose.NEWSLETTER not in agrees(app, anna)
    assert agrees(app, bo) == set(NEWS)
