"""Greetings that were turned off: who was left out then, each counted once."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents import services as consents
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import StopWhy
from alumni_portal.newsletters.rules.greetings import Standing
from alumni_portal.newsletters.rules.left_out import LeftOut, Reach, cut_short, why_left_out
from alumni_portal.people.models import Person
from tests.newsletters.test_greetings import MORNING, greet, left, on, turned_on
from tests.newsletters.test_left_out import DAY, LEFT, after, told
from tests.support.browser import Browser
from tests.support.make import Make


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


@pytest.mark.parametrize(
    ("off", "known", "reach", "why"),
    [
        (40, {}, {}, LeftOut.OFF),
        (0, {}, {}, LeftOut.OFF),  # its day came while they were off
        (89, {}, {}, LeftOut.OFF),
        (90, {}, {}, LeftOut.NOT_SENT),  # its time was over before
        (40, {"done": {30}}, {}, None),
        (40, {"agreed_on": after(31)}, {}, None),
        (40, {"paused_to": after(89)}, {}, LeftOut.PAUSED),  # nor would it have gone on
        (40, {"paused_to": after(88)}, {}, LeftOut.OFF),
        (40, {"last_mail_on": after(60)}, {}, LeftOut.NO_FREE_DAY),
        (40, {}, {"has_address": False}, LeftOut.NO_ADDRESS),
        (40, {}, {"stop": StopWhy.RETURNED}, LeftOut.RETURNED),
    ],
)
def test_off_is_why_where_nothing_else_would_have_kept_it(
    off: int, known: dict[str, Any], reach: dict[str, Any], why: LeftOut | None
) -> None:
    one = Standing(**{"left_on": LEFT, "agreed_on": LEFT, **known})
    assert why_left_out(30, one, Reach(**reach), off_since=after(off)) is why


@pytest.mark.parametrize(
    ("begun", "looked", "today", "expected"),
    [
        (0, 40, 40, (0, 39)),  # today's may go
        (0, 70, 90, (12, 89)),  # the 71st was the last day of the 12th's
        (20, 40, 40, (20, 39)),  # before that they were not on
        (40, 40, 40, None),
    ],
)
def test_turned_on_again_every_window_that_was_open_is_cut_short(
    begun: int, looked: int, today: int, expected: tuple[int, int] | None
) -> None:
    found = cut_short(after(begun), after(looked), after(today))
    due = {(first + step * DAY, last + step * DAY) for step, first, last in found}
    assert due == ({(after(expected[0]), after(expected[1]))} if expected else set())
    assert len(found) == (3 if expected else 0)


def turned_off(app: Flask) -> None:
    with app.app_context(), unit():
        services.set_up_greetings(is_on=False, reply_to="", by=SYSTEM)


@pytest.mark.both_databases
def test_while_they_are_off_each_is_counted_when_its_time_is_over(app: Flask, make: Make) -> None:
    turned_on(app)
    left(make)
    with on(15):
        left(make, 0, "Bo Al")
    with on(20):
        turned_off(app)
    for day, expected in ((88, {}), (89, {30: {LeftOut.OFF: 1}}), (90, {30: {LeftOut.OFF: 1}})):
        with on(day):
            assert greet(app) == {}
        assert told(app) == expected
    with on(300):
        assert greet(app) == {}
    assert told(app) == {30: {LeftOut.OFF: 2}, 180: {LeftOut.OFF: 2}}


@pytest.mark.both_databases
def test_turned_on_again_who_waited_is_counted_at_once_and_never_again(
    app: Flask, make: Make
) -> None:
    turned_on(app)
    for day, name in ((0, "Anna Ek"), (5, "Bo Al"), (10, "Cia Lo"), (20, "Dag Po")):
        with on(day):
            left(make, name=name)
    with on(30):
        assert greet(app) == {30: 1}  # Anna
    with on(32):
        turned_off(app)
    for day in range(32, 50):
        with on(day):
            assert greet(app) == {}
    with on(50):
        greet(app)
        turned_on(app)
        assert told(app) == {30: {LeftOut.OFF: 2}}  # Bo and Cia
        assert greet(app) == {30: 1}  # Dag, on his day
    for day in range(51, 120):
        with on(day):
            greet(app)
    assert told(app) == {30: {LeftOut.OFF: 2}}


@pytest.mark.both_databases
def test_who_is_counted_on_the_day_they_are_turned_on_is_added_to_those_before(
    app: Flask, make: Make
) -> None:
    turned_on(app)
    for day, name in ((0, "Anna Ek"), (5, "Bo Al")):
        with on(day):
            left(make, name=name)
    with on(20):
        turned_off(app)
    with on(89):
        greet(app)
        assert told(app) == {30: {LeftOut.OFF: 1}}
        turned_on(app)
    assert told(app) == {30: {LeftOut.OFF: 2}}


@pytest.mark.both_databases
def test_off_and_on_on_one_day_nobody_loses_anything(app: Flask, make: Make) -> None:
    turned_on(app)
    one = left(make)
    with on(29), app.app_context(), unit():
        consents.pause(db.session.get_one(Person, one.person_id))
    with on(30):
        greet(app)
    with on(40):
        with app.app_context(), unit():
            consents.end_pause(db.session.get_one(Person, one.person_id))
        turned_off(app)
        assert greet(app) == {}
        turned_on(app)
        assert greet(app) == {30: 1}
    assert told(app) == {}


def test_hr_reads_what_turning_them_off_has_cost(app: Flask, browser: Browser, make: Make) -> None:
    turned_on(app)
    left(make)
    with on(30):
        turned_off(app)
    with on(31):
        page = browser.as_(make.staff(Role.HR)).get("newsletters.greet")
        assert "Av sedan 17 april 2026" in page
        page = page.submit("Spara", is_on=True)
        assert "Efter en månad Hälsningarna var avstängda 1" in page.text
