"""Links of a letter that stand for its reader: counted for those who let us, never a machine."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import DepartureReason, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter, OpeningVisit
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.rules import may_be_a_reader, told
from alumni_portal.newsletters.services import Block
from alumni_portal.people.models import Person
from tests.events.making import event, says
from tests.events.test_series import series
from tests.newsletters.making import content, letter, reader, text_block
from tests.openings.making import opening
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
LATER = MORNING + timedelta(minutes=10)
ALL = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)


def allow(app: Flask, one: Account, *, yes: bool = True) -> None:
    with app.app_context(), unit():
        person = db.session.get_one(Person, one.person_id)
        consents.let_visits_count(person, yes=yes)


def sent(app: Flask, browser: Browser, make: Make, ref: str, kind: Kind) -> Newsletter:
    made = letter(app, content(text_block(), Block(id="lista", kind=kind, refs=(ref,))))
    hr = browser.another().as_(make.staff(Role.HR))
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    return made


def visits(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(OpeningVisit)) or 0


def path_to(outbox: Outbox, browser: Browser, what: str) -> str:
    got = outbox.last("anna@post.example")
    found = next(one for one in got.links if f"/{what}/" in one)
    assert found in got.html
    return found.removeprefix(browser.base_url)


@pytest.mark.both_databases
@covers("S4")
def test_a_visit_counts_once_for_who_agreed_and_never_by_looking(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        allow(app, reader(make))
        job = opening(make)
        made = sent(app, browser, make, job.public_id, Kind.OPENINGS)
        path = path_to(outbox, browser, "openings")
    with time_machine.travel(LATER):
        for method in ("HEAD", "GET", "GET"):
            assert browser.open(path, method=method).status_code == 200
        assert visits(app) == 0
        for _press in range(2):
            page = browser.get(path).submit("Läs annonsen")
            assert page.heading == "Elkonstruktör station"
        assert visits(app) == 1
        hr = browser.another().as_(make.staff(Role.HR))
        assert "Besök på jobb 1" in hr.get("newsletters.progress", public_id=made.public_id)


def test_who_has_not_agreed_gets_the_plain_link(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    job = opening(make)
    sent(app, browser, make, job.public_id, Kind.OPENINGS)
    assert path_to(outbox, browser, "openings") == f"/openings/{job.public_id}"


def test_a_no_after_the_letter_ends_the_counting_and_forgets_whose_it_was(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        anna = reader(make)
        allow(app, anna)
        sent(app, browser, make, opening(make).public_id, Kind.OPENINGS)
        path = path_to(outbox, browser, "openings")
    with time_machine.travel(LATER):
        browser.get(path).submit("Läs annonsen")
        allow(app, anna, yes=False)
        assert "Läs utan att räknas" not in browser.get(path)
        with app.app_context(), unit():
            assert services.forget_visitors(clock.now() - timedelta(days=30)) == 1
            assert db.session.scalars(select(OpeningVisit)).one().person_id is None
    assert visits(app) == 1


def test_what_comes_in_the_first_minutes_is_a_machine() -> None:
    assert not may_be_a_reader(None, MORNING)
    assert not may_be_a_reader(MORNING, MORNING + timedelta(seconds=119))
    assert may_be_a_reader(MORNING, MORNING + timedelta(minutes=2))
    assert not may_be_a_reader(MORNING, MORNING + timedelta(days=30))


def test_a_changed_link_leads_nowhere(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    allow(app, reader(make))
    job, other = opening(make), opening(make)
    sent(app, browser, make, job.public_id, Kind.OPENINGS)
    path = path_to(outbox, browser, "openings")
    token = path.split("/")[3]
    for wrong in (
        path.replace(token, token[:-1]),
        path.replace(job.public_id, other.public_id),
        f"/newsletters/from-letter/{token}/events/{job.public_id}",
    ):
        assert browser.open(wrong).status_code == 404


@pytest.mark.both_databases
def test_answers_to_any_date_of_a_series_are_told_each_person_once(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    anna, bo = (
        make.alumnus(f"{name} Ek", private=f"{name}@post.example", agreed_to=ALL)
        for name in ("anna", "bo")
    )
    dates = series(make, 27, 34)
    shown = Block(id="lista", kind=Kind.EVENTS, refs=(dates[0].public_id,))
    made = letter(app, content(text_block(), shown))
    with make.work():
        services.send(db.session.get_one(Newsletter, made.id), expected=None, by=SYSTEM)
    assert len(outbox.letters("@post.example")) == 2
    says(make, dates[1], anna)
    says(make, dates[2], anna)
    says(make, dates[2], bo)
    hr = browser.another().as_(make.staff(Role.HR))
    assert "Svar på träffar 2" in hr.get("newsletters.progress", public_id=made.public_id)


@pytest.mark.both_databases
def test_an_event_is_answered_from_the_letter_without_signing_in(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Anna Ek", private="anna@post.example", agreed_to=ALL)
    made = sent(app, browser, make, event(make).public_id, Kind.EVENTS)
    page = browser.get(path_to(outbox, browser, "events"))
    assert "Hej Anna! Du kan svara utan att logga in." in page
    page = page.submit("Gå vidare och svara")
    page.submit("Spara mitt svar", answer="yes")
    hr = browser.another().as_(make.staff(Role.HR))
    assert "Svar på träffar 1" in hr.get("newsletters.progress", public_id=made.public_id)


def test_who_wants_no_invitations_is_led_to_the_events_own_page(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    meeting = event(make)
    sent(app, browser, make, meeting.public_id, Kind.EVENTS)
    path = path_to(outbox, browser, "events")
    token = path.split("/")[3]
    with app.app_context():
        found = services.reader_of(token)
        assert found
        assert services.way_to_reply(found, meeting) is None


def test_reasons_are_told_when_five_gave_them() -> None:
    given = {
        DepartureReason.TOO_OFTEN: 5,
        DepartureReason.NOT_RELEVANT: 4,
        DepartureReason.OTHER: 9,
        None: 40,
    }
    assert list(told(given).items()) == [
        (DepartureReason.OTHER, 9),
        (DepartureReason.TOO_OFTEN, 5),
    ]
