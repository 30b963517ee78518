"""The letters that the portal wrote, and the background work that sends them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.mail.models import Letter

A_WHILE = timedelta(minutes=10)
URL = re.compile(r"https?://[^\s)\"'<>]+")


@dataclass(frozen=True)
class Received:
    """A letter as its reader sees it."""

    to: str
    subject: str
    text: str
    html: str
    message: EmailMessage

    @property
    def links(self) -> list[str]:
        """Return every address in the text, in order."""
        return URL.findall(self.text)

    @property
    def link(self) -> str:
        """Return the one address in the text."""
        assert len(self.links) == 1, f"{self.subject}: {self.links}"
        return self.links[0]

    def find(self, pattern: str) -> str:
        """Return the first group of a pattern in the text."""
        found = re.search(pattern, self.text)
        assert found, f"{pattern!r} not in {self.text}"
        return found[1]


def run_jobs(app: Flask, *, fails: bool = False, by_the_clock: bool = True) -> int:
    """Run all background work that is due and return how many jobs ran.

    A job that fails fails the test, unless it is said to. What runs by the clock may be left out.
    """
    with app.app_context():
        ran = jobs.run_due() if by_the_clock else jobs.run_queued()
        troubles = db.session.execute(
            select(jobs.Job.name, jobs.Job.error).where(jobs.Job.error != "")
        )
        failed = [f"{name}: {error}" for name, error in troubles]
    assert bool(failed) == fails, f"failed jobs: {failed}"
    return ran


class Outbox:
    """Every letter sent so far, oldest first. Looking into it sends what waits.

    What runs by the clock runs too when time has passed, which in a test means travelled;
    else `work()` runs it.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._made_at = clock.now()
        self.folder: Path = app.extensions["alumni_portal.settings"].instance / "mail"

    def __len__(self) -> int:
        return len(self.letters())

    def letters(self, to: str = "") -> list[Received]:
        """Return the letters, those to one address if it is given."""
        self._send()
        paths = self.folder.glob("*.eml")
        messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        order = self._order()
        found = sorted(messages, key=lambda message: order.get(_name(message), len(order) + 1))
        return [_received(message) for message in found if to in str(message["To"])]

    def last(self, to: str = "") -> Received:
        found = self.letters(to)
        assert found, f"no letter to {to!r}; there are {[one.to for one in self.letters()]}"
        return found[-1]

    def subjects(self, to: str = "") -> list[str]:
        return [letter.subject for letter in self.letters(to)]

    def clear(self) -> None:
        """Forget the letters so far."""
        self._send()
        for path in self.folder.glob("*.eml"):
            path.unlink()

    def _send(self) -> None:
        run_jobs(self.app, by_the_clock=clock.now() - self._made_at > A_WHILE)

    def _order(self) -> dict[str, int]:
        with self.app.app_context():
            return {letter.public_id: letter.id for letter in db.session.scalars(select(Letter))}


def _name(message: EmailMessage) -> str:
    return str(message["Message-ID"]).strip("<>").partition("@")[0]


def _received(message: EmailMessage) -> Received:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return Received(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        message=message,
    )
