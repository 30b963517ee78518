"""Whom a mailing about an event reached, and how it goes again to those it failed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.people.models import EmailAddress
from tests.events.making import address, event, guests, plan, says, starts
from tests.events.test_asked import entry_in
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
NEW = "ny.adress@post.example"


@pytest.fixture
def hr(make: Make, browser: Browser) -> Browser:
    return browser.as_(make.staff(Role.HR))


def invited(make: Make, made: Event, outbox: Outbox) -> Mailing:
    with make.work():
        mailing = services.invite(made.id, by=SYSTEM)[0]
    outbox.letters()
    return mailing


def fails(make: Make, mailing: Mailing, who: Account) -> None:
    with make.work():
        copy = db.session.get_one(Delivery, (mailing.id, who.person_id))
        copy.state, copy.outcome = DeliveryState.FAILED, "550 5.1.1 unknown"


def bounces(make: Make, mailing: Mailing, who: Account) -> None:
    with make.work():
        came = {"mailing_id": mailing.id, "person_id": who.person_id, "at": clock.now()}
        db.session.add(ReturnedCopy(outcome=Outcome.BOUNCED, answer="550 unknown", **came))


def moves(make: Make, who: Account) -> None:
    """Let somebody have another address."""
    with make.work():
        query = db.select(EmailAddress).where(EmailAddress.person_id == who.person_id)
        one = db.session.scalars(query).one()
        one.address = one.canonical = NEW


def to_new(outbox: Outbox) -> list[str]:
    return [one.subject for one in outbox.letters(NEW)]


@pytest.mark.parametrize("lost", [fails, bounces])
def test_whom_an_invitation_failed_is_seen_and_gets_it_again_once(
    hr: Browser, make: Make, outbox: Outbox, lost: Callable[[Make, Mailing, Account], None]
) -> None:
    made, (amira, _johan) = event(make), guests(make, 2)
    mailing = invited(make, made, outbox)
    lost(make, mailing, amira)
    page = hr.get("events.attendance", public_id=made.public_id).follow("Se mejlen")
    page = page.follow("Inbjudan")
    state = "Kom inte fram" if lost is fails else "Studsade i efterhand"
    (row,) = page.follow(state).table("Mottagare")
    assert (row["Namn"], row["Adress"]) == ("Gäst Nummer1", address(1))
    assert "550" in row["Serverns svar"]
    moves(make, amira)
    asked = page.follow("Skicka igen")
    done = asked.submit("Skicka 1 mejl")
    assert done.flashes == ["1 mejl är på väg."]
    assert to_new(outbox) == ["Inbjudan: Alumnifrukost i Malmö"]
    assert len(outbox.letters()) == 3
    again = asked.submit("Skicka 1 mejl")
    assert "Det finns ingen att skicka till" in again
    assert len(outbox.letters()) == 3


@pytest.mark.parametrize("lost", [fails, bounces])
def test_the_word_of_the_end_goes_again_with_the_same_entry(
    hr: Browser, make: Make, outbox: Outbox, lost: Callable[[Make, Mailing, Account], None]
) -> None:
    made, (amira, _johan) = event(make), guests(make, 2)
    invited(make, made, outbox)
    with make.work():
        services.cancel(made.id, reason="Storm", by=SYSTEM)
    outbox.letters()
    with make.work():
        mailing = queries.sent(made, [made])[-1].mailing
    lost(make, mailing, amira)
    moves(make, amira)
    page = hr.get("events.mailings", public_id=made.public_id)
    page = page.follow("Mejl om att träffen är inställd").follow("Skicka igen")
    page.submit("Skicka 1 mejl")
    (letter,) = outbox.letters(NEW)
    assert letter.subject == "Inställd träff: Alumnifrukost i Malmö"
    assert entry_in(letter)[0] == "CANCEL"
    assert len(outbox.letters()) == 5


def test_what_rests_at_night_says_so_before_it_is_sent_again(
    hr: Browser, make: Make, outbox: Outbox
) -> None:
    noon = clock.local(clock.now()).replace(hour=12, minute=0) + timedelta(days=1)
    with time_machine.travel(noon):
        made, (amira, _johan) = event(make), guests(make, 2)
        invited(make, made, outbox)
        with make.work():
            services.cancel(made.id, reason="Storm", by=SYSTEM)
        outbox.letters()
        with make.work():
            mailing = queries.sent(made, [made])[-1].mailing
        fails(make, mailing, amira)
    with time_machine.travel(noon.replace(hour=22)):
        page = hr.as_(make.staff(Role.HR)).get(
            "events.send_again", public_id=made.public_id, mailing=mailing.public_id
        )
        assert "Det är kväll eller natt. Mejlen går" in page
        assert "07.00" in page


def test_a_number_that_is_another_by_now_sends_nothing(
    hr: Browser, make: Make, outbox: Outbox
) -> None:
    made, (amira, johan) = event(make), guests(make, 2)
    mailing = invited(make, made, outbox)
    fails(make, mailing, amira)
    page = hr.get("events.send_again", public_id=made.public_id, mailing=mailing.public_id)
    fails(make, mailing, johan)
    page = page.submit("Skicka 1 mejl")
    assert "Inget har skickats. Nu är det 2 som får mejlet." in page
    assert len(outbox.letters()) == 2
    page.submit("Skicka 2 mejl")
    assert len(outbox.letters()) == 4


def test_who_has_answered_since_and_an_old_change_are_not_sent_again(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (amira, johan) = event(make), guests(make, 2)
    mailing = invited(make, made, outbox)
    for who in (amira, johan):
        fails(make, mailing, who)
    assert services.to_send_again([made], mailing) == {amira.person_id, johan.person_id}
    says(make, made, amira)
    assert services.to_send_again([made], mailing) == {johan.person_id}
    with make.work():
        services.change(made.id, plan(place="Lund"), by=SYSTEM)
    outbox.letters()
    moved = queries.sent(made, [made])[-1].mailing
    fails(make, moved, johan)
    assert services.to_send_again([made], moved) == {johan.person_id}
    with make.work():
        services.change(made.id, plan(place="Ystad"), by=SYSTEM)
    assert services.to_send_again([made], moved) == set()


def test_a_mailing_of_another_event_is_missing(hr: Browser, make: Make, outbox: Outbox) -> None:
    made, other = event(make), event(make, starts_at=starts(30))
    guests(make, 1)
    mailing = invited(make, made, outbox)
    for page in ("events.mailing", "events.send_again"):
        hr.get(page, public_id=other.public_id, mailing=mailing.public_id, status=404)


@pytest.mark.chromium
def test_it_is_usable_on_every_screen(live: Live, make: Make, outbox: Outbox) -> None:
    made, (amira, johan, _linnea) = event(make), guests(make, 3)
    mailing = invited(make, made, outbox)
    fails(make, mailing, amira)
    bounces(make, mailing, johan)
    live.sign_in(make.staff(Role.HR))
    here = f"/events/{made.public_id}"
    for path in ("/attendance", "/mailings", f"/mailings/{mailing.public_id}"):
        live.look(here + path)
    for path in (f"/mailings/{mailing.public_id}/again", "/told", "/told/again"):
        live.look(here + path)
