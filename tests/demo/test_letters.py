"""What HR finds of letters in the demo: one that goes, one that stands still, some to remind."""

from collections.abc import Callable
from datetime import time

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job
from alumni_portal.core.night import morning_after
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.demo import event_letters
from alumni_portal.events import queries
from alumni_portal.events.models import Event
from tests.support.browser import Browser
from tests.support.hours import at


def test_letters_are_on_their_way_and_somebody_can_be_reminded(
    browser: Browser, account: Callable[[str], Account]
) -> None:
    hr = browser.as_(account("hr"))
    going = hr.get("newsletters.manage").follow("Fråga nätchefen om 2027")
    assert "Pausa" in going
    assert "Fortsätt skicka" in hr.get("newsletters.manage").follow("Enkät om träffarna")
    page = hr.get("newsletters.manage").follow("Novemberbrevet")
    page = page.follow("Påminn dem som inte har svarat")
    assert page.heading == "Påminn dem som inte har svarat?"
    assert "Det finns ingen att påminna." not in page


def test_letters_about_a_change_wait_for_the_morning_and_can_be_taken_back(
    browser: Browser, account: Callable[[str], Account]
) -> None:
    page = browser.as_(account("hr")).get("events.manage").follow("Alumnidygn i fjällen")
    assert "Mejlen om ändringen går " in page
    page = page.submit("Skicka dem inte")
    assert page.flashes == ["Mejlen går inte. Inget väntar längre."]


@pytest.mark.parametrize("hour", [3, 8, 12, 22])
def test_they_wait_at_whatever_hour_the_demo_is_filled(app: Flask, hour: int) -> None:
    title, _address = event_letters.LATE
    with time_machine.travel(at(time(hour), clock.today())), app.app_context():
        db.session.execute(delete(Job).where(Job.name == queries.TELL))
        late = db.session.scalars(select(Event).where(Event.title == title)).one()
        late.address = ""
        event_letters.change_late(SYSTEM)
        assert queries.waits_of(late).first == morning_after(clock.now())
