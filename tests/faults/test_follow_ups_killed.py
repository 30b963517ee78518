"""Who asked to be told gets exactly one letter, whatever happens to those who write it.

Two processes write at once; one is killed with SIGKILL right before or right after what it has
done becomes lasting, and another goes on. More kills with `--faults full`.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.settings import Settings
from alumni_portal.insights import services
from alumni_portal.insights.models import FollowUp
from alumni_portal.mail.models import Letter
from tests.insights.making_actions import closed
from tests.support.app import SECRET
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
#: More than are told in one go.
WAITING = 103

#: Waits until it is told to begin, then tells a few at a time until nobody waits.
TELLS = """
import sys
from alumni_portal.app import create_app
from alumni_portal.core.transaction import unit
from alumni_portal.insights import queries, services
with create_app().app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    told, some = 0, 1
    while some:
        with unit():
            some = services.tell_some(queries.action(sys.argv[1]), limit=5)
        told += some
    print(told, flush=True)
"""
#: Works like a worker, and dies before or after some commit.
DIES = """
import os, signal, sys
from sqlalchemy import event
from alumni_portal.app import create_app
from alumni_portal.core import jobs
from alumni_portal.core.db import db
moment, left = sys.argv[1], int(sys.argv[2])
def die(_session):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
with create_app().app_context():
    event.listen(db.session, moment, die)
    jobs.run_queued()
"""


def begun(settings: Settings, code: str, *words: str) -> subprocess.Popen[str]:
    env = {
        "ALUMNI_MODE": "demo",
        "ALUMNI_SECRET_KEY": SECRET,
        "ALUMNI_DATABASE_URL": settings.database_url,
        "ALUMNI_INSTANCE": str(settings.instance),
        "ALUMNI_BASE_URL": "http://localhost",
    }
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, env={**os.environ, **env}, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def action(make: Make) -> str:
    """Return a closed action that many wait to hear of; nobody has been told yet."""
    with make.work():
        for number in range(WAITING):
            services.ask("leadership", f"leaver{number}@home.example", language="sv")
    return closed(make).public_id


def letters(make: Make) -> Counter[str]:
    """Return how many letters each address was written."""
    with make.work():
        return Counter(db.session.scalars(select(Letter.to_address)))


def waiting(make: Make) -> int:
    with make.work():
        return db.session.scalar(select(func.count()).select_from(FollowUp)) or 0


def at_once(*both: subprocess.Popen[str]) -> list[int]:
    """Let processes begin at the same moment; return how many letters each wrote."""
    for one in both:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    return [int(one.communicate(timeout=120)[0] or 0) for one in both]


def test_two_processes_at_once_write_one_letter_each(
    settings: Settings, make: Make, action: str
) -> None:
    with begun(settings, TELLS, action) as one, begun(settings, TELLS, action) as two:
        told = at_once(one, two)
    assert sum(told) == WAITING
    assert waiting(make) == 0
    assert set(letters(make).values()) == {1}
    assert len(letters(make)) == WAITING


@pytest.fixture
def moments(request: pytest.FixtureRequest) -> list[tuple[str, int]]:
    """Return when workers die: a commit takes the job, the next ones tell a hundred each."""
    few = [("before_commit", 2), ("after_commit", 2)]
    every = [(moment, n) for moment in ("before_commit", "after_commit") for n in range(1, 7)]
    return every if request.config.getoption("--faults") == "full" else few


def test_a_killed_worker_tells_nobody_twice_and_forgets_nobody(
    settings: Settings,
    make: Make,
    action: str,
    moments: list[tuple[str, int]],
) -> None:
    left = []
    for moment, number in moments:
        with begun(settings, DIES, moment, str(number)) as dead:
            assert dead.wait(timeout=120) == -signal.SIGKILL
        left.append(waiting(make))
        with make.work():
            over = {"lease_until": clock.now() - timedelta(seconds=1)}
            db.session.execute(update(Job).where(Job.state == JobState.RUNNING).values(**over))
    with begun(settings, TELLS, action) as last:
        at_once(last)
    assert waiting(make) == 0
    assert set(letters(make).values()) == {1}
    assert len(letters(make)) == WAITING
    assert left[0] == WAITING
    assert left[-1] in {0, WAITING - 100}
