"""How fast a mailing leaves, against a bare smtplib loop to the same server in the same run.

    .venv/bin/python bench/mailings.py [--number 500] [--rounds 3] [--postgres] [--profile]

The mailing is the path of the portal end to end, one worker: jobs claimed, each copy's consent,
address and suppression asked for, the mail made, handed over and its answer kept. The bare loop
sends mails of the same bytes over one connection, made beforehand. The server runs in a process of
its own and keeps nothing. Both run in turn; the ratio is the median of the rounds' ratios.
"""

import argparse
import cProfile
import pstats
import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from statistics import median
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask

from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.services import deliveries
from alumni_portal.people.models import AddressKind, EmailAddress, Person
from tests.support import database as databases
from tests.support.app import made_app, migrate, settings_for
from tests.support.relay import free_port

ROOT = Path(__file__).resolve().parents[1]
SERVER = """
import asyncio, sys
from aiosmtpd.controller import Controller
class Nowhere:
    async def handle_DATA(self, server, session, envelope):
        return "250 2.0.0 taken"
Controller(Nowhere(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
asyncio.new_event_loop().run_forever()
"""
PARAGRAPH = "Det händer mycket hos oss i höst, och vi vill gärna att du är med. " * 12
TEXT = f"Hej {{{{first_name}}}}!\n\n{PARAGRAPH}\n\n{{{{unsubscribe}}}}\n"
HTML = (
    f'<p style="margin:0 0 16px">Hej {{{{first_name}}}}!</p><p>{PARAGRAPH}</p>'
    '<p><a href="{{unsubscribe}}">Sluta få mejlen</a></p>'
)


@contextmanager
def server(port: int) -> Iterator[None]:
    running = subprocess.Popen([sys.executable, "-c", SERVER, str(port)])
    try:
        for _ in range(100):
            try:
                create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                sleep(0.1)
        yield
    finally:
        running.kill()
        running.wait()


def people(number: int) -> list[mail.Recipient]:
    """Make members who agreed to the newsletter and return them as its receivers."""
    with unit():
        made = [Person(language="sv") for _ in range(number)]
        for place, one in enumerate(made):
            one.call("Anna", f"Ek{place}")
        db.session.add_all(made)
        db.session.flush()
        for place, one in enumerate(made):
            address = f"anna{place}@post.example"
            db.session.add(
                EmailAddress(
                    person_id=one.id,
                    kind=AddressKind.PRIVATE,
                    address=address,
                    canonical=address,
                    verified_at=clock.now(),
                )
            )
            for purpose in (Purpose.MEMBERSHIP, Purpose.NEWSLETTER):
                consents.give(one, purpose, language="sv", how=How.JOIN_REQUEST, by=SYSTEM)
        return [
            mail.Recipient(
                person_id=one.id,
                address=f"anna{place}@post.example",
                language="sv",
                values={"first_name": "Anna"},
            )
            for place, one in enumerate(made)
        ]


def begin(to: list[mail.Recipient], ref: str) -> int:
    edition = mail.Edition(language="sv", subject="Höstens nyheter", html=HTML, text=TEXT)
    with unit():
        return mail.begin(
            kind="newsletters/issue",
            ref=ref,
            purpose=Purpose.NEWSLETTER,
            editions=[edition],
            recipients=to,
            by=SYSTEM,
        ).id


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def one_mail(mailing: int) -> bytes:
    """Return one of the mails of a mailing as it travels."""
    with unit():
        chunk = deliveries.open_chunk(mailing, 0, owner="bench")
        made = deliveries.claim(chunk, chunk.due[0]) if chunk else None
        body = made.as_bytes() if made else b""
        db.session.rollback()
    return body


def bare(port: int, body: bytes, number: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as host:
        for place in range(number):
            host.sendmail("alumni@sundmark.example", [f"anna{place}@post.example"], body)


def rounds(app: Flask, port: int, args: argparse.Namespace) -> Iterator[tuple[float, float]]:
    with app.app_context():
        to = people(args.number)
        body = one_mail(begin(to[:1], "sample"))
        jobs.run_queued()
        for turn in range(args.rounds):
            mailing = begin(to, f"round{turn}")
            profiler = cProfile.Profile()
            if args.profile:
                profiler.enable()
            ours = timed(jobs.run_queued)
            profiler.disable()
            if args.profile:
                pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)
            if queries.progress(mailing).sent != args.number:
                raise SystemExit(queries.progress(mailing))
            yield ours, timed(lambda: bare(port, body, args.number))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as name, server(port):
        folder = Path(name)
        (folder / "databases").mkdir()
        kind = databases.Postgres if args.postgres else databases.Sqlite
        database = kind(folder / "databases", migrate)
        settings = settings_for(
            database.fresh(folder), folder / "instance", MAIL_URL=f"smtp://127.0.0.1:{port}"
        )
        try:
            with made_app(settings) as app:
                ratios = []
                for ours, theirs in rounds(app, port, args):
                    ratios.append(ours / theirs)
                    a, b = args.number / ours, args.number / theirs
                    print(f"mailing {a:7.0f}/s   bare {b:7.0f}/s   {ours / theirs:5.1f} times")
                print(f"median: a mailing takes {median(ratios):.1f} times a bare loop")
        finally:
            databases.stop(folder / "databases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
