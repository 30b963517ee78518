"""After 24 months nobody knows any more to whom mail went; the numbers stay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.mail import jobs, queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, Letter, LetterState, MailingState, Suppression
from tests.mail.making import again, begun, readers, recipients
from tests.support.letters import run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def forgotten(**by: float) -> dict[str, object]:
    """Forget as the clock does, some time from now."""

    class Run:
        progress = staticmethod(lambda *_numbers: None)

    with time_machine.travel(clock.now() + timedelta(**by), tick=False):
        found = jobs.forget(Run())  # type: ignore[arg-type]  # all that it needs of a run
    db.session.rollback()
    db.session.expire_all()
    return found


def test_copies_go_and_the_numbers_of_the_mailing_stay(inside: Flask, make: Make) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    run_jobs(inside)
    before = queries.progress(mailing.id)
    assert forgotten(days=700)["deliveries"] == 0
    assert forgotten(days=731)["deliveries"] == 3
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 0
    assert queries.progress(mailing.id) == before == mail.Progress(0, 3, 0, 0, 0, 3)
    assert queries.progress_of([mailing.id])[mailing.id].is_over
    assert again(mailing).state is MailingState.FINISHED


def test_a_mailing_that_was_never_decided_is_over(inside: Flask, make: Make) -> None:
    mailing = begun(make, recipients(readers(make, 1)))
    assert forgotten(days=731)["deliveries"] == 1
    assert again(mailing).state is MailingState.FINISHED
    assert queries.progress(mailing.id).waiting == 1


def post(make: Make) -> None:
    values = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
    with make.work():
        mail.post(
            mail.Draft(kind="accounts/sign_in", to="bo@post.example", person_id=7, values=values)
        )


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_letter_is_about_nobody_afterwards(
    inside: Flask, make: Make, work: Callable[[], int], *, is_sent: bool
) -> None:
    post(make)
    if is_sent:
        work()
    assert forgotten(days=731)["letters"] == 1
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.person_id, letter.to_address, letter.sealed, letter.outcome) == (
        None,
        "",
        None,
        "",
    )
    assert letter.state is (LetterState.SENT if is_sent else LetterState.DROPPED)
    assert forgotten(days=731)["letters"] == 0


def test_a_suppressed_address_gets_another_chance(inside: Flask, make: Make) -> None:
    with make.work():
        mail.suppress("bo@post.example", "550 5.1.1 nobody")
    assert forgotten(days=729)["suppressions"] == 0
    assert queries.is_suppressed("bo@post.example")
    assert forgotten(days=731)["suppressions"] == 1
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0
