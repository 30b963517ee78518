"""Which answers without a name are whose, or were changed last, no system column tells (ADR 0018).

On PostgreSQL every row says which transaction wrote it (`xmin`) and where it lies (`ctid`); on
SQLite only the order of rows could tell.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview, Reach, Reader, Seat
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.exit_interviews.services import mixing
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases

TABLES = (
    ("exit_interview", "id"),
    ("exit_answer", "interview_id"),
    ("exit_reader", "interview_id"),
)
NAMES = ("Elin Berg", "Kim Ask", "Bo Ek", "Li Alm", "Per Ros")


@pytest.fixture
def tokens(make: Make, outbox: Outbox) -> list[str]:
    """Let five leavers choose one after the other, each in a transaction of its own."""
    return [chosen(asked(make, outbox, name=name)) for name in NAMES]


def chosen(leaver: Asked) -> str:
    leaver.choose(Reach.HR_ONLY)
    leaver.save(workload="2")
    return leaver.choose(Reach.AGGREGATE) or ""


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def writers(table: str, key: str) -> set[str]:
    """Return which transactions wrote the rows without a name."""
    if not is_postgresql():
        return {"no such column"}
    query = text(f"SELECT DISTINCT xmin::text FROM {table} WHERE {key} < 0")
    return set(db.session.scalars(query))


def places(table: str, key: str) -> list[int]:
    query = text(f"SELECT {key} FROM {table} WHERE {key} < 0 GROUP BY {key} ORDER BY min(rowid)")
    return list(db.session.scalars(query))


def check_unseen() -> None:
    """Fail when a row was written by a transaction of its own, or lies where its turn was.

    PostgreSQL fills free places in the order in which rows are written: by their random marks, as
    `test_mixing.py` shows on an empty page. Here the writer is what could tell.
    """
    rows = db.session.execute(select(Interview.id).where(Interview.id < 0).order_by(Interview.mark))
    by_mark = list(rows.scalars())
    for table, key in TABLES:
        assert len(writers(table, key)) == 1, table
        if not is_postgresql() and table != "exit_interview":  # there the id itself is the place
            here = places(table, key)
            assert here == [one for one in by_mark if one in here], table


def test_the_choice_leaves_no_trace_in_the_row(app: Flask, tokens: list[str]) -> None:
    """No job has run: the last choice wrote all rows anew."""
    assert len(set(tokens)) == len(NAMES)
    with app.app_context():
        check_unseen()


@pytest.mark.parametrize("do", ["save", "withdraw"])
def test_neither_does_a_change_through_the_link(
    app: Flask, browser: Browser, tokens: list[str], do: str
) -> None:
    button = {"save": "Spara svaren", "withdraw": "Ta tillbaka alla svar"}[do]
    typed: dict[str, Any] = {"workload": "4"} if do == "save" else {}
    browser.go(f"/leaving/answers/{tokens[1]}").submit(button, **typed)
    with app.app_context():
        check_unseen()
        kept = services.opened(found(tokens[1]))
        assert kept.get("workload") == (None if do == "withdraw" else 4)
        assert [services.opened(found(one)) for one in tokens[2:]] == [{"workload": 2}] * 3


def found(token: str) -> Interview:
    interview = lookups.nameless_by(token)
    assert interview is not None
    return interview


def test_where_there_are_many_some_are_written_together_and_none_alone(
    app: Flask, tokens: list[str], make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixing, "TOGETHER", 2)
    for token in tokens:
        with make.work():
            assert mixing.mix_around(found(token)) == 2
    with app.app_context():
        assert [services.opened(found(one)) for one in tokens] == [{"workload": 2}] * len(tokens)


def test_those_who_answer_at_the_same_moment_lose_nothing(app: Flask, tokens: list[str]) -> None:
    def answer(numbered: tuple[int, str]) -> None:
        number, token = numbered
        for mark in (5, number % 5 + 1):
            with app.app_context(), unit():
                interview = found(token)
                with services.unseen(interview):
                    services.save(interview, {"workload": [str(mark)]})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, enumerate(tokens)))
    with app.app_context():
        said = [services.opened(found(one))["workload"] for one in tokens]
        assert said == [number % 5 + 1 for number in range(len(tokens))]
        coders = select(Reader.interview_id).where(
            Reader.seat == Seat.CODER, Reader.interview_id < 0
        )
        assert len(set(db.session.scalars(coders))) == len(tokens)
