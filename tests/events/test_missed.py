"""Whom an invitation cannot reach now is not invited, and can be when it can."""

from datetime import timedelta

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event, EventInvitation
from alumni_portal.events.queries import Left
from alumni_portal.mail import services as mail
from alumni_portal.people.models import Person
from tests.events.making import address, event, guests, later
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def invite(make: Make, made: Event) -> int:
    with make.work():
        return services.invite(made.id, by=SYSTEM)[1]


def pause(make: Make, who: Account) -> None:
    with make.work():
        consents.pause(db.session.get_one(Person, who.person_id))


def kept_back(make: Make) -> None:
    """Keep the second guest's address from mail."""
    with make.work():
        mail.suppress(address(2), "550 no such user")


def test_who_paused_mail_or_cannot_be_reached_is_invited_later(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third) = (
        event(make, starts_at=clock.now() + timedelta(days=150)),
        guests(make, 3),
    )
    pause(make, first)
    kept_back(make)
    found = queries.uninvited(made.id)
    assert [one.person_id for one in found.people] == [third.person_id]
    assert (found.left_out[Left.PAUSED], found.left_out[Left.SUPPRESSED]) == (1, 1)
    assert found.left_out[Left.NO_ADDRESS] == 0
    assert invite(make, made) == 1
    assert queries.counts_of(made).invited == 1
    with make.work():
        mail.lift(address(2))
    with later(days=100):
        assert invite(make, made) == 2
        assert len(outbox.letters()) == 3
    assert second.person_id is not None


@pytest.mark.parametrize("is_paused", [True, False])
def test_whom_the_mail_did_not_reach_is_invited_again_with_the_same_link(
    inside: Flask, make: Make, outbox: Outbox, *, is_paused: bool
) -> None:
    made, (first, second) = (
        event(make, starts_at=clock.now() + timedelta(days=150)),
        guests(make, 2),
    )
    assert invite(make, made) == 2
    pause(make, first) if is_paused else kept_back(make)
    missed = first if is_paused else second
    assert len(outbox.letters()) == 1
    before = queries.invitation(made.id, missed.person_id or 0)
    link = before.public_id if before else ""
    with make.work():
        mail.lift(address(2))
    with later(days=100):
        assert invite(make, made) == 1
        assert len(outbox.letters()) == 2
    db.session.expire_all()
    after = db.session.get_one(EventInvitation, (made.id, missed.person_id))
    assert (after.public_id, after.round) == (link, 2)


def test_who_got_it_the_second_time_hears_of_the_end(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first,) = event(make, starts_at=clock.now() + timedelta(days=150)), guests(make, 1)
    assert invite(make, made) == 1
    pause(make, first)
    assert outbox.letters() == []
    with later(days=100):
        invite(make, made)
        assert len(outbox.letters()) == 1
        with make.work():
            services.cancel(made.id, reason="", by=SYSTEM)
        assert len(outbox.letters()) == 2
