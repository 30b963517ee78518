"""Mails by the clock: one reminder to those who have not answered, one word of thanks after."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core.clock import HOME
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.events.rules import is_time_to_remind, is_time_to_thank, no_show_share
from tests.events.making import address, event, guests, later, noon, says, starts
from tests.events.test_replies import withdraw
from tests.support.covers import covers
from tests.support.letters import Outbox, Received, run_jobs
from tests.support.make import Make

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("begins_in", "reply_by", "is_time"),
    [
        (20, None, False),
        (7, None, True),
        (0, None, False),
        (20, date(2026, 12, 1), False),
        (20, date(2026, 11, 30), True),
        (20, date(2026, 11, 27), True),
        (20, date(2026, 11, 26), False),
        (0.9, None, True),
    ],
)
def test_when_those_who_have_not_answered_are_reminded(
    begins_in: float,
    reply_by: date | None,
    is_time: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_time_to_remind(NOW + begins_in * DAY, reply_by, now=NOW) is is_time


@pytest.mark.parametrize("hour", [6, 20])
def test_nobody_is_reminded_or_thanked_at_night(hour: int) -> None:
    at = datetime(2026, 11, 27, hour, tzinfo=HOME)
    assert not is_time_to_remind(at + 2 * DAY, None, now=at)
    assert not is_time_to_thank(at - DAY, now=at)


@pytest.mark.parametrize(
    ("hours_after", "is_time"),
    [(1, False), (12, False), (19.9, False), (22, True), (32, False), (24 * 6, True), (200, False)],
)
def test_thanks_go_in_the_morning_after_and_not_a_week_late(
    hours_after: float,
    is_time: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_time_to_thank(NOW, now=NOW + timedelta(hours=hours_after)) is is_time


@pytest.mark.parametrize(
    ("coming", "here", "share"), [(0, 0, None), (10, 0, None), (10, 10, 0), (10, 8, 0.2)]
)
def test_which_share_stayed_away(coming: int, here: int, share: float | None) -> None:
    assert no_show_share(coming, here) == (None if share is None else pytest.approx(share))


def reminded(outbox: Outbox) -> list[Received]:
    return [one for one in outbox.letters() if one.subject.startswith("Påminnelse:")]


def invited(make: Make, made: Event) -> None:
    with make.work():
        services.invite(made.id, by=SYSTEM)


@pytest.mark.both_databases
@covers("S24")
def test_only_those_who_have_not_answered_are_reminded_and_once(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with app.app_context():
        made, (amira, johan, _linnea) = event(make), guests(make, 3)
        invited(make, made)
        says(make, made, amira)
        withdraw(make, johan.person_id)
    with time_machine.travel(starts(14, hour=21), tick=False):
        run_jobs(app)
        assert not reminded(outbox), "nobody is woken up"
    for days in (14, 15):
        with noon(days):
            run_jobs(app)
    told = reminded(outbox)
    assert [one.to for one in told] == [address(3)]
    assert told[0].message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_was_asked_yesterday_and_whom_no_seat_waits_for_is_not_reminded(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with app.app_context():
        full, (amira, _johan) = event(make, capacity=1), guests(make, 2)
        invited(make, full)
        says(make, full, amira)
        fresh = event(make, title="Nyss bjudna")
    with noon(14):
        with app.app_context():
            invited(make, fresh)
        run_jobs(app)
    assert not [one for one in outbox.letters() if one.subject.startswith("Påminnelse")]


@pytest.mark.both_databases
def test_those_who_were_there_are_thanked_once_and_nobody_who_stayed_away(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with app.app_context():
        made, (amira, johan, linnea) = event(make, thanks="**Bilderna** kommer."), guests(make, 3)
        for who in (amira, johan, linnea):
            says(make, made, who)
    with later(days=20, hours=2):
        ref = amira_ref(app, made, amira.person_id)
        with app.app_context(), make.work():
            services.check_in(made, here={ref}, gone=set(), by=SYSTEM)
    for days in (21, 22):
        with noon(days):
            run_jobs(app)
    thanked = [one for one in outbox.letters() if one.subject.startswith("Tack")]
    assert [one.to for one in thanked] == [address(1)]
    assert "<strong>Bilderna</strong>" in thanked[0].html


def amira_ref(app: Flask, made: Event, person_id: int | None) -> str:
    with app.app_context():
        found = queries.attendance(made.id, with_needs=False)
        return next(one.ref for one in found if one.person_id == person_id)


def test_no_thanks_when_hr_has_turned_them_off(app: Flask, make: Make, outbox: Outbox) -> None:
    with app.app_context():
        made, (amira,) = event(make, sends_thanks=False), guests(make, 1)
        says(make, made, amira)
    with noon(21):
        run_jobs(app)
    assert not [one for one in outbox.letters() if one.subject.startswith("Tack")]
