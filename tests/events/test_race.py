"""Races for seats in two processes at once: never one too many, nobody lost, no error."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.events import queries, services
from alumni_portal.events.models import Answer, Event, Reply
from alumni_portal.events.services import Wanted
from tests.events.making import crowd, event, noon
from tests.support.app import made_app
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
T = TypeVar("T")
RACERS, SEATS, LANES = 120, 50, 8


@pytest.fixture
def apps(app: Flask, settings: Settings) -> Iterator[list[Flask]]:
    """Return two portals on one database: each has connections of its own, as two processes do."""
    with made_app(settings) as other:
        yield [app, other]


def answer(
    app: Flask, event_id: int, person_id: int, *, comes: bool = True, guests: int = 0
) -> Answer:
    with app.app_context(), unit():
        wanted = Wanted(comes=comes, may_wait=True, guests=guests)
        return services.answer(event_id, person_id, wanted, by=SYSTEM).answer


def all_at_once(apps: list[Flask], calls: Sequence[Callable[[Flask], T]]) -> list[T]:
    """Run everything side by side, half of it in each portal; an error fails the test."""
    with ThreadPoolExecutor(LANES) as pool:
        going = [pool.submit(call, apps[n % 2]) for n, call in enumerate(calls)]
        return [one.result() for one in going]


def counted(app: Flask, event_id: int) -> tuple[dict[Answer, int], int]:
    with app.app_context():
        rows = db.session.execute(
            select(Reply.answer, func.count().label("number"))
            .where(Reply.event_id == event_id)
            .group_by(Reply.answer)
        )
        return {row.answer: row.number for row in rows}, db.session.get_one(
            Event, event_id
        ).seats_taken


@covers("S76")
def test_many_racers_get_exactly_the_seats_there_are_and_the_rest_wait_in_order(
    apps: list[Flask], make: Make
) -> None:
    made, people = event(make, capacity=SEATS), crowd(make, RACERS)
    said = all_at_once(apps, [partial(answer, event_id=made.id, person_id=who) for who in people])
    assert Counter(said) == {Answer.YES: SEATS, Answer.WAITING: RACERS - SEATS}
    assert counted(apps[0], made.id) == (Counter(said), SEATS)
    with apps[0].app_context():
        line = [one.queue_no for one in queries.waiting(made.id)]
        ranks = [queries.rank(one) for one in queries.waiting(made.id)]
    assert line == list(range(1, RACERS - SEATS + 1))
    assert ranks == line


@covers("S56", "S76")
def test_one_person_pressing_many_times_at_once_takes_one_seat(
    apps: list[Flask], make: Make
) -> None:
    made, people = event(make, capacity=SEATS), crowd(make, 1)
    said = all_at_once(apps, [partial(answer, event_id=made.id, person_id=people[0])] * 20)
    assert said == [Answer.YES] * 20
    assert counted(apps[0], made.id) == ({Answer.YES: 1}, 1)


@covers("S77")
def test_who_leaves_while_others_come_never_makes_it_oversold_and_each_gets_one_offer(
    apps: list[Flask], make: Make
) -> None:
    made, people = event(make, capacity=10), crowd(make, 40)
    for who in people[:20]:
        answer(apps[0], made.id, who)
    to_it = partial(answer, event_id=made.id)
    leave = [partial(to_it, person_id=who, comes=False) for who in people[:5]]
    join = [partial(to_it, person_id=who) for who in people[20:]]
    all_at_once(apps, [*leave, *join])
    found, taken = counted(apps[0], made.id)
    assert taken == 10
    assert found == {Answer.YES: 5, Answer.OFFERED: 5, Answer.NO: 5, Answer.WAITING: 25}
    with apps[0].app_context():
        offered = db.session.scalars(select(Reply).where(Reply.answer == Answer.OFFERED))
        assert {one.person_id for one in offered} == set(people[10:15]), "in the order of the list"


@covers("S76", "S77")
def test_parties_of_many_sizes_never_make_it_oversold_and_no_chair_stays_empty(
    apps: list[Flask], make: Make
) -> None:
    made, people = event(make, capacity=SEATS, guests_allowed=10), crowd(make, 60)
    parties = {who: place % 11 for place, who in enumerate(people)}
    to_it = partial(answer, event_id=made.id)
    all_at_once(apps, [partial(to_it, person_id=who, guests=parties[who]) for who in people])
    assert held_by(apps[0], made.id, parties) == counted(apps[0], made.id)[1] <= SEATS
    came = [who for who in people if standing_of(apps[0], made.id, who) is Answer.YES]
    leave = [partial(to_it, person_id=who, comes=False) for who in came[:5]]
    fewer = [partial(to_it, person_id=who, guests=0) for who in came[5:]]
    all_at_once(apps, [*leave, *fewer])
    left = SEATS - counted(apps[0], made.id)[1]
    with apps[0].app_context():
        waiting = [one.seats for one in queries.waiting(made.id)]
    assert 0 <= left < min(waiting), "nobody waits for whom there is room"


def test_two_workers_remind_once_and_thank_once(
    apps: list[Flask], make: Make, outbox: Outbox
) -> None:
    made, people = event(make), crowd(make, 12)
    with make.work():
        services.invite(made.id, by=SYSTEM)
    answer(apps[0], made.id, people[0])
    outbox.clear()
    for day, round_, number in ((14, services.remind, 11), (21, services.thank, 1)):
        with noon(day):
            sent = all_at_once(apps, [partial(take_turn, round_, made.id)] * 8)
            assert sorted(sent) == [0] * 7 + [number]
            assert len(outbox) == number
            outbox.clear()


def take_turn(turn: Callable[[int], int], event_id: int, app: Flask) -> int:
    with app.app_context(), unit():
        return turn(event_id)


def standing_of(app: Flask, event_id: int, person_id: int) -> Answer:
    with app.app_context():
        return db.session.get_one(Reply, (event_id, person_id)).answer


def held_by(app: Flask, event_id: int, parties: dict[int, int]) -> int:
    """Return how many chairs those who come need, by what they asked for."""
    return sum(
        1 + number
        for who, number in parties.items()
        if standing_of(app, event_id, who) is Answer.YES
    )


def test_the_database_itself_refuses_one_seat_too_many(inside: Flask, make: Make) -> None:
    made = event(make, capacity=3)
    with pytest.raises(IntegrityError), unit():
        db.session.execute(update(Event).where(Event.id == made.id).values(seats_taken=4))
