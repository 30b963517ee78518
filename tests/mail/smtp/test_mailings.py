"""A mailing over SMTP: what was written arrives, once, and every answer is kept."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, MailingState, Why
from alumni_portal.mail.services import messages
from alumni_portal.people.models import Person
from tests.mail.making import again, begun, copy_of, edition, readers, recipients
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box, server, text_of

pytestmark = pytest.mark.both_databases
URL = re.compile(r"http://localhost/unsubscribe/[\w.-]+")


@covers("S31", "S52")
def test_what_was_written_arrives_with_the_way_out_in_head_and_body(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]), edition(subject="Hej {{first_name}}, det är höst"))
    run_jobs(inside)
    got = box.to("anna0@post.example")
    assert got["Subject"] == "Hej Anna0, det är höst"
    (link,) = URL.findall(text_of(got))
    assert got["List-Unsubscribe"] == f"<{link}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-ID"] == "<newsletter.sundmark.example>"
    assert f'href="{link}"' in text_of(got, "html")
    assert "Hej Anna0!" in text_of(got)
    assert again(mailing).state is MailingState.FINISHED
    assert copy_of(mailing, anna).outcome == "250 2.0.0 taken"
    assert copy_of(mailing, anna).sealed is None


def test_a_chunk_goes_over_one_connection_and_each_person_gets_one(
    inside: Flask, make: Make, box: Box
) -> None:
    people = readers(make, 5)
    first = begun(make, recipients(people))
    second = begun(make, recipients(people))
    run_jobs(inside)
    assert first.id == second.id
    assert box.receivers == [f"anna{n}@post.example" for n in range(5)]
    assert box.connections == 1


@covers("S24")
def test_who_withdraws_between_list_and_sending_gets_nothing(
    inside: Flask, make: Make, box: Box
) -> None:
    anna, bo = readers(make, 2)
    mailing = begun(make, recipients([anna, bo]))
    with make.work():
        consents.withdraw(
            db.session.get_one(Person, anna.person_id),
            Purpose.NEWSLETTER,
            how=How.CONSENT_CENTRE,
            by=SYSTEM,
        )
    run_jobs(inside)
    assert box.receivers == ["anna1@post.example"]
    assert copy_of(mailing, anna).why is Why.NOT_AGREED
    assert queries.progress(mailing.id) == mail.Progress(0, 1, 0, 1, 0, 2)
    assert again(mailing).state is MailingState.FINISHED


def test_a_server_that_says_later_is_asked_later_with_the_same_message_id(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna,) = readers(make, 1)
    box.says_at_the_end = lambda _to, number: "451 4.7.1 slow down" if number == 1 else None
    mailing = begun(make, recipients([anna]))
    run_jobs(inside)
    waiting = copy_of(mailing, anna)
    assert (waiting.state, waiting.outcome) == (DeliveryState.QUEUED, "451 4.7.1 slow down")
    assert again(mailing).state is MailingState.SENDING
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside)
    assert copy_of(mailing, anna).state is DeliveryState.SENT
    assert copy_of(mailing, anna).attempts == 2
    assert len(box.mails) == 1


def test_a_server_that_says_later_for_two_days_is_believed(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna,) = readers(make, 1)
    box.says_to = lambda _to, _number: "450 4.2.0 busy"
    mailing = begun(make, recipients([anna]))
    start = clock.now()
    for hours in range(0, 56, 2):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            run_jobs(inside)
    assert copy_of(mailing, anna).state is DeliveryState.FAILED
    assert again(mailing).state is MailingState.FINISHED


def test_a_server_that_says_no_is_quoted_and_the_address_gets_no_more(
    inside: Flask, make: Make, box: Box
) -> None:
    anna, bo = readers(make, 2)
    no = "550 5.1.1 no such user"
    box.says_to = lambda to, _number: no if to == "anna0@post.example" else None
    mailing = begun(make, recipients([anna, bo]))
    run_jobs(inside)
    assert copy_of(mailing, anna).outcome == no
    assert queries.progress(mailing.id) == mail.Progress(0, 1, 1, 0, 0, 2)
    following = begun(make, recipients([anna, bo]), ref="two")
    run_jobs(inside)
    assert copy_of(following, anna).why is Why.SUPPRESSED
    assert box.tries == {"anna0@post.example": 1, "anna1@post.example": 2}


def test_a_server_that_is_away_loses_and_doubles_nothing_and_is_named(
    inside: Flask, make: Make, port: int
) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    run_jobs(inside)
    assert again(mailing).trouble == "ConnectionRefusedError"
    assert again(mailing).state is MailingState.SENDING
    assert queries.progress(mailing.id).waiting == 3
    with server(port) as box, time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside)
    assert len(box.raw) == len(set(box.receivers)) == 3
    assert again(mailing).state is MailingState.FINISHED
    assert again(mailing).trouble == ""


def test_a_server_that_hangs_up_between_two_mails_is_called_again(
    inside: Flask, make: Make, box: Box
) -> None:
    people = readers(make, 3)
    box.says_to = lambda to, number: "421 4.3.2 closing" if to[4] == "1" and number == 1 else None
    mailing = begun(make, recipients(people))
    run_jobs(inside)
    assert box.connections == 2
    assert queries.progress(mailing.id).sent == 2
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside)
    assert box.receivers == ["anna0@post.example", "anna1@post.example", "anna2@post.example"]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=0, max_size=3000))
@covers("S32")
def test_every_line_of_a_mail_is_short_ends_right_and_reads_back(text: str) -> None:
    made = messages.Mail(
        subject="x", recipients=["a@b.example"], body=text, html=f"<p>{text}", sender="x@b.example"
    )
    made.msgId = "<x@b.example>"
    wire = made.as_bytes()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998
