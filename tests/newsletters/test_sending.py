"""Sending a newsletter: once, to those who agree at that moment, with every answer kept."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.cli.newsletters import newsletters as commands
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries as mail_queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing, SuppressedBy
from alumni_portal.mail.services import chunks, deliveries
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.people.models import Person
from tests.newsletters.making import content, letter, now, reader, text_block
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def test_who_agreed_gets_it_in_their_language_with_their_name_and_a_way_out(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make, "Åsa Öberg", "asa@post.example")
    made = letter(app, content(english=True))
    page = hr.get("newsletters.send", public_id=made.public_id)
    page = page.submit("Skicka till 1 person")
    assert page.heading == "Decemberbrevet"
    got = outbox.last("asa@post.example")
    assert got.subject == "Luleå är klart"
    assert "Hej Åsa! Nu är stationen klar." in got.text
    assert "Hej Åsa! Nu är <strong>stationen</strong> klar." in got.html
    out = got.find(r"Sluta få brevet: (\S+)")
    assert got.message["List-Unsubscribe"] == f"<{out}>"
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Klart" in page
    assert "Skickade 1" in page


@covers("S24")
def test_who_withdraws_by_the_link_after_the_list_was_made_gets_nothing(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    with app.app_context(), unit():
        person = db.session.get_one(Person, anna.person_id)
        consents.withdraw(person, Purpose.NEWSLETTER, how=How.MAIL_LINK, by=SYSTEM)
    assert not outbox.letters("anna@post.example")
    page = hr.get("newsletters.deliveries", public_id=made.public_id)
    told = page.table("Mottagare")[0]["Serverns svar"]
    assert told.startswith("Samtycket gällde inte längre")


def test_send_pressed_twice_is_one_mailing(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id)
    page.submit("Skicka till 1 person")
    page.submit("Skicka till 1 person")
    assert len(outbox.letters("anna@post.example")) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Mailing)) == 1


def test_the_number_that_was_said_yes_to_is_the_number_that_is_sent(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id)
    reader(make, "Bo Ek", "bo@post.example")
    page = page.submit("Skicka till 1 person")
    assert "Antalet har ändrats: nu får 2 brevet." in page
    assert now(app, made).mailing_id is None
    page.submit("Skicka till 2 personer")
    assert len(outbox.letters("@post.example")) == 2


def test_a_recruiter_writes_but_does_not_send(app: Flask, browser: Browser, make: Make) -> None:
    made = letter(app)
    browser.as_(make.staff(Role.RECRUITER))
    page = browser.get("newsletters.edit", public_id=made.public_id)
    assert "HR skickar brevet när det är klart." in page
    browser.get("newsletters.send", public_id=made.public_id, status=404)
    browser.get("newsletters.deliveries", public_id=made.public_id, status=404)


def test_it_is_tried_on_oneself_with_a_receivers_name(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    asa = reader(make, "Åsa Öberg")
    made = letter(app)
    page = hr.get("newsletters.edit", public_id=made.public_id).submit("Prova på mig själv")
    assert page.flashes[0].startswith("Provet är på väg till anstalld")
    assert "Hej Åsa!" in outbox.last("@sundmark.example").text
    assert now(app, made).mailing_id is None
    looks = hr.another().as_(asa).get("consents.looks")
    assert "Såg dig bland mottagarna av ett utskick" in looks


def test_a_sent_letter_cannot_be_changed(app: Flask, hr: Browser, make: Make) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    page = hr.get("newsletters.edit", public_id=made.public_id, status=409)
    assert "Brevet är redan skickat." in page


def test_pausing_stops_and_going_on_sends_the_rest(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    page = page.submit("Pausa")
    assert not outbox.letters("anna@post.example")
    page.submit("Fortsätt skicka")
    assert len(outbox.letters("anna@post.example")) == 1


def test_members_read_it_on_the_web_and_outsiders_do_not(
    app: Flask, browser: Browser, hr: Browser, make: Make
) -> None:
    anna = reader(make, "Anna Ek")
    draft = letter(app, title="Hemligt")
    made = letter(app, content(text_block("Hej {{first_name}}!")))
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    member = browser.another().as_(anna)
    page = member.get("newsletters.archive").follow("Luleå är klart")
    assert "Hej Anna!" in page
    member.get("newsletters.read", public_id=draft.public_id, status=404)
    member.get("newsletters.edit", public_id=made.public_id, status=404)
    assert "Luleå är klart" in member.get("home.alumnus")


def test_the_hr_lead_is_told_of_a_mailing_to_many(
    app: Flask, hr: Browser, make: Make, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alumni_portal.newsletters.services.sending.MANY", 0)
    make.staff(Role.HR_LEAD)
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    assert "Ett utskick till många har startat" in outbox.subjects("@sundmark.example")


def test_the_hr_lead_is_told_of_many_who_get_it_later(
    app: Flask, hr: Browser, make: Make, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.staff(Role.HR_LEAD)
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    monkeypatch.setattr("alumni_portal.newsletters.services.sending.MANY", 0)
    reader(make, "Bo Ek", "bo@post.example")
    assert "Ett utskick till många har startat" not in outbox.subjects("@sundmark.example")
    hr.get("newsletters.again", public_id=made.public_id).submit("Skicka till de nya")
    assert "Ett utskick till många har startat" in outbox.subjects("@sundmark.example")


def test_why_nothing_goes_to_a_suppressed_address_is_true_of_a_complaint_too(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    made = letter(app)
    with make.work():
        mail.suppress("anna@post.example", "skräppost", source=SuppressedBy.COMPLAINT)
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "Vi skickar inte till adressen" in page
    assert "Adressen finns inte längre" not in page


def test_the_command_line_sends_and_says_how_far_it_is(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    run = app.test_cli_runner()
    assert "1 receivers" in run.invoke(commands, ["send", made.public_id]).output
    assert len(outbox.letters("anna@post.example")) == 1
    told = run.invoke(commands, ["status", made.public_id, "--json"])
    assert told.exit_code == 0
    assert '"sent": 1' in told.output
    assert run.invoke(commands, ["status", "none"]).exit_code == 2
    empty = letter(app, content(text_block("")))
    assert run.invoke(commands, ["send", empty.public_id]).exit_code == 1


def test_uncertain_mails_are_shown_and_settled_by_hand(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    with app.app_context(), unit():
        chunk = chunks.open_chunk(now(app, made).mailing_id or 0, 0, owner="lost")
        assert chunk
        deliveries.take(chunk, 1)
    assert not outbox.letters("anna@post.example")
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Osäkert om de kom fram" in page
    page.submit("Skicka igen till osäkra")
    assert len(outbox.letters("anna@post.example")) == 1
    with app.app_context():
        assert mail_queries.progress(now(app, made).mailing_id or 0).is_over


def test_the_archive_begins_with_what_was_sent_last_not_with_what_was_begun_last(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    first, second = letter(app, title="Ett"), letter(app, title="Två")
    with make.work():
        db.session.get_one(Newsletter, first.id).spares_second = False
    for one in (second, first):
        hr.get("newsletters.send", public_id=one.public_id).submit("Skicka till 1 person")
    rows = hr.get("newsletters.manage").table("Skickade")
    assert [row["Namn"] for row in rows] == ["Ett", "Två"]
