"""Releases in the background: asked for by a person or the calendar, made once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock, jobs
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.insights import services
from alumni_portal.insights.models import Release
from alumni_portal.insights.rules.population import (
    closes_on,
    latest_closed,
    quarter_of,
    shifted,
)
from alumni_portal.insights.services.making import MAKE
from alumni_portal.insights.services.releasing import material
from tests.exit_interviews.making import asked
from tests.insights.leavers import row
from tests.support.app import made_app
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
LEAD = Actor(ref="petra")


def ask(quarter: str) -> None:
    with unit():
        services.ask_for_release(quarter, by=LEAD)


def test_asking_twice_makes_one_and_afterwards_none(inside: Flask) -> None:
    quarter = latest_closed(clock.today())
    ask(quarter)
    ask(quarter)
    run_jobs(inside, by_the_clock=False)
    made = db.session.scalars(select(Release)).one()
    assert (made.quarter, made.made_by) == (quarter, "petra")
    actions = select(AuditEntry.action).where(AuditEntry.action.startswith("release."))
    assert db.session.scalars(actions).all() == ["release.asked", "release.made"]
    with pytest.raises(Refusal):
        ask(quarter)


@pytest.mark.parametrize("quarter", ["2199Q1", "autumn"])
def test_what_may_not_be_released_is_not_even_tried(inside: Flask, quarter: str) -> None:
    with pytest.raises(Refusal):
        ask(quarter)
    assert not db.session.scalars(select(Job)).all()


def test_what_may_not_be_made_any_more_is_given_up_and_nothing_is_stored(inside: Flask) -> None:
    quarter = latest_closed(clock.today())
    with unit():
        jobs.enqueue(MAKE, {"quarter": shifted(quarter, -1), "by": "petra"})
        services.release_from([], quarter, by=SYSTEM)
    run_jobs(inside, by_the_clock=False, fails=True)
    assert db.session.scalars(select(Release.quarter)).all() == [quarter]
    assert db.session.scalars(select(Job.state)).all() == [JobState.DEAD]


def test_two_processes_at_once_make_one(app: Flask, settings: Settings) -> None:
    quarter = latest_closed(clock.today())

    def run(each: Flask) -> None:
        with each.app_context():
            jobs.run_queued()

    with made_app(settings) as other, app.app_context():
        with unit():
            for key in ("one", "other"):
                jobs.enqueue(MAKE, {"quarter": quarter, "by": "petra"}, key=key)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, (app, other)))
        with time_machine.travel(clock.now() + timedelta(minutes=9)):
            jobs.run_queued()
        assert db.session.scalars(select(Release.quarter)).all() == [quarter]
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}


def test_what_was_read_is_told_from_what_is_there_later(inside: Flask) -> None:
    quarter = latest_closed(clock.today())
    earlier = shifted(quarter, -1)
    before = material(quarter)
    assert before == material(quarter)
    with unit():
        services.release_from([row(f"t{n}", quarter=earlier) for n in range(9)], earlier, by=SYSTEM)
    assert material(quarter) != before


def test_the_calendar_asks_on_the_day_when_the_forms_are_closed(
    app: Flask, make: Make, outbox: Outbox, work: Callable[[], int]
) -> None:
    asked(make, outbox)
    quarter = quarter_of(days(24))
    made: dict[int, list[str]] = {}
    for later in (-1, 0, 1):
        day = closes_on(quarter) + timedelta(days=later)
        with time_machine.travel(f"{day}T09:00:00+00:00"):
            work()
            with app.app_context():
                made[later] = list(db.session.scalars(select(Release.quarter)))
    assert made == {-1: [], 0: [quarter], 1: [quarter]}
    with app.app_context():
        assert db.session.scalars(select(Release.made_by)).all() == ["system"]


def test_nothing_is_released_where_nobody_left(inside: Flask, work: Callable[[], int]) -> None:
    work()
    assert not db.session.scalars(select(Release)).all()
