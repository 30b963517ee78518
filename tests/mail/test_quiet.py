"""A mailing rests at night: nothing is claimed then, and it goes on by itself in the morning."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Mailing, MailingState
from alumni_portal.mail.rules import Quiet
from tests.mail.making import again, begun, copy_of, readers, recipients
from tests.support.letters import Outbox
from tests.support.make import Make

NIGHT = Quiet(time(20), time(7))
EVENING = datetime(2026, 3, 18, 18, 59, tzinfo=UTC)  # 19.59
MORNING = datetime(2026, 3, 19, 6, 0, tzinfo=UTC)  # 07.00

#: Hours, a moment → when the rest is over that it lies in.
RESTS = [
    (NIGHT, EVENING, None),
    (NIGHT, EVENING + timedelta(minutes=1), MORNING),
    (NIGHT, MORNING - timedelta(seconds=1), MORNING),
    (NIGHT, MORNING, None),
    # the night in which an hour is left out
    (NIGHT, datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
    (
        Quiet(time(12), time(13)),
        datetime(2026, 3, 18, 11, 30, tzinfo=UTC),
        EVENING.replace(hour=12, minute=0),
    ),
    (Quiet(time(12), time(13)), datetime(2026, 3, 18, 12, 0, tzinfo=UTC), None),
]


@pytest.mark.parametrize(("quiet", "moment", "over"), RESTS)
def test_when_a_rest_is_over(quiet: Quiet, moment: datetime, over: datetime | None) -> None:
    assert quiet.over_at(moment) == over


@pytest.mark.both_databases
def test_what_is_not_gone_by_night_goes_in_the_morning_by_itself(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(EVENING):
        people = readers(make, 2)
        mailing = begun(make, recipients(people), quiet=NIGHT)
    with time_machine.travel(EVENING + timedelta(minutes=2)), app.app_context():
        assert not outbox.letters()
        held = again(mailing)
        assert (held.state, held.rests_until) == (MailingState.SENDING, MORNING)
        assert copy_of(mailing, people[0]).state is DeliveryState.QUEUED
    with time_machine.travel(MORNING - timedelta(minutes=1)):
        assert not outbox.letters()
    with time_machine.travel(MORNING + timedelta(minutes=1)), app.app_context():
        assert len(outbox.letters()) == 2
        assert again(mailing).state is MailingState.FINISHED
        assert again(mailing).rests_until is None


@pytest.mark.both_databases
def test_a_rest_can_be_broken_by_hand(app: Flask, make: Make, outbox: Outbox) -> None:
    with time_machine.travel(EVENING + timedelta(hours=2)):
        mailing = begun(make, recipients(readers(make, 1)), quiet=NIGHT)
        assert not outbox.letters()
        with app.app_context(), unit():
            mail.go_on_at_night(db.session.get_one(Mailing, mailing.id), by=SYSTEM)
        assert len(outbox.letters()) == 1


def test_a_paused_mailing_does_not_rest_and_goes_on_only_by_day(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(EVENING + timedelta(hours=2)), app.app_context():
        mailing = begun(make, recipients(readers(make, 1)), quiet=NIGHT)
        with unit():
            mail.pause(again(mailing), by=SYSTEM)
        assert again(mailing).rests_until is None
        with unit():
            mail.go_on_at_night(again(mailing), by=SYSTEM)
            assert mailing.quiet_from == NIGHT.begins
            mail.resume(again(mailing), by=SYSTEM)
        assert not outbox.letters()
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        assert len(outbox.letters()) == 1
