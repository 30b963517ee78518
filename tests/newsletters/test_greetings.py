"""Greetings after somebody's last day: once each, a month apart, until there is an answer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import (
    Greeting,
    GreetingPlan,
    GreetingStop,
    Newsletter,
    StopWhy,
)
from alumni_portal.newsletters.services.from_greetings import greeting_stamper
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, Person
from alumni_portal.rehire import services as rehire
from alumni_portal.rehire.models import Level
from tests.newsletters.making import NEWS, letter, withdraw
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


def turned_on(app: Flask) -> None:
    with app.app_context(), unit():
        services.set_up_greetings(is_on=True, reply_to="", by=SYSTEM)


def left(make: Make, ago: int = 0, name: str = "Anna Ek") -> Account:
    """Make a member who gets newsletters and left so many days ago."""
    first = name.partition(" ")[0].lower()
    return make.alumnus(name, private=f"{first}@post.example", agreed_to=NEWS, left=days(-ago))


def greet(app: Flask) -> dict[int, int]:
    with app.app_context(), unit():
        return services.greet()


def stops(app: Flask) -> list[StopWhy]:
    with app.app_context():
        return list(db.session.scalars(select(GreetingStop.why)))


def on(number: int) -> time_machine.travel:
    """Travel to the morning so many days on."""
    return time_machine.travel(MORNING + number * DAY)


@covers("S24")
def test_three_greetings_a_month_half_a_year_and_a_year_after(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    turned_on(app)
    left(make)
    got = []
    for day in (29, 30, 31, 90, 180, 181, 365, 366, 400):
        with on(day):
            got += [(day, *greet(app))]
            outbox.letters()
    assert [one for one in got if len(one) > 1] == [(30, 30), (180, 180), (365, 365)]
    told = [one for one in outbox.letters("anna@post.example") if "profil" not in one.subject]
    said = {"Hur är det, Anna?", "Ett halvår senare", "Ett år har gått, Anna"}
    assert len(told) == 3
    assert {one.subject for one in told} == said
    assert told[0].message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/unsubscribe/" in told[0].message["List-Unsubscribe"]


def test_off_nothing_goes_and_turned_on_nobody_gets_what_was_before(app: Flask, make: Make) -> None:
    for ago, name in ((30, "Anna Ek"), (31, "Bo Al"), (200, "Cia Lo"), (900, "Dag Po")):
        with on(-ago):
            left(make, name=name)
    assert greet(app) == {}
    turned_on(app)
    assert greet(app) == {30: 1}
    for day in (149, 150):  # Bo, then Anna
        with on(day):
            assert greet(app) == {180: 1}
    with on(165):
        assert greet(app) == {365: 1}


def test_who_joins_late_begins_with_the_next_one(app: Flask, make: Make) -> None:
    turned_on(app)
    with on(31):
        left(make, 31)
        assert greet(app) == {}
    with on(180):
        assert greet(app) == {180: 1}


def test_nobody_is_greeted_at_night_nor_twice_a_day(app: Flask, make: Make) -> None:
    turned_on(app)
    left(make)
    with time_machine.travel(MORNING + 30 * DAY - timedelta(hours=4)):
        assert greet(app) == {}
    with on(30):
        assert greet(app) == {30: 1}
        assert greet(app) == {}
        with app.app_context(), unit():  # even if the day is forgotten
            db.session.scalars(select(GreetingPlan)).one().ran_on = None
        assert greet(app) == {}


def test_a_greeting_waits_a_month_after_a_newsletter(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    turned_on(app)
    left(make)
    with on(20):
        made = letter(app)
        with app.app_context(), unit():
            known = db.session.get_one(Newsletter, made.id)
            services.send(known, expected=None, by=SYSTEM)
        outbox.letters()
    for day, expected in ((30, {}), (49, {}), (50, {30: 1})):
        with on(day):
            assert greet(app) == expected


def test_a_pause_delays_or_skips(app: Flask, make: Make) -> None:
    turned_on(app)
    for name, day in (("Anna Ek", -80), ("Bo Al", 29)):
        with on(min(day, 0)):
            one = left(make, name=name)
        with on(day), app.app_context(), unit():
            consents.pause(db.session.get_one(Person, one.person_id))
    with on(30):
        assert greet(app) == {}
    with on(100):  # Anna left 180 days ago; Bo's first is past, not made up for
        assert greet(app) == {180: 1}


def test_an_answer_anywhere_ends_them(app: Flask, make: Make) -> None:
    turned_on(app)
    _silent, one = (left(make, name=name) for name in ("Anna Ek", "Bo Al"))
    with on(1):
        _answers(app, one)  # before any greeting it answers none
    with on(30):
        assert greet(app) == {30: 2}
    with on(40):
        _answers(app, one)
    with on(180):
        assert greet(app) == {180: 1}
    assert stops(app) == [StopWhy.ANSWERED]


def _answers(app: Flask, one: Account) -> None:
    with app.app_context(), unit():
        person = db.session.get_one(Person, one.person_id)
        rehire.answer_interest(person, rehire.Answer(level=Level.CURIOUS), by=SYSTEM)


def test_a_no_to_newsletters_ends_them_though_it_is_taken_back(app: Flask, make: Make) -> None:
    turned_on(app)
    one = left(make)
    with on(40):
        withdraw(app, one)
        with app.app_context(), unit():
            person = db.session.get_one(Person, one.person_id)
            consents.give(
                person, Purpose.NEWSLETTER, language="sv", how=How.CONSENT_CENTRE, by=SYSTEM
            )
    with on(180):
        assert greet(app) == {}
    assert stops(app) == [StopWhy.WITHDRAWN]


def test_a_return_ends_them_and_a_later_exit_begins_anew(app: Flask, make: Make) -> None:
    turned_on(app)
    one = left(make)
    with on(30):
        greet(app)
    with on(100):
        person = Person(id=one.person_id)
        make.employment(person, begins=days(0), ends=days(20))
        assert stops(app) == [StopWhy.RETURNED]
    with on(180):
        assert greet(app) == {}
        with app.app_context(), unit():
            person = db.session.get_one(Person, one.person_id)
            for purpose in NEWS:
                consents.give(
                    person, purpose, language="sv", how=How.CONFIRMATION_LETTER, by=SYSTEM
                )
    with on(300):
        assert greet(app) == {180: 1}


def test_who_died_gets_none(app: Flask, make: Make) -> None:
    turned_on(app)
    one = left(make)
    with on(10), app.app_context(), unit():
        people.note_death(db.session.get_one(Person, one.person_id), on=days(0), by=SYSTEM)
    with on(30):
        assert greet(app) == {}
    assert stops(app) == []


@covers("S24")
def test_a_stop_between_the_beginning_and_the_sending_holds(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    turned_on(app)
    one = left(make)
    with on(30):
        assert greet(app) == {30: 1}
        with app.app_context(), unit():
            greeted = services.greeted_of(_stamp(app, one))
            assert greeted is not None
            services.stop_greetings(greeted)
        assert not outbox.letters("anna@post.example")


def _stamp(app: Flask, one: Account) -> str:
    with app.app_context():
        person = db.session.get_one(Person, one.person_id)
        job = db.session.scalars(select(Employment)).first()
        assert job is not None
        return greeting_stamper()(person.public_id, job.public_id, 30)


def test_after_two_years_it_is_forgotten_who_was_greeted(app: Flask, make: Make) -> None:
    turned_on(app)
    one = left(make)
    with on(30):
        greet(app)
    withdraw(app, one)
    with app.app_context(), unit():
        assert services.forget_greetings(MORNING + 29 * DAY) == 1
        assert services.forget_greetings(MORNING + 31 * DAY) == 1
        assert db.session.scalar(select(Greeting)) is None
