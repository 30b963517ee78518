"""Races for seats between processes: exactly the seats there are, the rest in line, no error.

Short by itself; 500 racers for 50 seats with `--faults full` (S76, S77).
"""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.events import queries, services
from alumni_portal.events.models import Answer, Event, Reply
from alumni_portal.events.services import Wanted
from alumni_portal.mail.models import Letter
from tests.events.making import crowd, event
from tests.support.app import SECRET
from tests.support.covers import covers
from tests.support.make import Make

#: Answers with eight threads, from the moment that it is told to; says what became of each.
RACE = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from alumni_portal.app import create_app
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.events import services
app = create_app()
def go(move):
    event_id, person_id, comes = move
    wanted = services.Wanted(comes=comes, may_wait=True)
    try:
        with app.app_context(), unit():
            return services.answer(event_id, person_id, wanted, by=SYSTEM).answer
    except Exception as error:
        return "error: " + repr(error)
print("ready", flush=True)
moves = json.loads(sys.stdin.readline())
with ThreadPoolExecutor(8) as pool:
    print(json.dumps(list(pool.map(go, moves))), flush=True)
"""
#: Lets offers lapse as somebody two days later would, until it is told to stop.
LAPSE = """
import sys, threading, time_machine
from datetime import UTC, datetime, timedelta
from alumni_portal.app import create_app
from alumni_portal.core import clock
from alumni_portal.core.transaction import unit
from alumni_portal.events import queries, services
app = create_app()
over = threading.Event()
print("ready", flush=True)
sys.stdin.readline()
threading.Thread(target=lambda: (sys.stdin.readline(), over.set()), daemon=True).start()
passed = 0
with time_machine.travel(datetime.now(UTC) + timedelta(hours=49)):
    while not over.wait(0.01):
        with app.app_context():
            due = queries.expired_offers(clock.now(), limit=5)
        for one in due:
            with app.app_context(), unit():
                passed += services.let_lapse(*one)
print(passed, flush=True)
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Race on both databases when there is time; one is enough to see that the test itself runs."""
    if metafunc.config.getoption("--faults") == "full":
        metafunc.definition.add_marker(pytest.mark.both_databases)


@dataclass(frozen=True)
class Size:
    """How many race for how many seats."""

    racers: int
    seats: int
    leavers: int
    joiners: int


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Size:
    if request.config.getoption("--faults") == "full":
        return Size(racers=500, seats=50, leavers=50, joiners=200)
    return Size(racers=40, seats=10, leavers=5, joiners=15)


def tell(line: str) -> None:
    """Let the line stand in the output of the run."""
    sys.stdout.write(f"\n{line}\n")


class Process:
    """A portal of its own on the same database, ready to go."""

    def __init__(self, settings: Settings, work: str) -> None:
        env = {
            "ALUMNI_MODE": "demo",
            "ALUMNI_SECRET_KEY": SECRET,
            "ALUMNI_DATABASE_URL": settings.database_url,
            "ALUMNI_INSTANCE": str(settings.instance),
            "ALUMNI_BASE_URL": "http://localhost",
        }
        self._running = subprocess.Popen(
            [sys.executable, "-c", work],
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> None:
        assert self.hears() == "ready"

    def say(self, line: str = "") -> None:
        assert self._running.stdin is not None
        self._running.stdin.write(f"{line}\n")
        self._running.stdin.flush()

    def hears(self) -> str:
        """Return the next line that is said, past the lines of the log."""
        assert self._running.stdout is not None
        while (line := self._running.stdout.readline().strip()).startswith('{"'):
            pass
        return line

    def end(self) -> None:
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()
        assert self._running.wait(timeout=60) == 0


def race(settings: Settings, moves: list[tuple[int, int, bool]]) -> tuple[list[str], float]:
    """Let two processes make these moves side by side: what became of each, and the seconds."""
    processes = [Process(settings, RACE), Process(settings, RACE)]
    for one in processes:
        one.wait_until_ready()
    begun = monotonic()
    for place, one in enumerate(processes):
        one.say(json.dumps(moves[place::2]))
    said: list[str] = []
    for one in processes:
        said += json.loads(one.hears())
    took = monotonic() - begun
    for one in processes:
        one.end()
    return said, took


def standing(event_id: int) -> tuple[Counter[Answer], int]:
    """Return how many gave or got each answer, and how many seats are taken."""
    rows = db.session.execute(
        select(Reply.answer, func.count().label("number"))
        .where(Reply.event_id == event_id)
        .group_by(Reply.answer)
    )
    found = Counter({row.answer: row.number for row in rows})
    return found, db.session.get_one(Event, event_id, populate_existing=True).seats_taken


@covers("S76")
def test_two_processes_race_for_seats(
    app: Flask, make: Make, settings: Settings, size: Size
) -> None:
    made, people = event(make, capacity=size.seats), crowd(make, size.racers)
    said, took = race(settings, [(made.id, who, True) for who in people])
    errors = [one for one in said if one.startswith("error")]
    counts = Counter(said)
    tell(
        f"racers={size.racers} seats={size.seats} yes={counts['yes']}"
        f" waiting={counts['waiting']} errors={len(errors)} seconds={took:.1f}"
    )
    assert not errors, errors[:3]
    with app.app_context():
        found, taken = standing(made.id)
        ranks = [one.queue_no for one in queries.waiting(made.id)]
    waiting = size.racers - size.seats
    assert found == {Answer.YES: size.seats, Answer.WAITING: waiting}
    assert taken == size.seats
    assert ranks == list(range(1, waiting + 1))


def filled(make: Make, size: Size) -> tuple[Event, list[int], list[int]]:
    """Make a full event with a line; return it, those who wait in order, and those to come."""
    made = event(make, capacity=size.seats)
    people = crowd(make, 2 * size.seats + size.leavers + size.joiners)
    known, others = people[: 2 * size.seats + size.leavers], people[-size.joiners :]
    for who in known:
        with make.work():
            wanted = Wanted(comes=True, may_wait=True)
            services.answer(made.id, who, wanted, by=SYSTEM)
    return made, known, others


@covers("S77")
def test_some_leave_while_others_come_and_offers_lapse(
    app: Flask, make: Make, settings: Settings, size: Size
) -> None:
    lapsing = Process(settings, LAPSE)
    made, known, others = filled(make, size)
    lapsing.wait_until_ready()
    lapsing.say()
    leave = [(made.id, who, False) for who in known[: size.leavers]]
    said, _took = race(settings, [*leave, *((made.id, who, True) for who in others)])
    lapsing.say()
    passed = int(lapsing.hears())
    lapsing.end()
    errors = [one for one in said if one.startswith("error")]
    with app.app_context():
        found, taken = standing(made.id)
        check_line(known[size.seats :], others)
    tell(
        f"left={size.leavers} joined={size.joiners} lapsed={passed} taken={taken}"
        f" of={size.seats} errors={len(errors)}"
    )
    assert not errors, errors[:3]
    assert taken == size.seats == found[Answer.YES] + found[Answer.OFFERED]
    assert found[Answer.LAPSED] == passed


def check_line(waited: list[int], others: list[int]) -> None:
    """Fail unless offers went down the line in order, and one to each."""
    offers = Counter(
        db.session.scalars(select(Letter.person_id).where(Letter.kind == "events/offered"))
    )
    assert set(offers.values()) <= {1}
    assert set(waited[: len(offers)]) <= set(offers), "in the order of the line"
    assert len(offers) <= len(waited) or set(offers) <= {*waited, *others}
