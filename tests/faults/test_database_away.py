"""The database goes away and comes back: what was acknowledged is there, the rest was refused.

PostgreSQL is killed where it stands and started anew, in the middle of a mailing and under writers
(S70); the portal starts before its database (S71); SQLite has no room left (S72). With
`--faults full` the database dies ten times in a mailing to 10,000.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from alumni_portal.core import audit, carrier
from alumni_portal.core.db import db
from alumni_portal.core.jobs.running import Pool
from alumni_portal.core.permissions import Role
from alumni_portal.core.settings import Settings
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import MailingState
from alumni_portal.newsletters.models import Newsletter
from tests.faults.counting import Count, counted
from tests.faults.test_mailing_killed import begun
from tests.faults.workers import let_leases_run_out, let_pauses_be_over
from tests.mail.making import again
from tests.mail.smtp.conftest import box, port
from tests.support.app import made_app, settings_for
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.outages import OwnServer, own_server
from tests.support.relay import Box

__all__ = ["box", "port"]

WRITERS, PATIENCE = 8, 60
#: What is in hand goes on while the database is away: a death lasts for half a second's mails.
FOR_EACH_DEATH = 1_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    with own_server(tmp_path_factory.mktemp("away")) as server:
        yield server


@pytest.fixture
def settings(server: OwnServer, tmp_path: Path, port: int) -> Settings:
    url = server.empty_portal(tmp_path)
    return settings_for(url, tmp_path / "instance", MAIL_URL=f"smtp://127.0.0.1:{port}")


@pytest.fixture
def deaths(request: pytest.FixtureRequest) -> int:
    return 10 if request.config.getoption("--faults") == "full" else 2


@covers("S70")
def test_a_mailing_goes_on_when_the_database_is_back(
    inside: Flask, server: OwnServer, box: Box, deaths: int
) -> None:
    mailing = begun(FOR_EACH_DEATH * deaths, mail.Policy.HOLD)
    pool = Pool(inside, workers=1)
    for turn in range(deaths):
        gone = dies_after(server, box, 40 + 7 * turn)
        if turn == 0:
            pool.start()
        assert is_gone_in_time(gone)
        server.comes_back()
        let_leases_run_out()
    pool.stop()
    let_leases_run_out()
    let_pauses_be_over()
    run_jobs(inside, by_the_clock=False)
    count = counted(mailing, Counter(box.receivers).values())
    assert count == Count(acked=FOR_EACH_DEATH * deaths, lost=0, dup=0, uncertain=0)
    assert again(mailing).state is MailingState.FINISHED


def dies_after(server: OwnServer, box: Box, number: int) -> Event:
    """Let the database die when the relay has so many more mails; say when it has."""
    left, gone = [number], Event()

    def see(_mail: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            server.goes_away()
            gone.set()

    box.sees = see
    return gone


def is_gone_in_time(gone: Event) -> bool:
    """Wait for the next death, and let no pause of the one before last that long."""
    for _moment in range(PATIENCE * 5):
        if gone.wait(0.2):
            return True
        with suppress(OperationalError):  # it may be dying just now
            let_pauses_be_over()
            carrier.wake()
    return False


class Writer(Thread):
    """Somebody at HR who begins one newsletter after the other."""

    def __init__(self, reader: Browser, name: str) -> None:
        super().__init__(daemon=True)
        self._reader, self._title = reader, name
        self._token = reader.get("newsletters.new").value("csrf_token")
        self.acknowledged: list[str] = []
        self.unclear: list[int] = []
        self.stop, self.has_written, self.was_refused = Event(), Event(), Event()

    def run(self) -> None:
        while not self.stop.is_set():
            self.write(f"{self._title} {len(self.acknowledged)}")

    def write(self, title: str) -> int:
        data = {"title": title, "csrf_token": self._token}
        answer = self._reader.open("/newsletters/new", method="POST", data=data)
        if answer.status_code == 303:
            self.acknowledged.append(title)
            self.has_written.set()
        elif answer.status_code == 503 and answer.headers["Retry-After"] == "5":
            self.was_refused.set()
        else:
            self.unclear.append(answer.status_code)
        return answer.status_code


@covers("S70")
def test_what_writers_were_told_was_saved_is_there(
    app: Flask, server: OwnServer, make: Make, browser: Browser
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    writers = [Writer(browser.another().as_(make.staff(Role.HR)), f"W{n}") for n in range(WRITERS)]
    for one in writers:
        one.start()
    assert all(one.has_written.wait(PATIENCE) for one in writers)
    server.goes_away()
    assert all(one.was_refused.wait(PATIENCE) for one in writers)
    server.comes_back()
    for one in writers:
        one.stop.set()
        one.join(PATIENCE)
    assert [one.write("back") for one in writers] == [303] * WRITERS, "at once"
    assert [one.unclear for one in writers] == [[]] * WRITERS
    with app.app_context():
        stored = set(db.session.scalars(select(Newsletter.title)))
        assert {title for one in writers for title in one.acknowledged} <= stored
        assert audit.verify() is None


@covers("S71")
def test_the_portal_starts_before_its_database_and_says_so(
    server: OwnServer, settings: Settings
) -> None:
    server.goes_away()
    with made_app(settings) as app:
        reader = Browser(app)
        for path, status in (("/healthz", 200), ("/readyz", 503), ("/what-changed", 503)):
            assert reader.open(path).status_code == status, path
        page = Browser(app, language="en").get("/what-changed", status=503)
        assert page.heading == "The portal is taking a short break"
        server.comes_back()
        for path in ("/healthz", "/readyz", "/what-changed"):
            assert reader.open(path).status_code == 200, path
