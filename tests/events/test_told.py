"""Letters to those who come, about a change or the end: whom they reached, and once more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.bounces.models import Kind, ReturnedMail, Way
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Letter, LetterState
from tests.events.making import event, guests, plan, says, starts
from tests.events.test_again import NEW, moves
from tests.events.test_asked import entry_in
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases
NIGHT = datetime(2026, 3, 18, 21, 30, tzinfo=clock.HOME)
MORNING = datetime(2026, 3, 19, 8, 30, tzinfo=clock.HOME)


@pytest.fixture
def hr(make: Make, browser: Browser) -> Browser:
    return browser.as_(make.staff(Role.HR))


def lost_letter(make: Make, made: Event, who: Account, *, later: bool) -> None:
    """Let the letter to somebody who comes be refused, or come back later."""
    with make.work():
        reply = queries.reply(made.id, who.person_id or 0)
        assert reply is not None
        letter = db.session.scalars(db.select(Letter).filter_by(public_id=reply.told_by)).one()
        if not later:
            letter.state, letter.outcome = LetterState.FAILED, "550 5.1.1 unknown"
            return
        came = {"key": letter.public_id, "way": Way.FILE, "kind": Kind.BOUNCE, "size": 1}
        db.session.add(ReturnedMail(letter_id=letter.id, **came))


@pytest.mark.usefixtures("by_day")
@pytest.mark.parametrize("bounced", [True, False])
def test_who_comes_and_was_not_reached_is_told_again(
    hr: Browser, make: Make, outbox: Outbox, *, bounced: bool
) -> None:
    made, (amira, johan) = event(make), guests(make, 2)
    for who in (amira, johan):
        says(make, made, who)
    with make.work():
        services.cancel(made.id, reason="Storm", by=SYSTEM)
    outbox.clear()
    lost_letter(make, made, amira, later=bounced)
    moves(make, amira)
    page = hr.get("events.mailings", public_id=made.public_id).follow("Se vilka det nådde")
    shown = page.follow("Studsade i efterhand" if bounced else "Kom inte fram")
    assert [row["Namn"] for row in shown.table("Mejl till dem som kommer")] == ["Gäst Nummer1"]
    asked = page.follow("Skicka igen till 1 person")
    assert asked.submit("Skicka 1 mejl").flashes == ["1 mejl är på väg."]
    (letter,) = outbox.letters()
    assert (letter.to, letter.subject) == (NEW, "Inställd träff: Alumnifrukost i Malmö")
    assert entry_in(letter)[0] == "CANCEL"
    assert "Det finns ingen att skicka till" in asked.submit("Skicka 1 mejl")
    assert len(outbox.letters()) == 1


def lost_at_night(make: Make, outbox: Outbox, **more: Any) -> tuple[Event, Account]:
    """Return an event that was called off in the evening, and whom word of it did not reach."""
    made, (amira,) = event(make, **more), guests(make, 1)
    says(make, made, amira)
    with make.work():
        services.cancel(made.id, reason="Storm", by=SYSTEM)
    outbox.clear()
    lost_letter(make, made, amira, later=False)
    return made, amira


def send_again(browser: Browser, made: Event) -> Page:
    page = browser.get("events.tell_again", public_id=made.public_id)
    return page.submit("Skicka 1 mejl")


def at_night(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def test_what_is_told_again_at_night_goes_in_the_morning_once(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _amira = lost_at_night(make, outbox)
        hr = at_night(browser, make)
        page = hr.get("events.tell_again", public_id=made.public_id)
        assert "Det är kväll eller natt. Mejlen går 19 mars 08.30." in page
        page = page.submit("Skicka 1 mejl")
        assert page.flashes == ["1 mejl går 19 mars 08.30."]
        assert "Går igen 19 mars 08.30" in page
        assert "Skicka igen till 1 person" not in page
        assert "Ett mejl väntar redan på att gå." in send_again(hr, made).errors[0]
        assert outbox.letters() == []
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert [one.subject for one in outbox.letters()] == [
            "Inställd träff: Alumnifrukost i Malmö"
        ]
        run_jobs(app, by_the_clock=False)
        assert len(outbox.letters()) == 1
        page = (
            browser.another().as_(make.staff(Role.HR)).get("events.told", public_id=made.public_id)
        )
        assert "Går igen" not in page


def test_so_near_the_event_it_goes_at_night_too(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _amira = lost_at_night(make, outbox, starts_at=starts(1, hour=9))
        hr = at_night(browser, make)
        page = hr.get("events.tell_again", public_id=made.public_id)
        assert "Det är kväll eller natt. Mejlen går ändå nu." in page
        assert page.submit("Skicka 1 mejl").flashes == ["1 mejl är på väg."]
        assert len(outbox.letters()) == 1


def test_what_waits_does_not_go_when_there_is_other_word_by_then(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, (amira,) = event(make), guests(make, 1)
        says(make, made, amira)
        with make.work():
            services.change(made.id, plan(place="Lund"), by=SYSTEM)
        outbox.clear()
        lost_letter(make, made, amira, later=False)
        send_again(at_night(browser, make), made)
        with make.work():
            services.cancel(made.id, reason="Storm", tell_at=MORNING, by=SYSTEM)
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(app, by_the_clock=False)
        assert [one.subject for one in outbox.letters()] == [
            "Inställd träff: Alumnifrukost i Malmö"
        ]


def test_come_too_late_it_waits_for_another_morning(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _amira = lost_at_night(make, outbox)
        send_again(at_night(browser, make), made)
    for hours, letters in ((14, 0), (25, 1)):
        with time_machine.travel(MORNING + timedelta(hours=hours)):
            run_jobs(app, by_the_clock=False)
            assert len(outbox.letters()) == letters


def test_every_letter_to_somebody_is_seen_the_latest_first(
    hr: Browser, make: Make, outbox: Outbox
) -> None:
    made, (amira, *others) = event(make), guests(make, 3)
    for who in (amira, *others):
        says(make, made, who)
    for place in ("Lund", "Ystad"):
        with make.work():
            services.change(made.id, plan(place=place), by=SYSTEM)
        outbox.letters()
        lost_letter(make, made, amira, later=place == "Ystad")
    with make.work():
        services.cancel(made.id, reason="Storm", by=SYSTEM)
    outbox.letters()
    page = hr.get("events.told", public_id=made.public_id)
    (first, second, _third) = page.table("Mejl till dem som kommer")
    assert (first["Namn"], first["Mejl"], first["Läge"]) == ("Gäst Nummer1", "Inställd", "Skickat")
    back, lost = page.texts("tbody tr:first-child li")
    assert back.startswith("Ändrad, ")
    assert back.endswith(": Studsade i efterhand")
    assert lost.endswith(": Kom inte fram (550 5.1.1 unknown)")
    assert second["Tidigare mejl"].count("Ändrad") == 2
    assert second["Tidigare mejl"].count("Skickat") == 2


@pytest.mark.usefixtures("by_day")
def test_a_letter_that_went_again_stands_before_the_one_that_did_not_arrive(
    make: Make, browser: Browser, outbox: Outbox
) -> None:
    made, _amira = lost_at_night(make, outbox)
    page = send_again(at_night(browser, make), made)
    outbox.letters()
    page = page.follow("Alla")
    (row,) = page.table("Mejl till dem som kommer")
    assert (row["Läge"], row["Mejl"]) == ("Skickat", "Inställd")
    assert row["Tidigare mejl"].endswith("Kom inte fram (550 5.1.1 unknown)")


@pytest.mark.chromium
def test_it_is_usable_on_every_screen(live: Live, make: Make, outbox: Outbox) -> None:
    made, (amira, johan) = event(make), guests(make, 2)
    for who in (amira, johan):
        says(make, made, who)
    for place in ("Lund", "Ystad"):
        with make.work():
            services.change(made.id, plan(place=place), by=SYSTEM)
        outbox.letters()
        lost_letter(make, made, amira, later=place == "Ystad")
    live.sign_in(make.staff(Role.HR))
    for page in ("told", "edit"):
        live.look(f"/events/{made.public_id}/{page}")
