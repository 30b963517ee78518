"""Answering from the mail without an account, and signed in: what is shown, kept and refused."""

from datetime import time

import pytest
from flask import Flask

from alumni_portal.consents.models import Purpose
from alumni_portal.core import language
from alumni_portal.core.db import db
from alumni_portal.core.formats import date_time
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries, services
from alumni_portal.events.models import Answer, Event
from alumni_portal.people.models import Person
from tests.events.making import (
    TITLE,
    address,
    event,
    guest,
    guests,
    later,
    link_of,
    plan,
    says,
    starts,
)
from tests.events.test_replies import standing, withdraw
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

NEEDS = "Äter inte nötter"


def test_a_reply_from_the_mail_without_signing_in(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make, capacity=40, guests_allowed=1), guest(make, private=address(1))
    page = browser.go(link_of(make, made, amira))
    assert page.heading == TITLE
    assert "40 platser kvar" in page
    assert "Du svarar som Amira Haddad" in page
    page = page.submit("Spara mitt svar", answer="yes", guests="1", needs=NEEDS)
    assert page.flashes == ["Du är anmäld. Vi har mejlat en bekräftelse."]
    assert "38 platser kvar" in page
    assert "Du tar med en person." in page
    letter = outbox.last(address(1))
    assert letter.subject == f"Du är anmäld: {TITLE}"
    assert browser.open(letter.links[1]).mimetype == "text/calendar"


def test_guests_are_chosen_up_to_what_is_allowed_and_named_when_one_wants_to(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make, capacity=40, guests_allowed=4), guest(make, private=address(1))
    page = browser.go(link_of(make, made, amira))
    assert [str(one["value"]) for one in page.all("select[name=guests] option")] == list("01234")
    page = page.submit("Spara mitt svar", answer="yes", guests="4", guest_names="Bo, Li, Eva, Ali")
    assert "Du tar med 4 personer." in page
    assert "Du tar med 4 personer." in outbox.last(address(1)).text
    assert "Du har lämnat namn" in page
    assert "Ali" not in page.html
    with make.work():
        services.change(made.id, plan(capacity=40, guests_allowed=1), by=SYSTEM)
    page = browser.go(link_of(make, made, amira))
    assert page.value("guests") == "4", "what was allowed before is not taken away unseen"
    page = page.submit("Spara mitt svar", answer="yes", guests="4", forgets_needs=True)
    assert "Du har lämnat namn" not in page


@pytest.mark.parametrize(
    ("spoken", "words"),
    [("sv", "Svara senast {day} 12.00"), ("en", "Please answer by {day} 12:00")],
)
def test_the_window_is_told_to_the_minute_in_the_readers_language(
    browser: Browser, make: Make, outbox: Outbox, spoken: str, words: str
) -> None:
    last = starts(19)
    made = event(make, reply_by=last.date(), reply_by_time=time(12))
    who = guest(make, private=address(1))
    with make.work():
        db.session.get_one(Person, who.person_id).language = spoken
        services.invite(made.id, by=SYSTEM)
    with browser.app.app_context(), language.spoken(spoken):
        day = date_time(last).rpartition(" ")[0]
    assert words.format(day=day) in outbox.last(address(1)).text


@covers("S16")
def test_what_somebody_needs_and_who_else_comes_stand_on_no_page_behind_a_link(
    browser: Browser, make: Make
) -> None:
    made, (amira, johan) = event(make, capacity=9), guests(make, 2)
    path = link_of(make, made, amira)
    says(make, made, johan)
    page = browser.go(path).submit("Spara mitt svar", answer="yes", needs=NEEDS)
    assert "Du har lämnat en uppgift" in page
    assert NEEDS not in page.html
    assert "Nummer2" not in page.html
    page = page.submit("Spara mitt svar", answer="yes", forgets_needs=True)
    assert "Du har lämnat en uppgift" not in page


