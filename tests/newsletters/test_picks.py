"""Openings and events that are off: seen by HR, told by the checks, never mailed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services as event_services
from alumni_portal.events.models import Event
from alumni_portal.newsletters import services
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from alumni_portal.openings.models import OpeningState
from tests.events.making import event
from tests.newsletters.making import content, letter, now, reader, text_block
from tests.openings.making import opening
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def cancelled(make: Make) -> Event:
    made = event(make, title="Julfika")
    with make.work():
        event_services.cancel(made.id, reason="Sjukdom", by=SYSTEM)
    return made


@pytest.mark.both_databases
def test_what_is_off_is_a_failed_check_and_stays_ticked_until_hr_takes_it_away(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    off, job = cancelled(make), opening(make, state=OpeningState.CLOSED)
    meetings = Block(id="traffar", kind=Kind.EVENTS, refs=(off.public_id,))
    jobs = Block(id="jobb", kind=Kind.OPENINGS, refs=(job.public_id, "finnsinte"))
    made = letter(app, content(text_block(), meetings, jobs))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    event_said = "Block 2, Träffar att gå på: Julfika, Kranbyggnaden 4, Malmö (inställd)"
    assert event_said in page
    assert "Block 3, Lediga jobb: Elkonstruktör station, Luleå (stängd)" in page
    assert "Block 3, Lediga jobb: finns inte längre" in page
    assert "Rätta felen under Kontroller först." in page
    page = page.submit("Spara")
    assert now(app, made).content.refs(Kind.EVENTS) == [off.public_id], "no save drops it"
    assert event_said in page
    nothing: dict[str, Any] = {"b-traffar-refs": [], "b-jobb-refs": []}
    page = page.submit("Spara", **nothing)
    assert now(app, made).content.refs(Kind.EVENTS) == []
    assert "(inställd)" not in page
    assert "Rätta felen" not in page


def test_what_is_off_is_not_mailed_and_what_was_sent_stays_on_its_page(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna, on = reader(make), event(make, title="Julfika")
    made = letter(app, content(text_block(), Block(id="a", kind=Kind.EVENTS, refs=(on.public_id,))))
    page = hr.get("newsletters.send", public_id=made.public_id)
    page.submit("Skicka till 1 person")
    assert "Julfika" in outbox.last("anna@post.example").text
    with make.work():
        event_services.cancel(on.id, reason="Sjukdom", by=SYSTEM)
    with app.app_context():
        assert "Julfika" not in services.edition(made, "sv").html
        assert "Julfika" not in services.edition(made, "sv").text
    page = hr.another().as_(anna).get("newsletters.read", public_id=made.public_id)
    assert "Julfika" in page


def test_what_is_off_by_then_keeps_a_letter_from_going(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    on = event(make, title="Julfika")
    made = letter(app, content(text_block(), Block(id="a", kind=Kind.EVENTS, refs=(on.public_id,))))
    page = hr.get("newsletters.send", public_id=made.public_id)
    with make.work():
        event_services.cancel(on.id, reason="Sjukdom", by=SYSTEM)
    page = page.submit("Skicka till 1 person")
    assert "Något måste rättas först. Se kontrollerna." in page.errors
    assert not outbox.letters("anna@post.example")


def test_a_meeting_that_has_been_is_off(app: Flask, make: Make) -> None:
    on = event(make, title="Julfika")
    made = letter(app, content(Block(id="a", kind=Kind.EVENTS, refs=(on.public_id,))))
    with time_machine.travel(clock.now() + timedelta(days=40)), app.app_context():
        texts = [str(one.text) for one in services.make_ready(made).checks]
        assert any("(har redan varit)" in one for one in texts)
        assert "Julfika" not in services.edition(made, "sv").html
