"""What HR sends in the evening waits for the morning, unless HR says that it goes now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.night import morning_after
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.events.models import Event
from alumni_portal.events.rules import rests_at_night, waits_until
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of
from tests.events.making import event, guest, guests, says, starts
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

EVENING = datetime(2026, 3, 18, 21, 30, tzinfo=clock.HOME)
MORNING = datetime(2026, 3, 19, 8, 30, tzinfo=clock.HOME)
IN_THE_MORNING = "Skicka 1 inbjudan på morgonen"


@pytest.fixture(autouse=True)
def _an_evening() -> Iterator[None]:
    with time_machine.travel(EVENING):
        yield


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


def told(outbox: Outbox, who: Account) -> list[str]:
    """Return why a mail did not go, as each letter to somebody says it."""
    with outbox.app.app_context():
        found = address_of(who.person_id, AddressKind.WORK)
    assert found is not None
    return [one.find(r"skickades inte\.\s+(.+?)\s*\n") for one in outbox.letters(found.address)]


@pytest.mark.both_databases
def test_an_invitation_sent_in_the_evening_goes_in_the_morning(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 2)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    page = page.submit("Skicka 2 inbjudningar på morgonen")
    assert page.flashes == ["Inbjudan går 19 mars 08.30."]
    assert "Mejlet går 19 mars 08.30" in page
    assert outbox.letters() == []
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert len(outbox.letters("@post.example")) == 2
        with app.app_context():
            assert db.session.get_one(Event, made.id).mails_at is None


def test_what_waits_for_the_morning_is_what_was_shown(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    made, _people = event(make), guests(make, 1)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    guest(make, "Bo Ek", private="bo@post.example")
    page = page.submit(IN_THE_MORNING)
    assert "Nu är det 2 som får inbjudan" in page.errors[0]
    with app.app_context():
        assert db.session.get_one(Event, made.id).mails_at is None


def test_it_goes_now_when_hr_says_so_and_never_when_taken_back(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    now, never = event(make), event(make)
    guests(make, 1)
    browser.as_(hr).get("events.invite", public_id=now.public_id).submit(
        "Skicka 1 inbjudan nu ändå"
    )
    assert len(outbox.letters("@post.example")) == 1
    page = browser.get("events.invite", public_id=never.public_id).submit(IN_THE_MORNING)
    page = page.submit("Skicka inte")
    assert page.flashes == ["Mejlet går inte. Inget har skickats."]
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert len(outbox.letters("@post.example")) == 1


def test_who_may_no_longer_invite_is_not_obeyed_in_the_morning(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 1)
    browser.as_(hr).get("events.invite", public_id=made.public_id).submit(IN_THE_MORNING)
    with app.app_context(), unit():
        db.session.get_one(Event, made.id).mails_by = "somebodygone"
    lead = make.staff(Role.HR_LEAD, name="Petra Öhrn")
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert outbox.letters("@post.example") == []
        assert told(outbox, lead) == ["Den som lade det på kö får inte längre skicka det."]


def test_who_sent_it_is_told_why_it_did_not_go(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, (who,) = event(make), guests(make, 1)
    browser.as_(hr).get("events.invite", public_id=made.public_id).submit(IN_THE_MORNING)
    with make.work():
        person = db.session.get_one(Person, who.person_id)
        consents.withdraw(person, Purpose.EVENTS, how=How.CONSENT_CENTRE, by=SYSTEM)
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert told(outbox, hr) == ["Det finns ingen kvar att bjuda in."]
        assert outbox.last().link.endswith(f"/events/{made.public_id}/invitation")


def test_who_cancelled_the_event_needs_not_be_told(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 1)
    browser.as_(hr).get("events.invite", public_id=made.public_id).submit(IN_THE_MORNING)
    browser.get("events.cancel", public_id=made.public_id).submit("Ja, ställ in")
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert outbox.letters() == []


def test_when_the_machine_was_off_all_day_it_waits_for_another_morning(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 1)
    browser.as_(hr).get("events.invite", public_id=made.public_id).submit(IN_THE_MORNING)
    for hours, letters in ((14, 0), (25, 1)):
        with time_machine.travel(MORNING + timedelta(hours=hours)):
            run_jobs(app, by_the_clock=False)
            assert len(outbox.letters("@post.example")) == letters


def test_word_of_the_end_waits_too_but_not_when_the_event_is_near(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    far, near = event(make), event(make, starts_at=starts(1, hour=9))
    (who,) = guests(make, 1)
    for one in (far, near):
        says(make, one, who)
    outbox.clear()
    form = browser.as_(hr).get("events.cancel", public_id=far.public_id)
    page = form.submit("Ja, ställ in")
    assert "går 19 mars 08.30" in page.flashes[0]
    assert outbox.letters() == []
    browser.get("events.cancel", public_id=near.public_id).submit("Ja, ställ in")
    assert len(outbox.letters()) == 1
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert len(outbox.letters()) == 2


def test_when_the_morning_is() -> None:
    night = EVENING + timedelta(hours=4)
    assert morning_after(EVENING) == morning_after(night) == MORNING
    assert waits_until(EVENING, MORNING + timedelta(days=3)) == MORNING
    assert waits_until(EVENING, MORNING + timedelta(hours=6)) is None
    assert waits_until(MORNING, MORNING + timedelta(days=3)) is None


def test_what_begins_by_day_rests_at_night_when_it_can_wait() -> None:
    noon = EVENING - timedelta(hours=8)
    assert rests_at_night(noon, MORNING + timedelta(days=3))
    assert not rests_at_night(noon, MORNING + timedelta(hours=6)), "it would come too late"
    assert rests_at_night(noon, noon - timedelta(days=1)), "thanks can wait"
    assert not rests_at_night(EVENING, MORNING + timedelta(days=3)), "sent so on purpose"


@pytest.mark.both_databases
def test_an_invitation_that_is_not_through_by_evening_rests(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 1)
    with time_machine.travel(EVENING - timedelta(hours=4)):
        page = browser.as_(hr).get("events.invite", public_id=made.public_id)
        page.submit("Skicka 1 inbjudan")
    assert outbox.letters() == []
    page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
    assert "Väntar till kl. 07.00" in page
    with time_machine.travel(MORNING):
        assert len(outbox.letters("@post.example")) == 1