@covers("S4", "S16")
def test_a_mail_scanner_that_follows_the_link_answers_nothing(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, amira = event(make), guest(make)
    path = link_of(make, made, amira)
    for method in ("HEAD", "GET", "GET", "OPTIONS"):
        browser.another().open(path, method=method)
        browser.another().open(f"{path}/calendar.ics", method=method)
    with app.app_context():
        assert queries.reply(made.id, amira.person_id) is None
    assert browser.another().open(path, method="POST", data={"answer": "yes"}).status_code == 400
    assert "no-referrer" in browser.open(path).headers["Referrer-Policy"]


def test_full_at_the_moment_of_replying_says_so_and_keeps_what_was_typed(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, (amira, johan) = event(make, capacity=1), guests(make, 2)
    page = browser.go(link_of(make, made, amira))
    says(make, made, johan)
    page = page.submit("Spara mitt svar", answer="yes", needs=NEEDS)
    assert "Träffen blev full innan ditt svar kom fram" in page.errors[0]
    assert page.value("needs") == NEEDS
    with app.app_context():
        assert queries.reply(made.id, amira.person_id) is None, "nothing half done is stored"
    page = page.submit("Spara mitt svar")  # the waiting list is what is chosen now
    assert page.flashes == ["Du står på väntelistan som nummer 1."]
    assert "Nummer 1" in page
    page = page.submit("Spara mitt svar", answer="no")
    assert "Nummer 1" not in page


def test_an_offered_seat_is_taken_on_the_page(browser: Browser, make: Make) -> None:
    made, (amira, johan) = event(make, capacity=1), guests(make, 2)
    says(make, made, johan)
    says(make, made, amira)
    says(make, made, johan, comes=False)
    page = browser.go(link_of(make, made, amira))
    assert "En plats är ledig för dig" in page
    page = page.submit("Spara mitt svar")
    assert page.flashes == ["Du är anmäld. Vi har mejlat en bekräftelse."]


def test_the_link_to_join_is_for_those_who_come(browser: Browser, make: Make) -> None:
    url = "https://moten.example/7"
    made, amira = event(make, online_url=url), guest(make)
    path = link_of(make, made, amira)
    page = browser.go(path)
    assert url not in page.html
    page = page.submit("Spara mitt svar", answer="yes")
    assert page.links()["Var med på distans"] == url
    page = page.submit("Spara mitt svar", answer="no")
    assert url not in page.html


@covers("S24")
def test_who_withdrew_between_mail_and_click_sees_it_and_can_still_decline(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    made, (amira, johan) = event(make), guests(make, 2)
    says(make, made, amira)
    outbox.clear()
    mine, his = (browser.go(link_of(make, made, one)) for one in (amira, johan))
    for who in (amira, johan):
        withdraw(make, who.person_id)
    page = his.submit("Spara mitt svar", answer="yes")
    assert "Du får inte längre inbjudningar" in page
    assert "Spara mitt svar" not in page.buttons()
    page = browser.go(mine.address)
    assert "Du får inte längre inbjudningar" in page
    page = page.submit("Spara mitt svar", answer="no")
    assert page.flashes == ["Tack för svaret. Du är inte anmäld."]
    assert len(outbox) == 0


def test_a_link_that_is_changed_or_over_opens_nothing(browser: Browser, make: Make) -> None:
    made, amira = event(make), guest(make)
    path = link_of(make, made, amira)
    assert browser.go(path + "x", status=410).heading == "Länken går inte att läsa"
    assert browser.open(path + "x/calendar.ics").status_code == 404
    with later(days=30):
        assert browser.go(path, status=410).heading == "Träffen är över"


def test_a_cancelled_event_says_so_and_takes_no_answer(browser: Browser, make: Make) -> None:
    made, amira = event(make), guest(make)
    page = browser.go(link_of(make, made, amira))
    with make.work():
        services.cancel(made.id, reason="Lokalen är översvämmad.", by=SYSTEM)
    page = page.submit("Spara mitt svar", answer="yes")
    assert "Träffen är inställd" in page
    assert "Lokalen är översvämmad." in page
    assert "Spara mitt svar" not in page.buttons()


def test_a_member_answers_signed_in_and_one_without_consent_is_shown_the_way(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, amira = event(make), guest(make)
    page = browser.as_(amira).get("events.event", public_id=made.public_id)
    page.submit("Spara mitt svar", answer="yes")
    with app.app_context():
        assert standing(made, amira.person_id) is Answer.YES
    other = make.alumnus("Bo Ek", agreed_to=(Purpose.MEMBERSHIP,))
    page = browser.another().as_(other).get("events.event", public_id=made.public_id)
    assert "Spara mitt svar" not in page.buttons()
    assert page.links()["Se dina samtycken"] == "/consents"


@pytest.mark.parametrize("field", ["guests", "answer"])
def test_what_no_form_offers_is_refused(
    app: Flask, browser: Browser, make: Make, field: str
) -> None:
    made, amira = event(make, guests_allowed=1), guest(make)
    path = link_of(make, made, amira)
    token = browser.go(path).value("csrf_token")
    data = {"csrf_token": token, "answer": "yes", "guests": "0", field: "2"}
    page = browser.go(path, method="POST", data=data)
    assert page.errors
    with app.app_context():
        assert db.session.get_one(Event, made.id).seats_taken == 0


def test_the_page_speaks_english_with_the_english_edition(make: Make, app: Flask) -> None:
    made, amira = event(make, title_en="Breakfast in Malmö", text_en="Come!"), guest(make)
    page = Browser(app, language="en").go(link_of(make, made, amira))
    assert page.heading == "Breakfast in Malmö"
    assert "Come!" in page
