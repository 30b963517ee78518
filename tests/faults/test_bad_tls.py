"""A relay whose TLS is bad in any way gets no mail, nor a word of it; everybody waits (S73)."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.settings import Settings
from alumni_portal.mail.models import MailingState
from tests.faults.counting import Count, counted
from tests.mail.making import again, begun, readers, recipients
from tests.support.app import settings_for
from tests.support.covers import covers
from tests.support.database import Database
from tests.support.letters import run_jobs
from tests.support.make import Make

WAYS = ("not offered", "refused", "garbage", "hangs up", "silent")
PEOPLE = 3


class _Talk(socketserver.StreamRequestHandler):
    server: "_Relay"

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            self.server.heard.add(word)
            if word == b"EHLO":
                offers = b"" if self.server.way == "not offered" else b"250-STARTTLS\r\n"
                self.wfile.write(b"250-here\r\n" + offers + b"250 PIPELINING\r\n")
            elif word == b"STAR" and not self.greets():
                return

    def greets(self) -> bool:
        """Answer the wish for TLS as this relay does and say whether it goes on talking."""
        refuses = self.server.way == "refused"
        self.wfile.write(b"454 4.7.0 not now\r\n" if refuses else b"220 go on\r\n")
        if self.server.way == "garbage":
            self.wfile.write(b"hello? " * 40)
        if self.server.way == "silent":
            self.server.over.wait(20)
        return refuses


class _Relay(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, way: str) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.way, self.heard, self.over = way, set[bytes](), threading.Event()


@pytest.fixture(params=WAYS)
def relay(request: pytest.FixtureRequest) -> Iterator[_Relay]:
    with _Relay(request.param) as relay:
        threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.05}).start()
        yield relay
        relay.over.set()
        relay.shutdown()


@pytest.fixture
def settings(database: Database, tmp_path: Path, relay: _Relay) -> Iterator[Settings]:
    url = database.fresh(tmp_path)
    login, host = "portal:secret", f"127.0.0.1:{relay.server_address[1]}"
    at = f"smtp+starttls://{login}@{host}"
    yield settings_for(url, tmp_path / "instance", MAIL_URL=at, MAIL_PATIENCE="0.5")
    database.drop(url)


@covers("S73")
def test_without_good_tls_nothing_is_said_and_everybody_waits(
    inside: Flask, make: Make, relay: _Relay
) -> None:
    mailing = begun(make, recipients(readers(make, PEOPLE)))
    for minutes in (0, 2):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
            run_jobs(inside, by_the_clock=False)
    assert relay.heard <= {b"EHLO", b"STAR", b"QUIT"}
    assert again(mailing).trouble
    assert again(mailing).state is MailingState.SENDING
    assert counted(mailing, []) == Count(acked=0, lost=PEOPLE, dup=0, uncertain=0)
