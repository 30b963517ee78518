"""Greetings that did not go: how many, why, and how many are about to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter, StopWhy
from alumni_portal.newsletters.queries import left_out as reads
from alumni_portal.newsletters.rules.greetings import Standing
from alumni_portal.newsletters.rules.left_out import (
    Fate,
    LeftOut,
    Reach,
    closing,
    fates,
    why_left_out,
)
from alumni_portal.people import services as people
from alumni_portal.people.models import EmailAddress, Person
from tests.newsletters.making import NEWS, letter, withdraw
from tests.newsletters.test_greetings import greet, left, on, turned_on
from tests.support.browser import Browser
from tests.support.make import Make, days

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
LEFT = date(2026, 1, 1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


def after(number: int) -> date:
    return LEFT + number * DAY


@pytest.mark.parametrize(
    ("known", "reach", "why"),
    [
        ({}, {}, LeftOut.NOT_SENT),
        ({"done": {30}}, {}, None),
        ({"agreed_on": after(31)}, {}, None),  # joined late: it was not theirs
        ({"last_mail_on": after(60)}, {}, LeftOut.NO_FREE_DAY),
        ({"last_mail_on": after(59)}, {}, LeftOut.NOT_SENT),  # the 89th day was free
        ({"paused_to": after(89)}, {}, LeftOut.PAUSED),
        ({"paused_to": after(88)}, {}, LeftOut.NOT_SENT),
        ({"paused_to": after(89)}, {"is_suppressed": True}, LeftOut.SUPPRESSED),
        ({}, {"has_address": False}, LeftOut.NO_ADDRESS),
        ({}, {"has_address": False, "agrees": False}, LeftOut.NO_CONSENT),
        ({}, {"stop": StopWhy.WITHDRAWN, "agrees": False}, LeftOut.NO_CONSENT),
        ({}, {"stop": StopWhy.NO_MORE}, LeftOut.ENDED),
        ({}, {"stop": StopWhy.RETURNED}, LeftOut.RETURNED),
    ],
)
def test_why_one_was_left_out(
    known: dict[str, Any], reach: dict[str, Any], why: LeftOut | None
) -> None:
    one = Standing(**{"left_on": LEFT, "agreed_on": LEFT, **known})
    assert why_left_out(30, one, Reach(**reach)) is why


@pytest.mark.parametrize(
    ("today", "known", "fate"),
    [
        (0, {}, {30: Fate.ON_ITS_DAY}),
        (30, {}, {30: Fate.ON_ITS_DAY}),
        (30, {"last_mail_on": after(10)}, {30: Fate.MOVED}),
        (31, {}, {30: Fate.MOVED}),
        (30, {"paused_to": after(88)}, {30: Fate.MOVED}),
        (30, {"paused_to": after(89)}, {30: Fate.LEFT_OUT}),
        (70, {"last_mail_on": after(60)}, {30: Fate.LEFT_OUT}),
        (89, {}, {30: Fate.MOVED}),
        (90, {}, {}),  # its time is over
        (30, {"done": {30}}, {}),
        (149, {"done": {30}}, {}),
        (150, {"done": {30}}, {180: Fate.ON_ITS_DAY}),
        (0, {"agreed_on": after(31)}, {}),
    ],
)
def test_what_becomes_of_those_whose_day_is_near(
    today: int, known: dict[str, Any], fate: dict[int, Fate]
) -> None:
    one = Standing(**{"left_on": LEFT, "agreed_on": LEFT, **known})
    when = {"begun_on": LEFT, "today": after(today), "until": after(today + 30)}
    assert dict(fates(one, Reach(), **when)) == fate
    unreachable = dict(fates(one, Reach(has_address=False), **when))
    assert unreachable == dict.fromkeys(fate, Fate.LEFT_OUT)


def test_each_greeting_has_its_last_chance_on_one_day_however_often_it_is_looked() -> None:
    for step in (30, 180, 365):
        chances = []
        for day in range(0, 500, 3):  # two mornings out of three nobody looks
            ranges = closing(LEFT, after(day - 3), after(day))
            chances += [day for of, first, last in ranges if of == step and first <= LEFT <= last]
        assert len(chances) == 1
        assert chances[0] - 3 < step + 59 <= chances[0]


def told(app: Flask) -> dict[int, dict[LeftOut, int]]:
    with app.app_context():
        return reads.left_out(MORNING - 730 * DAY)


def letter_goes(app: Flask) -> None:
    made = letter(app)
    with app.app_context(), unit():
        known = db.session.get_one(Newsletter, made.id)
        known.spares_second = False
        services.send(known, expected=None, by=SYSTEM)


def address_of(one: Account) -> EmailAddress:
    return db.session.query(EmailAddress).filter_by(person_id=one.person_id, kind="private").one()


@pytest.mark.both_databases
def test_it_is_noted_on_the_last_day_what_kept_each_of_them(app: Flask, make: Make) -> None:
    turned_on(app)
    names = ("Anna Ek", "Bo Al", "Cia Lo", "Dag Po", "Eva Ny")
    _greeted, paused, no_address, suppressed, withdrawn = (left(make, name=one) for one in names)
    with on(10):
        withdraw(app, withdrawn)
        with app.app_context(), unit():
            consents.pause(db.session.get_one(Person, paused.person_id))
            people.retire_address(address_of(no_address), by=SYSTEM)
            mail.suppress(address_of(suppressed).canonical, "550 nobody")
    with on(30):
        assert greet(app) == {30: 1}
    with on(88):
        assert greet(app) == {}
        assert told(app) == {}
    with on(89):
        assert greet(app) == {}
    kept = (LeftOut.NO_ADDRESS, LeftOut.NO_CONSENT, LeftOut.PAUSED, LeftOut.SUPPRESSED)
    assert told(app) == {30: dict.fromkeys(kept, 1)}


@pytest.mark.both_databases
def test_a_letter_every_four_weeks_leaves_one_out_and_it_is_counted_once(
    app: Flask, make: Make
) -> None:
    turned_on(app)
    left(make)
    for day in (10, 38, 66):
        with on(day):
            letter_goes(app)
    for day in range(30, 95):
        with on(day):
            assert greet(app) == {}
    assert told(app) == {30: {LeftOut.NO_FREE_DAY: 1}}


@pytest.mark.both_databases
def test_who_never_agreed_or_joined_late_was_not_left_out(app: Flask, make: Make) -> None:
    turned_on(app)
    make.alumnus("Bo Al", private="bo@post.example", agreed_to=NEWS[:1], left=days(0))
    with on(31):
        late = left(make, 31)
    with on(40):
        withdraw(app, late)
    for day in (89, 90):
        with on(day):
            assert greet(app) == {}
    assert told(app) == {}
    with on(240):
        greet(app)
    assert told(app) == {180: {LeftOut.NO_CONSENT: 1}}
    with app.app_context(), unit():
        services.forget_greetings(MORNING + 300 * DAY)
    assert told(app) == {}


def test_hr_sees_how_many_and_why_and_what_is_about_to_happen(
    app: Flask, browser: Browser, make: Make
) -> None:
    turned_on(app)
    one = left(make)
    for name in ("Bo Al", "Cia Lo"):
        with on(20):
            left(make, name=name)
    with on(29):
        letter_goes(app)
    with on(31), app.app_context(), unit():
        people.retire_address(address_of(one), by=SYSTEM)
    with on(40):
        page = browser.as_(make.staff(Role.HR)).get("newsletters.greet")
        assert "Efter en månad 0 2 1" in page.text
        assert "Ingen har uteblivit" in page
    with on(89):
        greet(app)
        page = browser.another().as_(make.staff(Role.HR_LEAD)).get("newsletters.greet")
        assert "Efter en månad Hade ingen bekräftad privat adress 1" in page.text
