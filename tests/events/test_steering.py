"""Mailings of an event that stand still: HR sees them there, lets them go on and ends doubts."""

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Mailing, MailingState
from alumni_portal.mail.services import chunks, deliveries
from tests.events.making import event, guest, guests, later, plan, starts
from tests.events.test_asked import invite
from tests.events.test_series import series
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make

REFUSED, NOBODY = "554 5.7.1 no mail from you", "550 5.1.1 <gast001@post.example> unknown"


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


def paused(make: Make, made: Event, trouble: str = REFUSED) -> Mailing:
    """Invite, and let the breaker pause it before anything has gone."""
    with make.work():
        mailing = services.invite(made.id, by=SYSTEM)[0]
        mailing.state, mailing.trouble = MailingState.PAUSED, trouble
    return mailing


@pytest.mark.both_databases
def test_a_paused_invitation_is_continued_and_ends(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    made, _people = event(make), guests(make, 2)
    mailing = paused(make, made)
    page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
    assert "Mejlservern säger nej till alla" in page
    assert f"Senaste svar: {REFUSED}." in page
    assert outbox.letters() == []
    page = page.submit("Fortsätt skicka Inbjudan")
    assert page.flashes == ["Utskicket fortsätter."]
    assert len(outbox.letters()) == 2
    assert "Utskick på väg" not in browser.get("events.attendance", public_id=made.public_id)
    with app.app_context():
        assert db.session.get_one(Mailing, mailing.id).state is MailingState.FINISHED


@pytest.mark.chromium
def test_it_is_usable_on_every_screen(live: Live, make: Make, hr: Account) -> None:
    made, _people = event(make), guests(make, 1)
    paused(make, made, NOBODY)
    live.sign_in(hr)
    live.look(f"/events/{made.public_id}/attendance")


def test_where_nobody_is_there_hr_may_believe_it_and_no_address_is_shown(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    made, _people = event(make), guests(make, 1)
    mailing = paused(make, made, NOBODY)
    page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
    assert "Mejlservern säger att nästan ingen finns" in page
    assert "gast001@" not in page
    page.submit("Lita på svaret och fortsätt Inbjudan")
    with app.app_context():
        assert db.session.get_one(Mailing, mailing.id).believes_relay


@pytest.mark.parametrize(
    ("button", "letters"), [("Skicka igen till osäkra", 1), ("Räkna dem som skickade", 0)]
)
def test_copies_in_doubt_are_settled_by_hand(
    browser: Browser, make: Make, outbox: Outbox, button: str, letters: int
) -> None:
    made, _people = event(make), guests(make, 1)
    with make.work():
        mailing = services.invite(made.id, by=SYSTEM)[0]
        chunk = chunks.open_chunk(mailing.id, 0, owner="lost")
        assert chunk
        deliveries.take(chunk, 1)
    assert outbox.letters() == []
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("events.attendance", public_id=made.public_id)
    assert "Osäkert om de kom fram" in page
    page.submit(f"{button} Inbjudan")
    assert len(outbox.letters()) == letters
    assert "Utskick på väg" not in hr.get("events.attendance", public_id=made.public_id)


def test_an_invitation_does_not_go_on_when_there_is_nothing_left_to_come_to(
    browser: Browser, make: Make, hr: Account
) -> None:
    made, _people = event(make), guests(make, 1)
    mailing = paused(make, made)
    with later(days=30):
        page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
        assert "Det finns inget datum kvar att komma till" in page
        assert "Fortsätt skicka Inbjudan" not in page.buttons()
        with make.work(), pytest.raises(NotFound):
            services.resume_mailing(made, mailing.public_id, believing=False, by=SYSTEM)


def test_only_the_mailings_of_this_event_are_here(
    inside: Flask, make: Make, browser: Browser, hr: Account
) -> None:
    made, other = event(make), event(make)
    guest(make, private="bo@post.example")
    paused(make, made)
    assert len(queries.unfinished(queries.mailings_about(made, [made]))) == 1
    assert queries.unfinished(queries.mailings_about(other, [other])) == []
    page = browser.as_(hr).get("events.attendance", public_id=other.public_id)
    assert "Utskick på väg" not in page


def test_a_changed_date_can_be_told_of_while_a_mailing_is_under_way(
    browser: Browser, make: Make
) -> None:
    first, added = series(make, 27)
    guests(make, 2)
    invite(make, first)
    with make.work():
        services.change(added.id, plan(place="Lund", starts_at=starts(27)), by=SYSTEM)
    page = browser.as_(make.staff(Role.HR)).get("events.attendance", public_id=added.public_id)
    assert "Utskick på väg" in page
    assert "Berätta om datumet" in page.links()
