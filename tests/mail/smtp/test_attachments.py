"""Files that go with a letter: kept with it, the same bytes at every try."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Letter
from tests.support.letters import run_jobs
from tests.support.relay import Box

pytestmark = pytest.mark.both_databases
VALUES = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Fika i Malm\xc3\xb6\r\nEND:VCALENDAR\r\n"
PDF = bytes(range(256))


def posted() -> Letter:
    with unit():
        return mail.post(
            mail.Draft(
                kind="accounts/sign_in",
                to="bo@post.example",
                values=VALUES,
                attachments=(
                    mail.Attachment(
                        name="fika.ics", kind="text/calendar", content=ICS, method="REQUEST"
                    ),
                    mail.Attachment(name="karta å.pdf", kind="application/pdf", content=PDF),
                ),
            )
        )


def test_a_file_arrives_as_it_was_and_a_calendar_is_a_reading_of_the_letter(
    inside: Flask, box: Box
) -> None:
    posted()
    run_jobs(inside)
    got = box.to("bo@post.example")
    files = {str(one.get_filename()): one for one in got.iter_attachments()}
    assert {name: one.get_content() for name, one in files.items()} == {
        "fika.ics": ICS,
        "karta å.pdf": PDF,
    }
    readings = [one for one in got.walk() if one.get_content_maintype() == "text"]
    assert [one.get_content_subtype() for one in readings] == ["plain", "html", "calendar"]
    assert readings[-1]["Content-Type"].params["method"] == "REQUEST"
    assert readings[-1].get_payload(decode=True) == ICS


def test_a_second_try_sends_the_same_bytes(inside: Flask, box: Box) -> None:
    taken: list[bytes] = []
    box.says_at_the_end = lambda _to, number: "451 4.7.1 later" if number == 1 else None
    box.sees = taken.append
    posted()
    run_jobs(inside)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside)
    first, second = taken
    assert first == second
    assert box.raw == [second]


def test_files_are_kept_closed_and_forgotten_with_the_text(inside: Flask, box: Box) -> None:
    letter = posted()
    assert letter.sealed
    assert b"VCALENDAR" not in letter.sealed
    run_jobs(inside)
    db.session.rollback()
    db.session.expire_all()
    assert db.session.scalars(select(Letter.sealed)).one() is None


def test_a_letter_from_before_there_were_files_is_still_read(inside: Flask) -> None:
    old = {"subject": "Hej", "text": "Hej!", "html": "<p>Hej!"}
    letter = Letter(sealed=tokens.seal("letter", json.dumps(old)))
    assert mail.opened(letter) == mail.Written("Hej", "Hej!", "<p>Hej!")
