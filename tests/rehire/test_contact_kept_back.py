"""A letter to a candidate that may not go any more when it is sent (S24)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.rehire import queries
from alumni_portal.rehire.models import Contact, ContactState, Interest, Level
from tests.rehire.making import candidate, end_consent, write
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

HOME = "amira@post.example"


def ends_answer(make: Make, her: Account) -> None:
    with make.work():
        interest = db.session.get_one(Interest, her.person_id)
        interest.expires_at = clock.now() - timedelta(seconds=1)


def says_not_now(make: Make, her: Account) -> None:
    with make.work():
        db.session.get_one(Interest, her.person_id).level = Level.NOT_NOW


def takes_consent_back_unheard(make: Make, her: Account) -> None:
    """The consent goes while the letter is on its way to the relay: nobody reacts any more."""
    with make.work():
        db.session.execute(
            delete(StandingConsent).where(
                StandingConsent.person_id == her.person_id,
                StandingConsent.purpose == Purpose.RECRUITER_CONTACT,
            )
        )


@covers("S24")
@pytest.mark.both_databases
@pytest.mark.parametrize(
    "ends",
    [
        ends_answer,
        says_not_now,
        takes_consent_back_unheard,
        lambda make, her: end_consent(make, her, Purpose.RECRUITER_CONTACT),
        lambda make, her: end_consent(make, her, Purpose.MEMBERSHIP),
    ],
    ids=["answer", "not_now", "unheard", "consent", "membership"],
)
def test_a_letter_is_asked_about_once_more_when_it_is_sent_and_its_sender_sees_no_reason(
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    ends: Callable[[Make, Account], None],
) -> None:
    me, her = make.staff(Role.RECRUITER), candidate(make, private=HOME)
    sent = write(make, me, her)
    ends(make, her)
    assert not [one for one in outbox.letters(HOME) if "undrar om du" in one.subject]
    with app.app_context():
        assert db.session.get_one(Contact, sent.id).state is ContactState.WITHDRAWN
    recruiter = browser.as_(me)
    page = recruiter.go(f"/contacts/{sent.public_id}")
    assert "Skickades inte" in page
    assert "Har tagit tillbaka" not in page
    assert "Skickades inte" in recruiter.get("rehire.contacts")
    with app.app_context():
        assert queries.earlier(her.person_id) == []
        assert queries.received_by(her.person_id) == []
