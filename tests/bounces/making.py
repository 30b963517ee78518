"""A mailing that was sent, and what comes back of it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from alumni_portal.bounces import services
from alumni_portal.bounces.models import ReturnedMail, Way
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Mailing
from alumni_portal.mail.services import return_paths
from tests.bounces.identity import BOUNCES
from tests.bounces.samples import DSN, written
from tests.mail.making import begun, readers, recipients
from tests.support.browser import Browser
from tests.support.make import Make


@dataclass(frozen=True)
class Sent:
    """One mailing to three people; the first of them is Anna."""

    mailing: Mailing
    people: tuple[int, ...]

    def local(self, place: int = 0) -> str:
        """Return the local part that a bounce of somebody's copy is sent to."""
        sender = return_paths.envelope_sender(self.mailing.public_id, self.people[place])
        return sender.partition("@")[0]


def with_bounces(app: Flask, **more: Any) -> None:
    """Give a portal a place for what comes back."""
    known = app.extensions["alumni_portal.settings"]
    app.extensions["alumni_portal.settings"] = replace(known, mail_bounces=BOUNCES, **more)


def sent(make: Make) -> Sent:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    return Sent(mailing, tuple(one.person_id for one in people))


def take(local: str, sample: str = DSN, **more: str) -> ReturnedMail:
    """Take one mail in as the listener does, and commit it."""
    with unit():
        row = services.take(written(sample, **more), way=Way.LISTENER, recipient=local)
    db.session.rollback()
    return row


def hr(browser: Browser, make: Make) -> Browser:
    return browser.another().as_(make.staff(Role.HR))
