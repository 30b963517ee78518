"""kill -9 in the middle of a mailing, to a real server: nobody gets it twice, nobody is lost (S67).

One worker is killed at a moment when the server has a mail and has not said so: the worst one. What
nobody knows is left to a person; everything else goes on. Twenty kills with `--faults full`.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import MailingState
from tests.mail.making import again, begun, readers, recipients
from tests.mail.smtp.conftest import box, port, settings
from tests.support.app import SECRET
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box

__all__ = ["box", "port", "settings"]

pytestmark = pytest.mark.both_databases
WORK = """
from alumni_portal.app import create_app
from alumni_portal.core import jobs
with create_app().app_context():
    jobs.run_queued()
"""


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return 20 if request.config.getoption("--faults") == "full" else 1


class Worker:
    """A process that works, and is killed when the server has got so many mails."""

    def __init__(self, settings: Settings, box: Box, *, dies_at: int) -> None:
        env = {
            "ALUMNI_MODE": "demo",
            "ALUMNI_SECRET_KEY": SECRET,
            "ALUMNI_DATABASE_URL": settings.database_url,
            "ALUMNI_INSTANCE": str(settings.instance),
            "ALUMNI_BASE_URL": "http://localhost",
            "ALUMNI_MAIL_URL": settings.mail_url,
        }
        self._left = dies_at
        box.sees = self._see
        self._process = subprocess.Popen([sys.executable, "-c", WORK], env={**os.environ, **env})

    def _see(self, _mail: bytes) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(self._process.pid, signal.SIGKILL)

    def end(self) -> int:
        return self._process.wait(timeout=120)


def let_the_lease_run_out() -> None:
    db.session.rollback()
    over = {"lease_until": clock.now() - timedelta(seconds=1)}
    db.session.execute(update(Job).where(Job.state == JobState.RUNNING).values(**over))
    db.session.commit()


def dying_workers(settings: Settings, box: Box, kills: int) -> Iterator[int]:
    for turn in range(kills):
        yield Worker(settings, box, dies_at=1 + turn % 3).end()
        let_the_lease_run_out()


@covers("S67")
def test_a_killed_worker_leaves_one_mail_in_doubt_and_another_goes_on(
    inside: Flask, make: Make, settings: Settings, box: Box, kills: int
) -> None:
    number = 4 + 3 * kills
    mailing = begun(make, recipients(readers(make, number)))
    assert list(dying_workers(settings, box, kills)) == [-signal.SIGKILL] * kills
    box.sees = lambda _mail: None
    run_jobs(inside)
    assert set(Counter(box.receivers).values()) == {1}
    assert len(box.receivers) == number
    assert queries.progress(mailing.id) == mail.Progress(0, number - kills, 0, 0, kills, number)
    assert again(mailing).state is MailingState.SENDING  # a person decides about those in doubt
    with make.work():
        assert mail.settle_uncertain(again(mailing), again=False, by=SYSTEM) == kills
    assert again(mailing).state is MailingState.FINISHED
