"""From a draft to a reader: tried, planned, sent, read, answered, and out by one click."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents.rules import Purpose
from alumni_portal.core.permissions import Role
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from tests.events.making import event, says
from tests.newsletters.making import content, letter, text_block
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

ALL = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)
MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.mark.both_databases
@covers("S52")
def test_a_letter_goes_out_is_answered_and_left(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        anna = make.alumnus("Anna Ek", private="anna@post.example", agreed_to=ALL)
        meeting = event(make)
        block = Block(id="traffar", kind=Kind.EVENTS, refs=(meeting.public_id,))
        made = letter(app, content(text_block(), block))
        hr = browser.as_(make.staff(Role.HR))
        hr.get("newsletters.edit", public_id=made.public_id).submit("Prova på mig själv")
        assert "Alumnifrukost i Malmö" in outbox.last("@sundmark.example").html
        page = hr.get("newsletters.plan", public_id=made.public_id)
        page.submit("Planera utskicket", day="2026-03-18", at="09:20")
    with time_machine.travel(MORNING + timedelta(minutes=21)):
        got = outbox.last("anna@post.example")
        for link in got.links:  # a scanner follows every one of them
            browser.another().open(link.removeprefix(browser.base_url))
        says(make, meeting, anna)
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Slutade få brev 0 Svar på träffar 1 Besök på jobb 0" in page
        out = got.message["List-Unsubscribe"].strip("<>").removeprefix(browser.base_url)
        answer = browser.another().open(out, method="POST", data=ONE_CLICK)
        assert answer.status_code == 204
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Slutade få brev 1" in page
