"""Events that go on over midnight or for several days, from the form to the calendar."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import occasion
from alumni_portal.core.language import spoken
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services
from alumni_portal.events.rules import Point, agenda_of, is_time_to_thank, wrong_line
from tests.events.making import event, guest, plan, says, starts
from tests.events.test_asked import entry_in
from tests.events.test_staff_pages import typed
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


def at(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=clock.HOME)


@pytest.mark.parametrize(
    ("begins", "ends", "swedish", "english"),
    [
        (at(12, 3, 7), at(12, 3, 9), "Torsdag 3 december 2026, 07.00–09.00", "07:00–09:00"),
        (at(12, 3, 18), at(12, 4, 1), "Torsdag 3 december 2026, 18.00–01.00", "18:00–01:00"),
        (
            at(12, 3, 13),
            at(12, 4, 12),
            "3–4 december 2026, torsdag 13.00 till fredag 12.00",
            "3–4 December 2026, Thursday 13:00 to Friday 12:00",
        ),
        (
            at(11, 30, 13),
            at(12, 2, 12),
            "30 november – 2 december 2026, måndag 13.00 till onsdag 12.00",
            "30 November – 2 December 2026",
        ),
        (
            at(12, 31, 13),
            at(1, 2, 12, 2027),
            "31 december 2026 – 2 januari 2027, torsdag 13.00 till lördag 12.00",
            "31 December 2026 – 2 January 2027",
        ),
    ],
)
def test_when_it_is_in_words(
    inside: Flask, begins: datetime, ends: datetime, swedish: str, english: str
) -> None:
    with spoken("sv"):
        assert occasion(begins, ends) == swedish
    with spoken("en"):
        assert english in occasion(begins, ends)


@pytest.mark.parametrize(
    ("until", "now", "due"),
    [
        (at(12, 4, 1), at(12, 4, 10), True),
        (at(12, 4, 12), at(12, 4, 15), False),
        (at(12, 4, 12), at(12, 5, 10), True),
    ],
)
def test_thanks_go_the_morning_after_the_evening_that_it_was(
    until: datetime, now: datetime, *, due: bool
) -> None:
    assert is_time_to_thank(until, now=now) is due


def test_an_agenda_has_days() -> None:
    written = "Torsdag:\n13.00 Lunch\nFredag:\n09.00 Vandring | Karin"
    assert wrong_line(written) is None
    assert [(one.at is None, one.what) for one in agenda_of(written)] == [
        (True, "Torsdag"),
        (False, "Lunch"),
        (True, "Fredag"),
        (False, "Vandring"),
    ]
    assert isinstance(agenda_of(written)[0], Point)
    assert wrong_line("13.00 Lunch\n:") == 2


def test_hr_writes_a_weekend_and_its_guests_read_when_it_ends(
    app: Flask, browser: Browser, make: Make
) -> None:
    last = starts(21)
    long = typed(begins="13:00", until="12:00")
    page = browser.as_(make.staff(Role.HR)).get("events.new").submit("Spara", **long)
    assert "Slutar den en annan dag? Skriv vilken." in page.errors[0]
    agenda = "Torsdag:\n13.00 Lunch\nFredag:\n09.00 Vandring"
    page = page.submit("Spara", last_day=f"{last:%Y-%m-%d}", agenda=agenda)
    with app.app_context(), spoken("sv"):
        words = occasion(starts(20, 13), starts(21, 12))
    assert words in page
    page = page.follow("Ändra")
    assert page.value("last_day") == f"{last:%Y-%m-%d}"
    page = page.submit("Spara", last_day=f"{starts(90):%Y-%m-%d}")
    assert "En träff kan vara högst 31 dagar lång." in page.errors[0]


@pytest.mark.both_databases
def test_the_calendar_has_the_end_of_the_last_day(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    begins = starts(20, 13)
    made, amira = event(make, starts_at=begins, ends_at=begins + timedelta(hours=23)), guest(make)
    says(make, made, amira)
    _method, entry = entry_in(outbox.last())
    assert (entry.dtstart.value, entry.dtend.value) == (begins, starts(21, 12))


@pytest.mark.parametrize("hours", [-1, 0, 24 * 32])
def test_no_event_ends_before_it_begins_or_never(inside: Flask, make: Make, hours: int) -> None:
    wanted: dict[str, Any] = {"starts_at": starts(), "ends_at": starts() + timedelta(hours=hours)}
    with pytest.raises(Refusal):
        services.plan(plan(**wanted), by=SYSTEM)
