"""Background work: leases, keys, pauses, dead letters, the clock; on both databases."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Dead, Job, JobRun, JobState, book, periodic, running
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from tests.support.app import made_app

pytestmark = pytest.mark.both_databases
Work = Callable[[JobRun], dict[str, object] | None]


@pytest.fixture
def done() -> list[int]:
    """Return the list on which the jobs of a test write what they did."""
    return []


@pytest.fixture
def working(inside: Flask, done: list[int]) -> Flask:
    """Return the portal with a few jobs of its own."""

    def note(run: JobRun) -> dict[str, object]:
        done.append(run.args.get("n", 0))
        return {"n": run.args.get("n", 0)}

    def break_(run: JobRun) -> None:
        raise ValueError("amira@post.example")

    def give_up(run: JobRun) -> None:
        raise Dead

    def finish_inside(run: JobRun) -> None:
        with unit():
            jobs.enqueue("note", {"n": 7}, key="follow-up")
            run.finish({"done": 1})

    functions = {"note": note, "break": break_, "give up": give_up, "inside": finish_inside}
    use(inside, functions, {})
    return inside


def use(app: Flask, functions: Mapping[str, Work], table: dict[str, timedelta]) -> None:
    found = app.extensions["alumni_portal.jobs"]
    app.extensions["alumni_portal.jobs"] = replace(found, functions=functions, periodic=table)


def ask(name: str, **more: object) -> str:
    with unit():
        return jobs.enqueue(name, **more).public_id  # type: ignore[arg-type]  # as enqueue


def state(public_id: str) -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.public_id == public_id)).one()


def test_work_that_was_asked_for_is_done_once(working: Flask, done: list[int]) -> None:
    job = ask("note", args={"n": 3})
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert done == [3]
    assert state(job).state is JobState.DONE
    assert state(job).result == {"n": 3}


def test_work_of_an_undone_change_is_never_done(working: Flask, done: list[int]) -> None:
    with suppress(ZeroDivisionError), unit():
        jobs.enqueue("note")
        _ = 1 / 0
    assert jobs.run_due() == 0
    assert done == []


def test_the_same_key_is_asked_for_once(working: Flask, done: list[int]) -> None:
    assert ask("note", key="a") == ask("note", key="a")
    assert jobs.run_due() == 1
    assert ask("note", key="a")
    assert jobs.run_due() == 0
    assert done == [0]


def test_the_more_urgent_goes_first(working: Flask, done: list[int]) -> None:
    ask("note", args={"n": 1})
    ask("note", args={"n": 2}, priority=100)
    jobs.run_due()
    assert done == [2, 1]


def test_work_for_later_waits(working: Flask, done: list[int]) -> None:
    ask("note", run_at=clock.now() + timedelta(hours=1))
    assert jobs.run_due() == 0
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1), tick=False):
        assert jobs.run_due() == 1


def test_a_failure_is_tried_again_with_growing_pauses(working: Flask) -> None:
    job = ask("break", tries=4)
    with time_machine.travel(clock.now(), tick=False) as time:
        pauses = []
        for _try in range(3):
            jobs.run_due()
            pauses.append((state(job).run_at - clock.now()).total_seconds())
            time.shift(pauses[-1] + 1)
        assert pauses == sorted(pauses)
        assert 1.5 <= pauses[0] <= 2.5
        jobs.run_due()
    assert state(job).state is JobState.DEAD
    assert state(job).attempts == 4
    assert state(job).error == "ValueError", "the message may hold personal data"


def test_what_can_never_succeed_is_not_tried_again(working: Flask) -> None:
    job = ask("give up")
    jobs.run_due()
    assert state(job).state is JobState.DEAD
    assert state(job).attempts == 1


def test_a_dead_job_gets_another_round(working: Flask) -> None:
    job = ask("break", tries=1)
    jobs.run_due()
    with unit():
        book.retry(state(job))
    assert state(job).state is JobState.QUEUED
    assert jobs.run_due() == 1
    assert state(job).state is JobState.DEAD


def test_work_of_a_lost_worker_goes_to_another_after_the_lease(
    working: Flask, done: list[int]
) -> None:
    ask("note", args={"n": 5})
    with unit():
        assert book.claim("killed")
    assert jobs.run_due() == 0
    with time_machine.travel(clock.now() + book.LEASE + timedelta(seconds=1), tick=False):
        assert jobs.run_due() == 1
    assert done == [5]


def test_a_worker_that_wakes_up_too_late_changes_nothing(working: Flask) -> None:
    job = ask("note")
    with unit():
        claimed = book.claim("slow")
        assert claimed
        late = JobRun(claimed.id, {}, "slow")
    with time_machine.travel(clock.now() + book.LEASE + timedelta(seconds=1), tick=False):
        with unit():
            assert book.claim("quick")
        with pytest.raises(running.LeaseLost):
            late.progress(1, 2)
        with pytest.raises(running.LeaseLost), unit():
            late.finish({"late": True})
        with unit():
            book.fail(late.id, "slow", "late")
    assert state(job).owner == "quick"
    assert state(job).state is JobState.RUNNING


def test_a_job_that_dies_with_its_worker_every_time_is_buried(working: Flask) -> None:
    job = ask("note", tries=2)
    with time_machine.travel(clock.now(), tick=False) as time:
        for _try in range(2):
            with unit():
                assert book.claim("killed")
            time.shift(book.LEASE + timedelta(seconds=1))
        jobs.run_due()
    assert state(job).state is JobState.DEAD
    assert state(job).error == "its worker was lost on the last try"


def test_the_effect_and_its_end_are_one(working: Flask, done: list[int]) -> None:
    job = ask("inside")
    assert jobs.run_due() == 2
    assert state(job).state is JobState.DONE
    assert state(job).result == {"done": 1}
    assert done == [7]


def test_progress_is_shown_while_the_work_goes_on(working: Flask) -> None:
    job = ask("note")
    with unit():
        claimed = book.claim("me")
        assert claimed
        run = JobRun(claimed.id, {}, "me")
    run.progress(3, 10, "tredje raden")
    shown = state(job)
    assert (shown.done, shown.total, shown.note) == (3, 10, "tredje raden")


def test_many_workers_take_each_job_once(
    working: Flask, settings: Settings, done: list[int]
) -> None:
    for number in range(30):
        ask("note", args={"n": number})
    with made_app(settings) as other:
        use(other, working.extensions["alumni_portal.jobs"].functions, {})

        def drain(number: int) -> None:
            with (working, other)[number % 2].app_context():
                while running.run_one(f"worker-{number}"):
                    pass

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(drain, range(4)))
    assert sorted(done) == list(range(30))


def test_work_by_the_clock_fires_once_in_two_processes(working: Flask, settings: Settings) -> None:
    table = {"note": timedelta(hours=1)}
    with made_app(settings) as other:

        def fire(number: int) -> int:
            with (working, other)[number % 2].app_context():
                return periodic.enqueue_due(table)

        with time_machine.travel(clock.now(), tick=False) as time, ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(fire, range(8))) == 1
            assert sum(pool.map(fire, range(8))) == 0
            time.shift(timedelta(hours=1))
            assert sum(pool.map(fire, range(8))) == 1
            time.shift(timedelta(days=3))
            assert sum(pool.map(fire, range(8))) == 1, "missed runs count as one"
            time.shift(timedelta(days=-3))
            assert sum(pool.map(fire, range(8))) == 1, "the clock was three days ahead"
