"""A run that is lost with a mail in its hands: nobody knows, so a person decides (S67)."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Letter, LetterState, Mailing, MailingState
from alumni_portal.mail.rules import NotSent, Sent
from alumni_portal.mail.services import chunks, deliveries, outcomes
from tests.mail.making import again, begun, copy_of, readers, recipients
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box, server

pytestmark = pytest.mark.both_databases


def lost_with_one_in_hand(mailing: Mailing) -> tuple[outcomes.Chunk, list[outcomes.Copy]]:
    """Claim the first copy and stop without a journal, as a lost machine does."""
    with unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner="a-run-that-died")
        assert chunk
        return chunk, deliveries.take(chunk, 1).copies


@covers("S67")
def test_a_mail_in_hand_when_a_run_was_lost_is_uncertain_and_not_sent_again(
    inside: Flask, make: Make, box: Box
) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    lost_with_one_in_hand(mailing)
    run_jobs(inside)
    assert queries.progress(mailing.id) == mail.Progress(0, 2, 0, 0, 1, 3)
    assert box.receivers == ["anna1@post.example", "anna2@post.example"]
    assert again(mailing).state is MailingState.SENDING
    assert not queries.progress(mailing.id).is_over


@covers("S67")
def test_a_person_may_send_what_is_uncertain_again(inside: Flask, make: Make, box: Box) -> None:
    people = readers(make, 2)
    mailing = begun(make, recipients(people))
    lost_with_one_in_hand(mailing)
    run_jobs(inside)
    with make.work():
        assert mail.settle_uncertain(again(mailing), again=True, by=SYSTEM) == 1
    run_jobs(inside)
    assert box.receivers == ["anna0@post.example", "anna1@post.example"]
    assert again(mailing).state is MailingState.FINISHED


def test_a_person_may_count_what_is_uncertain_as_sent(inside: Flask, make: Make, box: Box) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    lost_with_one_in_hand(mailing)
    run_jobs(inside)
    with make.work():
        mail.settle_uncertain(again(mailing), again=False, by=SYSTEM)
    run_jobs(inside)
    assert box.receivers == []
    assert copy_of(mailing, anna).state is DeliveryState.SENT
    assert again(mailing).state is MailingState.FINISHED


def test_an_answer_that_comes_late_settles_its_own_mail_only(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    chunk, copies = lost_with_one_in_hand(mailing)
    run_jobs(inside)
    with unit():
        outcomes.note(chunk, copies, {copies[0].person_id: Sent("250 late")}, seconds=1)
    assert copy_of(mailing, anna).outcome == "250 late"
    with unit():
        no = NotSent("no", final=True)
        outcomes.note(chunk, copies, {copies[0].person_id: no}, seconds=1)
    assert copy_of(mailing, anna).state is DeliveryState.SENT


@covers("S67")
def test_two_runs_of_one_chunk_never_take_the_same_copy(inside: Flask, make: Make) -> None:
    people = readers(make, 2)
    mailing = begun(make, recipients(people))
    with unit():
        first = chunks.open_chunk(mailing.id, 0, owner="first")
        second = chunks.open_chunk(mailing.id, 0, owner="second")
    assert first
    assert second
    with unit():
        (one,) = deliveries.take(first, 1).copies
    with unit():
        (other,) = deliveries.take(second, 2).copies
    assert one.person_id != other.person_id


def test_a_paused_mailing_stops_at_once_and_goes_on_where_it_was(
    inside: Flask, make: Make, box: Box
) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    with make.work():
        mail.pause(again(mailing), by=SYSTEM)
    run_jobs(inside)
    assert box.receivers == []
    with make.work():
        mail.resume(again(mailing), by=SYSTEM)
    run_jobs(inside)
    assert len(box.receivers) == 3
    assert again(mailing).state is MailingState.FINISHED


def test_a_letter_goes_before_a_mailing_that_was_there_first(
    inside: Flask, make: Make, box: Box
) -> None:
    begun(make, recipients(readers(make, 2)))
    with make.work():
        values = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
        mail.post(mail.Draft(kind="accounts/sign_in", to="bo@post.example", values=values))
    run_jobs(inside)
    assert box.mails[0]["To"] == "bo@post.example"


def test_a_letter_waits_for_a_server_that_is_away_and_says_so(
    inside: Flask, make: Make, port: int
) -> None:
    with make.work():
        values = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
        mail.post(mail.Draft(kind="accounts/sign_in", to="bo@post.example", values=values))
    run_jobs(inside)
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.state, letter.outcome) == (LetterState.QUEUED, "ConnectionRefusedError")
    with server(port) as box, time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside)
    assert box.receivers == ["bo@post.example"]
