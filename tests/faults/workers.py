"""Worker processes of one portal, to be killed, stopped and woken."""

import os
import subprocess
import sys
from datetime import timedelta

from sqlalchemy import update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.settings import Settings
from tests.support.app import SECRET

WORK = """
from alumni_portal.app import create_app
from alumni_portal.core import jobs
with create_app().app_context():
    jobs.run_queued()
"""


def started(settings: Settings, **more: str) -> "subprocess.Popen[bytes]":
    """Start a worker that runs what is queued and ends."""
    env = {**os.environ, **environment(settings), **more}
    return subprocess.Popen([sys.executable, "-c", WORK], env=env)


def environment(settings: Settings) -> dict[str, str]:
    """Return what a process must be told to be a worker of the same portal."""
    return {
        "ALUMNI_MODE": "demo",
        "ALUMNI_SECRET_KEY": SECRET,
        "ALUMNI_DATABASE_URL": settings.database_url,
        "ALUMNI_INSTANCE": str(settings.instance),
        "ALUMNI_BASE_URL": "http://localhost",
        "ALUMNI_MAIL_URL": settings.mail_url,
    }


def let_leases_run_out() -> None:
    """Let every lease be over, as half a minute does."""
    db.session.rollback()
    over = {"lease_until": clock.now() - timedelta(seconds=1)}
    db.session.execute(update(Job).where(Job.state == JobState.RUNNING).values(**over))
    db.session.commit()


def let_pauses_be_over() -> None:
    """Let what failed be tried again at once: after ten failures that takes long."""
    db.session.rollback()
    waits = Job.state == JobState.QUEUED, Job.error != ""
    db.session.execute(update(Job).where(*waits).values(run_at=clock.now()))
    db.session.commit()
