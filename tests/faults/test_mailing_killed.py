"""kill -9 in the middle of a mailing: nobody gets it twice, nobody is lost (S67, S69).

A worker with four connections is killed while the server has mails and has not said so: the worst
moment. What nobody knows is left to a person, at most one for each connection; everything else goes
on. With `--faults full` twenty kills of a mailing to 3,000, under both policies, on both databases.
"""

import os
import signal
from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents.rules import Purpose
from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing, MailingState
from tests.faults.counting import counted
from tests.faults.workers import let_leases_run_out, started
from tests.mail.making import again, edition
from tests.mail.smtp.conftest import box, port, settings
from tests.support import members
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.relay import Box

__all__ = ["box", "port", "settings"]

pytestmark = pytest.mark.both_databases
CONNECTIONS = 4


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return 20 if request.config.getoption("--faults") == "full" else 1


def begun(number: int, policy: mail.Policy) -> Mailing:
    bounds = members.invent(number)
    with unit():
        return mail.begin(
            kind="newsletters/issue",
            ref="one",
            purpose=Purpose.NEWSLETTER,
            editions=(edition(),),
            recipients=members.recipients(bounds),
            by=SYSTEM,
            policy=policy,
        )


def killed_at(settings: Settings, box: Box, number: int, sign: signal.Signals) -> int:
    """Run a worker until the server has seen so many more mails, then send it a signal."""
    left = [number]
    worker = started(settings, ALUMNI_MAIL_CONNECTIONS=str(CONNECTIONS))

    def see(_mail: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(worker.pid, sign)

    box.sees = see
    return worker.wait(timeout=120)


def doubled(box: Box) -> int:
    return sum(number - 1 for number in Counter(box.receivers).values())


def printed(box: Box, mailing: Mailing) -> mail.Progress:
    counted(mailing, Counter(box.receivers).values())
    return queries.progress(mailing.id)


@pytest.mark.parametrize("policy", list(mail.Policy))
@covers("S67")
def test_a_killed_worker_leaves_one_mail_in_doubt_for_each_connection_at_most(
    inside: Flask, settings: Settings, box: Box, kills: int, policy: mail.Policy
) -> None:
    number = 150 * kills
    mailing = begun(number, policy)
    for turn in range(kills):
        assert killed_at(settings, box, 40 + 7 * turn, signal.SIGKILL) == -signal.SIGKILL
        let_leases_run_out()
    box.sees = lambda _mail: None
    for minutes in (0, 2):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
            run_jobs(inside, by_the_clock=False)
    found = printed(box, mailing)
    in_doubt = found.uncertain if policy is mail.Policy.HOLD else doubled(box)
    assert in_doubt <= CONNECTIONS * kills
    assert found.sent + found.uncertain == number
    assert doubled(box) == 0 or policy is mail.Policy.RESEND
    assert len(set(box.receivers)) >= number - found.uncertain


@covers("S67")
def test_what_is_in_doubt_keeps_a_mailing_open_until_a_person_decides(
    inside: Flask, settings: Settings, box: Box
) -> None:
    mailing = begun(30, mail.Policy.HOLD)
    killed_at(settings, box, 3, signal.SIGKILL)
    let_leases_run_out()
    box.sees = lambda _mail: None
    run_jobs(inside, by_the_clock=False)
    uncertain = printed(box, mailing).uncertain
    assert again(mailing).state is (MailingState.SENDING if uncertain else MailingState.FINISHED)
    with unit():
        assert mail.settle_uncertain(again(mailing), again=False, by=SYSTEM) == uncertain
    assert again(mailing).state is MailingState.FINISHED


@covers("S69")
def test_a_worker_that_was_stopped_and_woke_up_doubles_nothing(
    inside: Flask, settings: Settings, box: Box
) -> None:
    mailing = begun(120, mail.Policy.HOLD)
    worker, is_stopped, left = started(settings), Event(), [20]

    def see(_mail: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(worker.pid, signal.SIGSTOP)
            is_stopped.set()

    box.sees = see
    assert is_stopped.wait(60)
    let_leases_run_out()
    run_jobs(inside, by_the_clock=False)  # finds it held and leaves it alone
    os.kill(worker.pid, signal.SIGCONT)
    worker.wait(timeout=120)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside, by_the_clock=False)
    assert printed(box, mailing).sent == len(box.receivers) == 120
    assert doubled(box) == 0


@covers("S67", "S69")
def test_two_workers_at_once_double_and_lose_nothing(
    inside: Flask, settings: Settings, box: Box
) -> None:
    mailing = begun(150, mail.Policy.RESEND)
    workers = [started(settings) for _ in range(2)]
    assert [one.wait(timeout=120) for one in workers] == [0, 0]
    run_jobs(inside, by_the_clock=False)
    found = printed(box, mailing)
    assert (found.sent, doubled(box)) == (150, 0)
    assert again(mailing).state is MailingState.FINISHED
