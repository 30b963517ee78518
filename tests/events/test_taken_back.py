"""Letters about a change that wait for the morning can be taken back: all of them, or none."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Job, JobState, book
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.events import services
from alumni_portal.events.models import Event
from tests.events.making import address, event, guests, plan, says
from tests.events.test_asked import invite
from tests.events.test_series import series
from tests.events.test_told import MORNING, NIGHT, lost_at_night, send_again
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
NEXT = MORNING + timedelta(minutes=1)


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


def moved_at_night(make: Make, outbox: Outbox) -> Event:
    """Return an event that was moved in the evening: one comes, one has not answered."""
    made, (amira, _silent) = event(make), guests(make, 2)
    invite(make, made)
    says(make, made, amira)
    outbox.clear()
    move(make, made, "Lund")
    return made


def move(make: Make, made: Event, place: str, **more: bool) -> None:
    with make.work():
        services.change(made.id, plan(place=place), tell_at=MORNING, by=SYSTEM, **more)


def to_whom(app: Flask, outbox: Outbox) -> list[str]:
    with time_machine.travel(NEXT):
        run_jobs(app, by_the_clock=False)
        return sorted(one.to for one in outbox.letters())


@pytest.mark.parametrize("from_page", ["attendance", "told"])
def test_first_letters_are_taken_back_and_the_next_change_is_told(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox, from_page: str
) -> None:
    with time_machine.travel(NIGHT):
        made = moved_at_night(make, outbox)
        page = browser.as_(hr).get(f"events.{from_page}", public_id=made.public_id)
        assert "Mejlen om ändringen går 19 mars 08.30" in page
        page = page.submit("Skicka dem inte")
        assert page.flashes == ["Mejlen går inte. Inget väntar längre."]
        assert "Mejlen om ändringen går" not in page
    assert to_whom(app, outbox) == []
    with time_machine.travel(NEXT):
        move(make, made, "Ystad")
        run_jobs(app, by_the_clock=False)
        assert sorted(one.to for one in outbox.letters()) == [address(1), address(2)]


@pytest.mark.parametrize("anew", [False, True])
def test_letters_sent_again_are_taken_back_and_can_be_sent_again_anew(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox, *, anew: bool
) -> None:
    with time_machine.travel(NIGHT):
        made, _amira = lost_at_night(make, outbox)
        page = send_again(browser.as_(hr), made).submit("Skicka dem inte")
        assert "Går igen" not in page
        assert "Skicka igen till 1 person" in page
        if anew:
            send_again(browser, made)
    assert len(to_whom(app, outbox)) == anew


def test_what_a_worker_has_begun_goes_to_all(app: Flask, make: Make, outbox: Outbox) -> None:
    with time_machine.travel(NIGHT):
        made = moved_at_night(make, outbox)
    with time_machine.travel(NEXT):
        with app.app_context(), unit():
            claimed = book.claim("a worker")
            assert claimed is not None
            assert claimed.name == services.TELL
        with make.work(), pytest.raises(Refusal, match="redan på väg"):
            services.take_back_telling(made.id, by=SYSTEM)
        with app.app_context(), unit():
            db.session.query(Job).filter_by(name=services.TELL).update({"state": JobState.QUEUED})
        with make.work(), pytest.raises(Refusal, match="redan på väg"):
            services.take_back_telling(made.id, by=SYSTEM)
    assert to_whom(app, outbox) == [address(1), address(2)]


def test_word_of_the_end_always_goes(
    app: Flask, browser: Browser, make: Make, hr: Account, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made = moved_at_night(make, outbox)
        with make.work():
            services.cancel(made.id, reason="Storm", tell_at=MORNING, by=SYSTEM)
        page = browser.as_(hr).get("events.told", public_id=made.public_id)
        assert "Mejlen om att träffen är inställd går 19 mars 08.30" in page
        assert "Skicka dem inte" not in page.buttons()
        with make.work(), pytest.raises(Refusal, match="Inget mejl väntar"):
            services.take_back_telling(made.id, by=SYSTEM)
    assert to_whom(app, outbox) == [address(1), address(2)]


def test_of_a_series_only_the_date_it_is_said_of_is_taken_back(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        dates, people = series(make, 27, 34), guests(make, 3)
        for date, who in zip(dates, people, strict=True):
            says(make, date, who)
        outbox.clear()
        move(make, dates[0], "Lund")
        move(make, dates[1], "Ystad")
        with make.work():
            services.take_back_telling(dates[0].id, by=SYSTEM)
    assert to_whom(app, outbox) == [address(2)]
