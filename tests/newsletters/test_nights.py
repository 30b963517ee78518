"""A newsletter that is not through by the evening, and one whose topic somebody turns off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import LetterTopic
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from alumni_portal.people.models import Person
from tests.newsletters.making import letter, reader
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
EVENING = datetime(2026, 3, 18, 18, 58, tzinfo=UTC)  # 19.58
NIGHT = EVENING + timedelta(minutes=5)
MORNING = datetime(2026, 3, 19, 6, 1, tzinfo=UTC)  # 07.01


@pytest.fixture(autouse=True)
def _an_evening() -> Iterator[None]:
    with time_machine.travel(EVENING):
        yield


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def mute(app: Flask, person_id: int, *topics: LetterTopic) -> None:
    with app.app_context(), unit():
        person = db.session.get_one(Person, person_id)
        consents.prefer(person, set(LetterTopic) - set(topics), person.language)


def test_hr_sees_until_when_it_waits_and_need_not_do_anything(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.send", public_id=made.public_id)
    assert "går resten av sig självt kl. 07.00" in page
    page.submit("Skicka till 1 person")
    with time_machine.travel(NIGHT):
        assert not outbox.letters("anna@post.example")
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Väntar till kl. 07.00" in page
        assert "Pausat" not in page
        assert "Väntar till kl. 07.00" in hr.get("newsletters.manage")
    with time_machine.travel(MORNING):
        assert len(outbox.letters("anna@post.example")) == 1
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Väntar till kl." not in page


def test_what_waits_for_the_morning_can_go_now_all_the_same(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    with time_machine.travel(NIGHT):
        page = hr.get("newsletters.progress", public_id=made.public_id)
        page = page.submit("Skicka resten nu ändå")
        assert "Väntar till kl." not in page
        assert len(outbox.letters("anna@post.example")) == 1


def test_what_is_sent_at_night_on_purpose_goes_at_night(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        reader(make)
        made = letter(app)
        page = hr.get("newsletters.send", public_id=made.public_id)
        assert "Det är kväll eller natt" in page
        page.submit("Skicka till 1 person")
        assert len(outbox.letters("anna@post.example")) == 1


def test_a_topic_turned_off_while_the_mailing_waits_holds_before_the_next_mail(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna, bo = reader(make), reader(make, "Bo Ek", "bo@post.example")
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 2 personer")
    mute(app, anna.person_id, LetterTopic.NEWS)
    mute(app, bo.person_id, LetterTopic.JOBS)  # another topic changes nothing
    assert [one.to for one in outbox.letters("@post.example")] == ["bo@post.example"]
    page = hr.get("newsletters.deliveries", public_id=made.public_id)
    assert [row["Läge"] for row in page.table("Mottagare")] == ["Skickades inte", "Skickat"]
    assert "bortvalt" in page
