"""A run asks about its own copies only: in a mailing to a million it would never end otherwise."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from alumni_portal.core.db import db
from tests.mail.making import begun, readers, recipients
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box

#: The part of a key or an index that all copies of a mailing share, and reading row by row.
WHOLE = ("(mailing_id=? AND state=?)", "(mailing_id=?)", "SCAN delivery")


def plan_of(statement: str, parameters: Any) -> str:
    """Return how SQLite goes about a statement."""
    asked = f"EXPLAIN QUERY PLAN {statement}"
    return " ".join(row[3] for row in db.session.connection().exec_driver_sql(asked, parameters))


def is_about_people(statement: str) -> bool:
    return statement.startswith(("SELECT", "UPDATE delivery")) and "delivery.person_id" in statement


def test_no_change_and_no_list_of_a_run_reads_the_whole_mailing(
    inside: Flask, make: Make, box: Box
) -> None:
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        asked[statement] = parameters[0] if rest[-1] else parameters

    answers = iter(["451 4.2.0 later", *(f"250 2.0.0 queued as {one}" for one in "ABC")])
    box.says_at_the_end = lambda _to, _number: next(answers)
    begun(make, recipients(readers(make, 4)))
    event.listen(db.engine, "before_cursor_execute", note)
    run_jobs(inside, by_the_clock=False)
    event.remove(db.engine, "before_cursor_execute", note)
    plans = {one: plan_of(one, given) for one, given in asked.items() if is_about_people(one)}
    assert len(plans) > 4
    assert not {one: plan for one, plan in plans.items() if any(part in plan for part in WHOLE)}
