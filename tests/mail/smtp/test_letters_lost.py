"""Letters whose run is lost, whose receiver is forgotten meanwhile, and what a relay may say."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Letter, LetterState, Why
from alumni_portal.people.models import EmailAddress
from tests.mail.making import begun, copy_of, readers, recipients, works
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box
from tests.support.rough_relay import rough_relay

pytestmark = pytest.mark.both_databases


def posted(make: Make) -> int:
    (anna,) = readers(make, 1)
    with make.work():
        return mail.post_written(
            mail.Written("Hej", "Hej\n", "<p>Hej</p>"),
            kind="newsletters/test",
            to="anna0@post.example",
            language="sv",
            person_id=anna.person_id,
        ).id


def letter() -> Letter:
    db.session.rollback()
    return db.session.scalars(select(Letter).execution_options(populate_existing=True)).one()


def test_a_domain_with_letters_of_its_own_is_written_as_the_net_knows_it(
    inside: Flask, make: Make, box: Box
) -> None:
    bo = make.alumnus("Bo Ek", private="bo@räksmörgås.example")
    with make.work():
        written = mail.Written("Hej", "Hej\n", "<p>Hej</p>")
        mail.post_written(
            written, kind="x/y", to="bo@räksmörgås.example", language="sv", person_id=bo.person_id
        )
    works(inside, 0)
    assert b"\r\nTo: bo@xn--rksmrgs-5wao1o.example\r\n" in box.raw[0]


@covers("S73")
def test_a_letter_of_a_lost_run_goes_again_once(inside: Flask, make: Make, box: Box) -> None:
    """Each time the database is gone when the answer is to be noted."""
    number, seen = posted(make), list[bytes]()

    def meanwhile(raw: bytes) -> None:
        seen.append(raw)
        with inside.app_context():
            db.session.execute(text("ALTER TABLE letter RENAME TO away"))
            db.session.commit()

    box.sees = meanwhile
    for _ in range(4):
        run_jobs(inside, fails=True, by_the_clock=False)
        db.session.rollback()
        if inspect(db.engine).has_table("away"):
            db.session.execute(text("ALTER TABLE away RENAME TO letter"))
            db.session.commit()
        with make.work():
            jobs.enqueue("mail.send_letter", {"letter": number})
    assert len(seen) == 2
    assert (letter().state, letter().sealed) == (LetterState.FAILED, None)


@covers("S74")
def test_a_letter_that_goes_again_goes_as_it_did_before(
    inside: Flask, make: Make, box: Box
) -> None:
    """Somebody waits for it, and no worker that is lost may be its end."""
    posted(make)
    with make.work():
        job = db.session.scalars(select(Job).where(Job.name == "mail.send_letter")).one()
        job.priority = 100
        as_before = job.max_attempts
    box.says_at_the_end = lambda _to, number: "451 4.3.0 later" if number == 1 else None
    works(inside, 0)
    again = db.session.scalars(select(Job).where(Job.state == JobState.QUEUED)).one()
    assert (again.priority, again.max_attempts) == (100, as_before)


@covers("S74")
def test_a_letter_whose_time_is_over_while_the_relay_says_later_goes_no_more(
    inside: Flask, make: Make, box: Box
) -> None:
    posted(make)
    with make.work():
        letter().expires_at = clock.now() + timedelta(minutes=10)
    box.says_at_the_end = lambda _to, _number: "451 4.3.0 later"
    works(inside, 0, 2, 10, 60)
    assert (letter().state, letter().outcome, letter().sealed) == ("dropped", "too late", None)
    assert letter().attempts == 2


@covers("S73")
@pytest.mark.parametrize(("drops", "taken"), [(1, 2), (4, 2)])
def test_a_letter_of_which_nobody_knows_goes_once_more_and_no_more(
    inside: Flask, make: Make, port: int, drops: int, taken: int
) -> None:
    """The relay takes it and is gone before it says so."""
    posted(make)
    with rough_relay(port, "dot", "drop", times=drops) as relay:
        works(inside, 0, 60, 120, 600)
    assert relay.taken.total() == taken
    assert letter().state is (LetterState.SENT if drops == 1 else LetterState.FAILED)


def test_a_letter_dropped_in_a_runs_hands_goes_no_second_time(
    inside: Flask, make: Make, box: Box
) -> None:
    posted(make)
    person = letter().person_id or 0

    def meanwhile(_mail: bytes) -> None:
        with inside.app_context(), unit():
            mail.drop_waiting_for((person,), "gone")

    box.sees = meanwhile
    box.says_at_the_end = lambda _to, number: "451 4.3.0 later" if number == 1 else None
    works(inside, 0, 2, 10)
    assert (letter().state, box.raw) == (LetterState.DROPPED, [])


def test_a_receiver_forgotten_in_a_runs_hands_stays_forgotten(
    inside: Flask, make: Make, box: Box
) -> None:
    number = posted(make)

    def meanwhile(_mail: bytes) -> None:
        with inside.app_context(), unit():
            mail.forget_recipients([number])

    box.sees = meanwhile
    box.says_at_the_end = lambda to, number: f"451 4.3.0 <{to}> later" if number == 1 else None
    works(inside, 0, 2, 10)
    assert (letter().state, box.raw) == (LetterState.DROPPED, [])
    assert letter().outcome == "451 4.3.0 <…> later"


def test_what_a_relay_says_of_an_address_is_in_no_job_and_goes_with_the_receiver(
    inside: Flask, make: Make, box: Box
) -> None:
    number = posted(make)
    box.says_to = lambda to, _number: f"550 5.1.1 <{to}> unknown"
    works(inside, 0)
    assert "anna0" in letter().outcome
    with make.work():
        mail.forget_recipients([number])
    assert letter().outcome == ""
    assert "anna0" not in str(db.session.scalars(select(Job.result)).all())


def test_a_relay_that_says_what_no_database_can_hold(inside: Flask, make: Make, box: Box) -> None:
    number = posted(make)
    mailing = begun(make, recipients(list(db.session.scalars(select(Account)))))
    box.says_at_the_end = lambda _to, _number: "250 2.0.0 ok\0ok"
    works(inside, 0)
    assert queries.progress(mailing.id).sent == 1
    assert db.session.get_one(Letter, number).outcome == "250 2.0.0 ok ok"


@covers("S24")
def test_an_address_that_was_left_between_list_and_sending_gets_nothing(
    inside: Flask, make: Make, box: Box
) -> None:
    people = readers(make, 2)
    mailing = begun(make, recipients(people))
    with make.work():
        theirs = EmailAddress.person_id == people[0].person_id
        for one in db.session.scalars(select(EmailAddress).where(theirs)):
            one.retired_at = clock.now()
    works(inside, 0)
    assert box.receivers == ["anna1@post.example"]
    assert copy_of(mailing, people[0]).why is Why.ADDRESS_GONE
