"""Mailings for tests."""

from collections.abc import Sequence
from datetime import timedelta

import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents.rules import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.night import Quiet
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, Mailing
from tests.support.letters import run_jobs
from tests.support.make import Make

NEWS = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER)
TEXT = "Hej {{first_name}}!\n\nSå här slutar du få mejlen: {{unsubscribe}}\n"
HTML = '<p>Hej {{first_name}}!</p><p><a href="{{unsubscribe}}">Sluta få mejlen</a></p>'


def edition(
    language: str = "sv",
    subject: str = "Nytt från oss",
    *,
    files: tuple[mail.Attachment, ...] = (),
    **more: str,
) -> mail.Edition:
    texts = {"html": HTML, "text": TEXT, **more}
    return mail.Edition(
        language=language, subject=subject, html=texts["html"], text=texts["text"], files=files
    )


def readers(make: Make, number: int) -> list[Account]:
    return [
        make.alumnus(f"Anna{n} Ek", private=f"anna{n}@post.example", agreed_to=NEWS)
        for n in range(number)
    ]


def recipients(people: Sequence[Account], **values: str) -> list[mail.Recipient]:
    return [
        mail.Recipient(
            person_id=one.person_id,
            address=f"anna{number}@post.example",
            language="sv",
            values={"first_name": f"Anna{number}", **values},
        )
        for number, one in enumerate(people)
    ]


def begun(
    make: Make,
    to: Sequence[mail.Recipient],
    *editions: mail.Edition,
    ref: str = "one",
    quiet: Quiet | None = None,
) -> Mailing:
    with make.work():
        return mail.begin(
            kind="newsletters/issue",
            ref=ref,
            purpose=Purpose.NEWSLETTER,
            editions=editions or (edition(),),
            recipients=to,
            by=SYSTEM,
            quiet=quiet,
        )


def again(mailing: Mailing) -> Mailing:
    """Return the mailing as the database has it now."""
    db.session.rollback()
    found = queries.mailing_of(mailing.kind, mailing.ref)
    assert found
    db.session.refresh(found)
    return found


def copy_of(mailing: Mailing, one: Account) -> Delivery:
    db.session.rollback()
    found = db.session.get_one(Delivery, (mailing.id, one.person_id))
    db.session.refresh(found)
    return found


def works(inside: Flask, *minutes: int) -> None:
    """Let what is due be done so many minutes from now, one after the other."""
    start = clock.now()
    for minute in minutes:
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            run_jobs(inside, by_the_clock=False)
    db.session.rollback()


__all__ = ["again", "begun", "clock", "copy_of", "edition", "readers", "recipients", "works"]
