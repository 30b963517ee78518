"""A relay that fails at each stage in each way: what is taken once is sent once, nobody is lost.

Lost is a recipient without a final state who is not shown as uncertain either; with `--faults full`
all combinations, on both databases, else one of each way.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.settings import Settings
from alumni_portal.mail import queries
from alumni_portal.mail.models import Mailing, MailingState, Suppression
from tests.faults.counting import Count, counted
from tests.mail.making import again, begun, readers, recipients
from tests.support.app import settings_for
from tests.support.covers import covers
from tests.support.database import Database
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import free_port
from tests.support.rough_relay import STAGES, rough_relay

pytestmark = pytest.mark.both_databases
PEOPLE = 4
SAYS = ("421 4.3.2 closing", "450 4.2.0 busy", "451 4.7.1 later", "550 5.1.1 no", "554 5.7.1 no")
ALL = [
    *((stage, how) for stage in STAGES for how in ("drop", "hang", "drip")),
    *((stage, how) for stage in STAGES if stage != "body" for how in SAYS),
]
SOME = [
    ("dot", "drop"),
    ("rcpt", "hang"),
    ("mail", "421 4.3.2 closing"),
    ("dot", "451 4.7.1 later"),
]


@pytest.fixture
def settings(database: Database, tmp_path: Path, port: int) -> Iterator[Settings]:
    url = database.fresh(tmp_path)
    relay = f"smtp://127.0.0.1:{port}"
    yield settings_for(url, tmp_path / "instance", MAIL_URL=relay, MAIL_PATIENCE="0.5")
    database.drop(url)


@pytest.fixture
def port() -> int:
    return free_port()


def sent_through(inside: Flask, mailing: Mailing) -> None:
    """Let the clock go on until nothing waits any more, a day at most."""
    start = clock.now()
    for minutes in (0, 2, 10, 30, 90, 400, 1_440):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            run_jobs(inside, by_the_clock=False)
        db.session.rollback()
        if not queries.progress(mailing.id).waiting:
            return


@pytest.fixture
def cases(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    return ALL if request.config.getoption("--faults") == "full" else SOME


def expected(stage: str, how: str) -> Count:
    """Return how a mailing must come out with a relay that fails once, so."""
    in_doubt = stage in {"body", "dot"} and how in {"drop", "hang", "drip"}
    refused = how.startswith("5") and stage in {"mail", "rcpt", "data", "dot"}
    return Count(acked=PEOPLE - in_doubt - refused, lost=0, dup=0, uncertain=int(in_doubt))


@covers("S73")
def test_whatever_the_relay_does_nobody_is_lost_and_nobody_gets_it_twice(
    inside: Flask, make: Make, port: int, cases: list[tuple[str, str]]
) -> None:
    people = readers(make, PEOPLE)
    for stage, how in cases:
        with make.work():
            db.session.execute(delete(Suppression))
        mailing = begun(make, recipients(people), ref=f"{stage} {how}")
        with rough_relay(port, stage, how) as relay:
            sent_through(inside, mailing)
            found = counted(mailing, relay.taken.values())
        assert found == expected(stage, how), (stage, how)
        is_open = again(mailing).state is MailingState.SENDING
        assert is_open == bool(found.uncertain), (stage, how)


@pytest.mark.parametrize("how", ["drop", "451 4.3.0 later"])
@covers("S73")
def test_a_relay_that_never_gets_better_keeps_everybody_waiting_for_two_days(
    inside: Flask, make: Make, port: int, how: str
) -> None:
    mailing = begun(make, recipients(readers(make, PEOPLE)))
    start = clock.now()
    with rough_relay(port, "mail", how, times=10_000):
        for hours in (0, 24, 47):
            with time_machine.travel(start + timedelta(hours=hours), tick=False):
                run_jobs(inside, by_the_clock=False)
            db.session.rollback()
            assert queries.progress(mailing.id).waiting == PEOPLE
        assert counted(mailing, []) == Count(acked=0, lost=PEOPLE, dup=0, uncertain=0)
        assert again(mailing).state is MailingState.SENDING


@covers("S73")
def test_a_relay_that_takes_nothing_from_us_opens_the_breaker_and_fails_nobody(
    inside: Flask, make: Make, port: int
) -> None:
    mailing = begun(make, recipients(readers(make, 25)))
    with rough_relay(port, "data", "554 5.7.1 not from you", times=10_000) as relay:
        run_jobs(inside, by_the_clock=False)
        assert again(mailing).state is MailingState.PAUSED
        assert again(mailing).trouble == "554 5.7.1 not from you"
        assert counted(mailing, relay.taken.values()) == Count(acked=0, lost=25, dup=0, uncertain=0)
