"""A mailing under way: its pace and end, what is wrong in plain words, what came back of whom."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.night import NIGHT
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import Pace, pace, with_nights
from tests.newsletters.making import letter, now, reader
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

NOON = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)
REFUSED = "554 5.7.1 sender blocked"


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def begun(app: Flask, hr: Browser) -> Newsletter:
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 2 personer")
    return made


def stands(app: Flask, made: Newsletter, state: MailingState, trouble: str = "") -> None:
    mailing_id = now(app, made).mailing_id
    with app.app_context(), unit():
        mailing = db.session.get_one(Mailing, mailing_id)
        mailing.state, mailing.trouble = state, trouble


def test_the_pace_is_that_of_the_last_minutes() -> None:
    begun_at = NOON - timedelta(hours=1)
    assert pace(300, 420, begun_at=begun_at, now=NOON) == Pace(60, NOON + timedelta(minutes=7), 7)
    assert pace(60, 60, begun_at=NOON - timedelta(minutes=1), now=NOON).per_minute == 60
    assert pace(0, 9, begun_at=begun_at, now=NOON) == Pace()
    assert pace(1, 1, begun_at=begun_at, now=NOON).minutes_left == 5


@pytest.mark.parametrize(
    ("waiting", "over", "is_today", "hours"),
    [
        (60, NOON + timedelta(hours=1), True, 0),  # told in minutes
        (8 * 60, NOON + timedelta(hours=8), True, 8),  # 20.00 in Sweden: just through
        (9 * 60, NOON + timedelta(hours=20), False, 9),  # the last hour waits for the morning
        (22 * 60, NOON + timedelta(hours=44), False, 22),  # eight hours, a day of thirteen, one
    ],
)
def test_the_end_is_told_with_the_nights_in_which_it_rests(
    waiting: int, over: datetime, *, is_today: bool, hours: int
) -> None:
    at = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)
    known = pace(5, waiting, begun_at=at - timedelta(hours=1), now=at)
    found = with_nights(known, now=at, quiet=NIGHT)
    assert (found.over_at, found.is_over_today, found.hours_left) == (over, is_today, hours)


@pytest.mark.both_databases
def test_pace_and_end_are_shown_while_it_goes(app: Flask, hr: Browser, make: Make) -> None:
    anna, bo = reader(make), reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    mailing_id = now(app, made).mailing_id
    with app.app_context(), unit():
        gone = db.session.get_one(Delivery, (mailing_id, anna.person_id))
        gone.state, gone.ended_at = DeliveryState.SENT, clock.now()
        asked = db.session.get_one(Delivery, (mailing_id, bo.person_id))
        asked.attempts, asked.next_try_at = 1, clock.now() + timedelta(minutes=20)
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Takt 4 i minuten" in page
    assert "1 mottagares server har bett om brevet senare" in page
    stands(app, made, MailingState.PAUSED)
    assert "Takt" not in hr.get("newsletters.progress", public_id=made.public_id)


def test_a_relay_that_refuses_everybody_is_explained(app: Flask, hr: Browser, make: Make) -> None:
    reader(make)
    reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    stands(app, made, MailingState.PAUSED, REFUSED)
    page = hr.get("newsletters.progress", public_id=made.public_id)
    for said in ("Mejlservern säger nej till alla", REFUSED, "Fortsätt skicka", "Gör så här"):
        assert said in page
    assert "Stoppat av mejlservern" in hr.get("newsletters.manage")
    page = page.submit("Fortsätt skicka")
    assert "Mejlservern säger nej till alla" not in page
    stands(app, made, MailingState.SENDING, "connection refused")
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Mejlservern svarar inte" in page


def test_the_log_says_what_came_back_of_whom(app: Flask, hr: Browser, make: Make) -> None:
    anna, _bo = reader(make), reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    mailing_id = now(app, made).mailing_id
    with app.app_context(), unit():
        db.session.add(
            ReturnedCopy(
                mailing_id=mailing_id,
                person_id=anna.person_id,
                outcome=Outcome.BOUNCED,
                answer="550 5.1.1 unknown",
            )
        )
        copy = db.session.get_one(Delivery, (mailing_id, anna.person_id))
        copy.state = DeliveryState.SENT
    rows = hr.get("newsletters.deliveries", public_id=made.public_id).table("Mottagare")
    assert "Studsade i efterhand" in rows[0]["Serverns svar"]
    assert "550 5.1.1 unknown" in rows[0]["Serverns svar"]
    assert "Studsade" not in rows[1]["Serverns svar"]
    page = hr.get("newsletters.deliveries", public_id=made.public_id).follow("Studsade i efterhand")
    assert [row["Namn"] for row in page.table("Mottagare")] == ["Anna Ek"]
    assert "Ingen här" in page.follow("Anmält som skräppost")
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Studsade i efterhand 1" in page
    assert "Levererade 0" in page


def test_a_server_that_knows_nobody_is_believed_when_a_person_says_so(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    stands(app, made, MailingState.PAUSED, "550 5.1.1 no such user")
    page = hr.get("newsletters.progress", public_id=made.public_id)
    assert "Mejlservern säger att nästan ingen finns" in page
    page.submit("Lita på svaret och fortsätt")
    with app.app_context():
        mailing = db.session.get_one(Mailing, now(app, made).mailing_id)
        assert mailing.believes_relay
        assert mailing.state is MailingState.SENDING


def test_it_goes_again_to_whom_it_bounced_from_when_they_have_another_address(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make)
    reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    bounced = ReturnedCopy(
        mailing_id=now(app, made).mailing_id, person_id=anna.person_id, outcome=Outcome.BOUNCED
    )
    with app.app_context(), unit():
        db.session.add(bounced)
    make.moved_to("anna.ny@post.example", anna.person_id or 0)
    outbox.clear()
    page = hr.get("newsletters.again", public_id=made.public_id)
    page = page.submit("Skicka till dem igen")
    assert "Skickas till 1 till." in page
    assert outbox.subjects("anna.ny@post.example") == ["Luleå är klart"]
    assert not outbox.letters("bo@post.example")
    assert "Studsade i efterhand 0" in hr.get("newsletters.progress", public_id=made.public_id)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("q", "found"),
    [("bo e", ["Bo Ek"]), ("Ek", ["Anna Ek", "Bo Ek"]), ("BO@POST", ["Bo Ek"]), ("%", [])],
)
def test_one_receiver_is_found_by_name_or_address(
    app: Flask, hr: Browser, make: Make, q: str, found: list[str]
) -> None:
    reader(make)
    reader(make, "Bo Ek", "bo@post.example")
    made = begun(app, hr)
    page = hr.get("newsletters.deliveries", public_id=made.public_id).submit("Sök mottagare", q=q)
    rows = page.table("Mottagare") if found else []
    assert [row["Namn"] for row in rows] == found
    assert page.one("#deliveries-q")["value"] == q
    assert found or "Ingen mottagare med det namnet" in page
