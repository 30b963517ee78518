"""A mailing rests at night: nothing is claimed then, and it goes on by itself in the morning."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.night import NIGHT
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Mailing, MailingState
from tests.mail.making import again, begun, copy_of, readers, recipients
from tests.support.letters import Outbox
from tests.support.make import Make

EVENING = datetime(2026, 3, 18, 18, 59, tzinfo=UTC)  # 19.59
MORNING = datetime(2026, 3, 19, 6, 0, tzinfo=UTC)  # 07.00


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
