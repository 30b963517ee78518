"""One process sends letters about a change while another takes them back: all go, or none."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.events import services
from alumni_portal.events.models import Event, Reply
from alumni_portal.mail.models import Letter
from tests.events.making import event, guests, plan
from tests.events.test_told import MORNING, NIGHT
from tests.faults.test_event_race import Process, tell
from tests.support.letters import run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
_MOMENT = timedelta(seconds=1)
#: Does what is due each time that it is told to: its clock says that the letters are.
SEND = """
import sys, time_machine
from datetime import datetime
from alumni_portal.app import create_app
from alumni_portal.core import jobs
app = create_app()
print("ready", flush=True)
for line in sys.stdin:
    with time_machine.travel(datetime.fromisoformat(line.strip())), app.app_context():
        jobs.run_queued()
    print("done", flush=True)
"""
#: Takes the letters about an event back: by its clock, a moment behind, they are not due yet.
TAKE_BACK = """
import sys, time_machine
from datetime import datetime
from alumni_portal.app import create_app
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.events import services
app = create_app()
print("ready", flush=True)
for line in sys.stdin:
    event_id, at = line.split()
    said = "taken"
    with time_machine.travel(datetime.fromisoformat(at)), app.app_context():
        try:
            with unit():
                services.take_back_telling(int(event_id), by=SYSTEM)
        except Refusal:
            said = "refused"
        except Exception as error:
            said = "error: " + repr(error)
    print(said, flush=True)
"""
PEOPLE, ROUNDS = 4, 6


def moved(make: Make, people: list[int]) -> Event:
    """Return an event that was moved in the evening: the letters wait for the morning."""
    made = event(make)
    for who in people:
        with make.work():
            services.answer(made.id, who, services.Wanted(comes=True), by=SYSTEM)
    with make.work():
        services.change(made.id, plan(place="Lund"), tell_at=MORNING, by=SYSTEM)
    return made


def told(made: Event) -> tuple[Counter[int | None], set[int]]:
    """Return how many letters about a change each got, and which change each knows of."""
    db.session.rollback()
    refs = select(Reply.told_by).where(Reply.event_id == made.id)
    letters = db.session.scalars(select(Letter.person_id).where(Letter.public_id.in_(refs)))
    knows = db.session.scalars(select(Reply.told_sequence).where(Reply.event_id == made.id))
    return Counter(letters), set(knows)


def test_letters_go_to_all_or_are_taken_back_from_all(
    app: Flask, make: Make, settings: Settings
) -> None:
    sender, taker = Process(settings, SEND), Process(settings, TAKE_BACK)
    with time_machine.travel(NIGHT):
        people = [one.person_id or 0 for one in guests(make, PEOPLE)]
    for one in (sender, taker):
        one.wait_until_ready()
    said: Counter[str] = Counter()
    for turn in range(ROUNDS):
        with time_machine.travel(NIGHT):
            made = moved(make, people)
        due, early = ((MORNING + by).isoformat() for by in (_MOMENT, -_MOMENT))
        order = [(sender, due), (taker, f"{made.id} {early}")]
        for process, line in order[:: (1, -1)[turn % 2]]:
            process.say(line)
        assert sender.hears() == "done"
        outcome = taker.hears()
        said[outcome] += 1
        check(app, made, people, outcome)
    tell(f"rounds={ROUNDS} {dict(said)}")
    for one in (sender, taker):
        one.end()


def check(app: Flask, made: Event, people: list[int], outcome: str) -> None:
    """Fail unless all were told once or nobody was, and that stays so."""
    assert outcome in {"taken", "refused"}
    letters = {} if outcome == "taken" else dict.fromkeys(people, 1)
    with time_machine.travel(MORNING + 2 * _MOMENT):
        run_jobs(app, by_the_clock=False)
    with app.app_context():
        assert told(made) == (letters, {1})
