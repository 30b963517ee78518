"""How many answered to a newsletter's events after it went to them, whichever way they did."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Delivery, Mailing
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from tests.events.making import event, says
from tests.newsletters.making import content, letter, now, text_block
from tests.newsletters.test_reminding import member
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def sent_about(app: Flask, meeting: str, outbox: Outbox) -> Newsletter:
    made = letter(app, content(text_block(), Block(id="l", kind=Kind.EVENTS, refs=(meeting,))))
    with app.app_context(), unit():
        services.send(db.session.get_one(Newsletter, made.id), expected=None, by=SYSTEM)
    outbox.clear()
    return now(app, made)


def replies(app: Flask, made: Newsletter) -> int:
    with app.app_context():
        mailing = db.session.get_one(Mailing, made.mailing_id)
        return queries.outcome(made, mailing).replies


def went(app: Flask, made: Newsletter, one: Account, at: datetime) -> None:
    """Let somebody's copy have gone at a moment."""
    with app.app_context(), unit():
        db.session.get_one(Delivery, (made.mailing_id, one.person_id)).ended_at = at


@pytest.mark.both_databases
def test_an_answer_counts_that_came_after_the_letter_went_to_its_reader(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING - HOUR):
        meeting = event(make)
        anna, bo, cia = (member(make, one) for one in ("Anna Ek", "Bo Al", "Cia Lo"))
        says(make, meeting, anna)  # before any letter: answers none
    with time_machine.travel(MORNING):
        made = sent_about(app, meeting.public_id, outbox)
        assert replies(app, made) == 0
    went(app, made, bo, MORNING + 2 * HOUR)
    with time_machine.travel(MORNING + HOUR):
        says(make, meeting, bo)  # the letter had begun, but not gone to Bo
        says(make, meeting, cia)
        assert replies(app, made) == 1
    with time_machine.travel(MORNING + 3 * HOUR):
        says(make, meeting, bo, comes=False)  # the last answer counts, and a no is one
        assert replies(app, made) == 2


def test_an_answer_after_thirty_days_is_none_and_the_page_says_what_is_counted(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        meeting = event(make, starts_at=MORNING + timedelta(days=60))
        anna, bo = member(make, "Anna Ek"), member(make, "Bo Al")
        made = sent_about(app, meeting.public_id, outbox)
    for one, days in ((anna, 29), (bo, 31)):
        with time_machine.travel(MORNING + timedelta(days=days)):
            says(make, meeting, one)
    with time_machine.travel(MORNING + timedelta(days=32)):
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Svar på träffar 1" in page
        assert "senaste svar på någon av träffarna kom efter att det gått till dem" in page
        assert "både brevet och påminnelsen" not in page
