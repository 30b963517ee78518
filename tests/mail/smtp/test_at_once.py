"""A mailing is broken off while a run has it in hand: neither waits for the other for ever."""

from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import SQLAlchemyError

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, MailingState
from alumni_portal.mail.rules import Sent
from alumni_portal.mail.services import chunks, deliveries, outcomes
from tests.mail.making import again, begun, readers, recipients
from tests.support.letters import run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
_WAITS = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN "
    "(SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
)


class Elsewhere(Thread):
    """Breaks a mailing off over a connection of its own."""

    def __init__(self, app: Flask, kind: str, ref: str) -> None:
        super().__init__()
        self._app, self._which, self.error = app, (kind, ref), ""

    def run(self) -> None:
        with self._app.app_context():
            try:
                with unit():
                    found = queries.mailing_of(*self._which)
                    assert found
                    mail.cancel(found, by=SYSTEM)
            except SQLAlchemyError as error:
                self.error = repr(error)

    def waits(self) -> bool:
        """Say, once it is so, whether it waits for somebody else's lock."""
        if db.engine.dialect.name == "sqlite":
            return True  # one writes after the other
        with db.engine.connect() as other:
            for _ in range(2_000):
                if other.scalar(_WAITS):
                    return True
                other.rollback()
        return False


def opened(mailing_id: int) -> outcomes.Chunk:
    found = chunks.open_chunk(mailing_id, 0, owner="run")
    assert found
    return found


def test_who_breaks_off_waits_for_a_run_that_ends(inside: Flask, make: Make) -> None:
    anna, bo = readers(make, 2)
    mailing = begun(make, recipients([anna, bo]))
    with make.work():
        mail.suppress("anna0@post.example", "550 5.1.1")
        later = {"next_try_at": clock.now() + timedelta(hours=1)}
        db.session.execute(
            update(Delivery).where(Delivery.person_id == bo.person_id).values(**later)
        )
    other = Elsewhere(inside, mailing.kind, mailing.ref)
    with unit():
        chunk = opened(mailing.id)
        assert deliveries.take(chunk, 10).copies == []  # Anna is passed over
        other.start()
        assert other.waits()
        chunks.close_chunk(chunk, None, failures=0, after=None)
    other.join(20)
    assert other.error == ""
    assert again(mailing).state is MailingState.FINISHED
    assert queries.progress(mailing.id) == mail.Progress(0, 0, 0, 2, 0, 2)


def test_what_a_run_brings_back_at_that_moment_goes_no_more(inside: Flask, make: Make) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    with unit():
        chunk = opened(mailing.id)
        copies = deliveries.take(chunk, 2).copies
    other = Elsewhere(inside, mailing.kind, mailing.ref)
    with unit():
        outcomes.note(chunk, copies, {copies[0].person_id: Sent("250")}, seconds=1)
        in_hand = deliveries.take(chunk, 2).copies
        other.start()
        assert other.waits()
    other.join(20)
    assert other.error == ""
    with unit():
        outcomes.note(chunk, in_hand, {}, seconds=1)
        chunks.close_chunk(chunk, None, failures=0, after=None)
    run_jobs(inside, by_the_clock=False)
    assert again(mailing).state is MailingState.FINISHED
    assert queries.progress(mailing.id).waiting == 0
