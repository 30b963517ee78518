"""The listener takes what comes back to addresses that we made, and nothing else."""

import asyncio
import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.bounces.models import Kind, ReturnedMail
from alumni_portal.bounces.services import listening
from alumni_portal.bounces.services.listening import Hours
from alumni_portal.core.db import db
from alumni_portal.mail.queries import is_suppressed
from tests.bounces.making import Sent, sent, with_bounces
from tests.bounces.samples import DSN, written
from tests.support.covers import covers
from tests.support.make import Make

DOMAIN = "studs.sundmark.example"


@pytest.fixture
def news(app: Flask, make: Make) -> Sent:
    with_bounces(app)
    with app.app_context():
        return sent(make)


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def port(app: Flask, hours: Hours) -> Iterator[int]:
    """Return where the listener listens."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    known: list[int] = []
    up = threading.Event()

    def ready(bound: int) -> None:
        known.append(bound)
        up.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(
            listening.listen(
                app.app_context, host="127.0.0.1", port=0, stop=stop, ready=ready, hours=hours
            )
        )

    thread = threading.Thread(target=run)
    thread.start()
    assert up.wait(10)
    yield known[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


def returned(app: Flask) -> list[ReturnedMail]:
    with app.app_context():
        return list(db.session.scalars(select(ReturnedMail)))


def local(app: Flask, news: Sent) -> str:
    with app.app_context():
        return news.local()


@pytest.mark.parametrize("kind", [smtplib.SMTP, smtplib.LMTP], ids=["smtp", "lmtp"])
def test_a_bounce_is_taken(app: Flask, news: Sent, port: int, kind: type[smtplib.SMTP]) -> None:
    with kind("127.0.0.1", port) as host:
        host.ehlo_or_helo_if_needed()
        assert host.mail("")[0] == 250
        assert host.rcpt(f"{local(app, news).upper()}@{DOMAIN}")[0] == 250
        assert host.rcpt(f"{local(app, news)}@{DOMAIN}")[0] == 452, "one at a time"
        assert host.data(written(DSN))[0] == 250
    assert [one.kind for one in returned(app)] == [Kind.BOUNCE]
    with app.app_context():
        assert is_suppressed("anna0@post.example")


def test_what_we_did_not_make_is_refused_before_a_word_of_it(
    app: Flask, news: Sent, port: int
) -> None:
    ours = local(app, news)
    other = "b" if ours.endswith("a") else "a"
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        host.mail("")
        for forged in (
            "postmaster",
            "b",
            f"{ours[:-1]}{other}",
            ours.replace("b+", "b+a"),
            ours + ".1",
        ):
            code, said = host.rcpt(f"{forged}@{DOMAIN}")
            assert (code, said[:5]) == (550, b"5.1.1"), forged
        assert host.docmd("DATA")[0] == 503
    assert returned(app) == []


def test_what_is_too_large_is_refused(app: Flask, news: Sent, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        assert host.mail("", ["SIZE=10000001"])[0] == 552
        host.mail("")
        host.rcpt(f"{local(app, news)}@{DOMAIN}")
        assert host.data((b"y" * 100_000 + b"\r\n") * 101)[0] == 552
        assert host.noop()[0] == 250
    assert returned(app) == []


def test_a_large_report_with_long_lines_is_read_like_any_other(
    app: Flask, news: Sent, port: int
) -> None:
    head, end, rest = written(DSN, answer="550 5.1.1 " + "no " * 2_000).partition(b"\r\n--B1--")
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        host.mail("", ["SIZE=3000000"])
        host.rcpt(f"{local(app, news)}@{DOMAIN}")
        assert host.data(head + b"\r\n" + b"x" * 3_000_000 + end + rest)[0] == 250
    (row,) = returned(app)
    assert (row.kind, row.status) == (Kind.BOUNCE, "5.1.1")
    assert row.size > 3_000_000


@pytest.mark.parametrize(
    ("hours", "said"),
    [(Hours(patience=0.2), b""), (Hours(patience=5, longest_visit=0.4), b"NOOP\r\n")],
    ids=["silent", "talks on"],
)
def test_nobody_stays_for_ever(port: int, said: bytes) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.settimeout(0.05)
        with suppress(ConnectionError):
            while time.monotonic() - began < 8:
                line.sendall(said)
                with suppress(TimeoutError):
                    if not line.recv(200):
                        break
    assert time.monotonic() - began < 4


@covers("S34")
def test_what_strangers_say_stands_in_no_log(
    port: int, caplog: pytest.LogCaptureFixture, news: Sent
) -> None:
    del news
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        assert host.docmd("\x1b[31m{anna@post.example}")[0] == 500
        assert host.docmd("DATA anna@post.example")[0] >= 500
    assert not [one for one in caplog.records if one.name.startswith("mail")]


def test_garbage_does_not_end_it(app: Flask, news: Sent, port: int) -> None:
    hostile = (
        b"\xff\x00\r\n" * 3,
        b"x" * 3_000_000 + b"\r\n",
        b"RCPT TO:<\r\n",
        b"LHLO\r\nLHLO x\r\nEHLO\r\n",
    )
    for garbage in hostile:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.recv(200)
            line.sendall(garbage)
            line.recv(200)
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        host.mail("")
        assert host.rcpt(f"{local(app, news)}@{DOMAIN}")[0] == 250
        assert host.data(b"\0\xff" * 400 + b"\r\n.\r\nHej")[0] == 250
    assert [one.kind for one in returned(app)] == [Kind.UNREADABLE]


def test_what_cannot_be_kept_stays_with_the_sender(app: Flask, news: Sent, port: int) -> None:
    with app.app_context():
        ReturnedMail.__table__.drop(db.engine)  # type: ignore[attr-defined]  # the table, as SQLAlchemy has it
    with smtplib.SMTP("127.0.0.1", port) as host:
        host.ehlo("x")
        host.mail("")
        host.rcpt(f"{local(app, news)}@{DOMAIN}")
        assert host.data(written(DSN))[0] == 451
        assert host.noop()[0] == 250


def test_a_crowd_is_turned_away(app: Flask, port: int) -> None:
    lines = [
        socket.create_connection(("127.0.0.1", port)) for _ in range(listening.MOST_VISITORS + 1)
    ]
    greetings = [line.recv(200) for line in lines]
    for line in lines:
        line.close()
    assert greetings[0].startswith(b"220")
    assert b"421" in greetings[-1]
