"""A relay that drips holds nobody up for longer than its patience, wherever it drips."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from alumni_portal.mail.rules import Answer, NotSent, Parcel, Sent, Unreached
from alumni_portal.mail.services.lines import FolderLine
from alumni_portal.mail.services.load import Unwatched
from alumni_portal.mail.services.transport import Route
from tests.support.covers import covers

PATIENCE = 0.4
STAGES = (b"banner", b"EHLO", b"STARTTLS", b"AUTH")
GOOD = {
    b"EHLO": b"250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
    b"STARTTLS": b"220 go on\r\n",
    b"AUTH": b"235 yes\r\n",
}


class _Drips(socketserver.StreamRequestHandler):
    """Says all at once until a stage, and there one byte each so often, for ever."""

    server: "_Server"

    def handle(self) -> None:
        self.say(b"banner", b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            self.say(word, GOOD.get(word, b"250 yes\r\n"))

    def say(self, stage: bytes, words: bytes) -> None:
        while stage == self.server.stage and not self.server.over.wait(0.02):
            try:
                self.wfile.write(b"2")
            except OSError:
                return
        self.wfile.write(words)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    over = threading.Event()
    stage = b""


@contextmanager
def dripping(stage: bytes) -> Iterator[int]:
    with _Server(("127.0.0.1", 0), _Drips) as server:
        server.stage, server.over = stage, threading.Event()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        try:
            yield server.server_address[1]
        finally:
            server.over.set()
            server.shutdown()


def route(port: int, *, tls: bool = False) -> Route:
    return Route(
        name="127.0.0.1", port=port, use_ssl=False, use_tls=tls, username="x", password="y",
        patience=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
@covers("S73")
def test_all_before_the_first_mail_together_takes_no_longer(stage: bytes) -> None:
    began = monotonic()
    with dripping(stage) as port:
        found = route(port, tls=stage == b"STARTTLS").reached()
    assert found == Unreached("SMTPServerDisconnected")
    assert monotonic() - began < 5 * PATIENCE


def test_one_answer_to_a_letter_takes_no_longer_either() -> None:
    with dripping(b"NOOP") as port:
        host = route(port).reached()
        assert isinstance(host, smtplib.SMTP)
        began = monotonic()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            host.noop()
        assert monotonic() - began < 5 * PATIENCE
        host.close()
    with dripping(b"") as port:
        host = route(port).reached()
        assert isinstance(host, smtplib.SMTP)
        threading.Event().wait(1.5 * PATIENCE)  # ready, it has all the time there is
        assert host.noop()[0] == 250
        host.close()


class Told(Unwatched):
    def __init__(self) -> None:
        self.answers: dict[int, Answer] = {}

    def tell(self, key: int, answer: Answer) -> None:
        self.answers[key] = answer


def test_a_folder_passes_over_what_no_relay_could_be_handed(tmp_path: Path) -> None:
    def torn() -> list[bytes]:
        raise UnicodeError

    def broken() -> list[bytes]:
        raise KeyError

    told = Told()
    parcels = [
        Parcel(1, b"n@b.example", b"a@b.example", lambda: (b"Hej\r\n",)),
        Parcel(2, b"n@b.example", None, lambda: (b"Hej\r\n",)),
        Parcel(3, b"n@b.example", b"c@b.example", torn),
        Parcel(4, b"n@b.example", b"d@b.example", broken),
        Parcel(5, b"n@b.example", b"e@b.example", lambda: (b"Hej\r\n",)),
    ]
    assert FolderLine(tmp_path).hand_over(parcels, told) is None
    assert [type(one) for one in told.answers.values()] == [Sent, NotSent, NotSent, NotSent, Sent]
    assert len(list(tmp_path.iterdir())) == 2
