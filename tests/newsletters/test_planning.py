"""A newsletter that goes by itself, waits for an answer, is broken off, or goes to more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Mailing
from alumni_portal.newsletters.models import Newsletter, NewsletterState
from alumni_portal.newsletters.rules import HeldWhy
from tests.newsletters.making import delivery, letter, now, reader, withdraw
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def planned(hr: Browser, ref: str, day: str = "2026-03-19", at: str = "08:30") -> Page:
    page = hr.get("newsletters.plan", public_id=ref)
    return page.submit("Planera utskicket", day=day, at=at)


def test_it_goes_by_itself_at_its_time_and_not_before(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    assert "Går 19 mars 08.30" in planned(hr, made.public_id).text
    assert not outbox.letters("anna@post.example")
    with time_machine.travel(MORNING + timedelta(hours=23, minutes=31)):
        assert len(outbox.letters("anna@post.example")) == 1
        assert now(app, made).state is NewsletterState.SENT


def test_long_past_it_asks_and_sends_nothing_until_somebody_says_so(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    planned(hr, made.public_id)
    with time_machine.travel(MORNING + timedelta(days=3)):
        run_jobs(app, by_the_clock=False)
        assert now(app, made).held_why is HeldWhy.LATE
        assert outbox.subjects("@post.example") == []
        assert "Ett planerat brev väntar på dig" in outbox.subjects("@sundmark.example")
        hr = hr.another().as_(make.staff(Role.HR))
        page = hr.get("newsletters.plan", public_id=made.public_id)
        assert "Brevet skickades inte" in page
        page.follow("Skicka nu").submit("Skicka till 1 person")
        assert len(outbox.letters("anna@post.example")) == 1


def test_what_says_no_by_then_is_not_sent(app: Flask, hr: Browser, make: Make) -> None:
    anna = reader(make)
    made = letter(app)
    planned(hr, made.public_id)
    withdraw(app, anna)
    with time_machine.travel(MORNING + timedelta(hours=23, minutes=31)):
        run_jobs(app, by_the_clock=False)
    assert now(app, made).held_why is HeldWhy.NOT_READY


def test_moved_it_goes_once_and_taken_back_never(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    moved, given_up = letter(app, title="Ett"), letter(app, title="Två")
    planned(hr, given_up.public_id).submit("Gör till utkast igen")
    planned(hr, moved.public_id).submit("Byt tid", at="14:00")
    with time_machine.travel(MORNING + timedelta(hours=24)):
        assert not outbox.letters("@post.example")
    with time_machine.travel(MORNING + timedelta(hours=29, minutes=5)):
        assert len(outbox.letters("@post.example")) == 1
    assert now(app, given_up).state is NewsletterState.DRAFT


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"at": "21:00"}, "Mellan 20.00 och 07.00 stör vi ingen."),
        ({"day": "2026-03-17"}, "Välj en tid som inte har varit."),
        ({"day": "2026-03-29", "at": "02:30"}, "Den tiden finns inte"),
        ({"day": ""}, "Välj en dag."),
        ({"at": ""}, "Skriv ett klockslag"),
    ],
)
def test_a_time_that_is_no_good_is_said_at_its_field(
    app: Flask, hr: Browser, make: Make, when: dict[str, str], said: str
) -> None:
    reader(make)
    made = letter(app)
    page = planned(hr, made.public_id, **when)
    assert any(said in error for error in page.errors)
    assert now(app, made).state is NewsletterState.DRAFT


def test_while_it_waits_nobody_writes_in_it(app: Flask, hr: Browser, make: Make) -> None:
    reader(make)
    made = letter(app)
    planned(hr, made.public_id)
    page = hr.get("newsletters.edit", public_id=made.public_id, status=409)
    assert "Brevet är planerat." in page


def test_a_planner_who_may_not_send_any_more_is_not_obeyed(
    app: Flask, make: Make, outbox: Outbox, browser: Browser
) -> None:
    reader(make)
    make.staff(Role.HR_LEAD, name="Lena Lind")
    made = letter(app)
    planned(browser.as_(make.staff(Role.HR)), made.public_id)
    with app.app_context(), unit():
        db.session.get_one(Newsletter, made.id).planned_by = "somebodygone"
    with time_machine.travel(MORNING + timedelta(hours=23, minutes=31)):
        run_jobs(app, by_the_clock=False)
    assert now(app, made).held_why is HeldWhy.NO_SENDER
    assert "Ett planerat brev väntar på dig" in outbox.subjects("@sundmark.example")


def test_broken_off_it_says_how_many_do_not_get_it_and_never_goes(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    reader(make, "Bo Ek", "bo@post.example")
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 2 personer")
    page = page.follow("Avbryt utskicket")
    assert "Decemberbrevet" in page
    page = page.follow("Nej, avbryt inte").follow("Avbryt utskicket").submit("Avbryt för gott")
    assert page.flashes == ["Utskicket är avbrutet. 2 får det inte."]
    assert "Avbrutet" in page
    assert "Fortsätt skicka" not in page
    assert not outbox.letters("@post.example")
    log = hr.get("newsletters.deliveries", public_id=made.public_id).table("Mottagare")
    assert {row["Serverns svar"] for row in log} == {"Utskicket avbröts"}


def test_it_goes_to_those_it_failed_and_to_the_new_each_once(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    outbox.clear()
    delivery(app, made, anna, DeliveryState.FAILED)
    reader(make, "Bo Ek", "bo@post.example")
    page = hr.get("newsletters.again", public_id=made.public_id)
    page.submit("Skicka till dem igen")
    assert len(outbox.letters("anna@post.example")) == 1
    assert not outbox.letters("bo@post.example")
    assert "Det finns ingen att skicka till." in page.submit("Skicka till dem igen")
    page.submit("Skicka till de nya")
    assert len(outbox.letters("bo@post.example")) == 1
    assert len(outbox.letters("anna@post.example")) == 1
    assert "Skickade 2" in hr.get("newsletters.progress", public_id=made.public_id)


def test_who_has_got_it_is_passed_over_even_when_asked_for(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    assert outbox.letters("anna@post.example")
    again = mail.Recipient(
        person_id=anna.person_id or 0, address="anna@post.example", language="sv"
    )
    with app.app_context(), unit():
        assert (
            mail.send_more(
                db.session.get_one(Mailing, now(app, made).mailing_id), [again], by=SYSTEM
            )
            == 0
        )


def test_an_old_issue_begins_a_new_one_with_pictures_of_its_own(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    page = page.submit("Använd som mall")
    assert page.heading == "Decemberbrevet, kopia"
    assert page.value("subject_sv") == "Luleå är klart"


def test_what_came_of_it_is_counted_and_nobodys_opening(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna, bo = reader(make), reader(make, "Bo Ek", "bo@post.example")
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 2 personer")
    got = outbox.last("anna@post.example")
    delivery(app, made, bo, DeliveryState.FAILED, "550 5.1.1 nobody")
    way_out = got.message["List-Unsubscribe"].strip("<>")
    one_click = {"List-Unsubscribe": "One-Click"}
    for _again in range(2):
        path = way_out.partition("/unsubscribe/")[2]
        hr.another().open("/unsubscribe/" + path, method="POST", data=one_click)
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Levererade 1 Avvisade av servern 1" in page
    assert "Slutade få brev 1 Svar på träffar 0" in page
    assert anna.person_id


def test_a_letter_holds_the_ways_out_at_both_ends_and_one_to_choose(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    got = outbox.last("anna@post.example")
    first, last = got.html.index("/unsubscribe/"), got.html.rindex("/unsubscribe/")
    assert first < got.html.index("stationen") < last
    choose = got.find(r"Välj vad du vill få: (\S+)")
    page = hr.another().go("/preferences/" + choose.rpartition("/")[2])
    assert page.heading == "Välj vad du vill få"


def test_it_is_shown_as_a_receiver_who_sees_that_it_was(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    asa = reader(make, "Åsa Öberg", "asa@post.example")
    made = letter(app)
    shown = hr.address_of("newsletters.preview", public_id=made.public_id)
    html = hr.open(shown + "?as=%C3%B6berg&look=dark").get_data(as_text=True)
    assert "Hej Åsa!" in html
    assert "prefers-color-scheme" not in html
    assert "Hej Karin!" in hr.open(shown + "?as=nobody").get_data(as_text=True)
    assert "Såg dig bland mottagarna" in hr.another().as_(asa).get("consents.looks")
