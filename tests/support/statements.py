"""How often a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from alumni_portal.core.db import db

READS = ("SELECT", "WITH")
#: No page asks more often than this; the pages that gather from everywhere may ask more.
MOST = 12
GATHERING = {
    "home.alumnus": 20,
    "home.staff": 21,
    "offboarding.case": 20,
    "people.person": 20,
    "openings.opening": 20,
    # The first search of a process reads the columns, in five; tests/rehire counts the next ones.
    "rehire.candidates": 20,
}


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the questions that are put to the database meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(READS):
            asked.append(" ".join(statement.split()))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def check_budget(endpoint: str | None, asked: list[str]) -> None:
    """Fail when a page asks too often: most likely once per row."""
    most = GATHERING.get(endpoint or "", MOST)
    if len(asked) > most:
        listed = "\n  ".join(statement[:160] for statement in asked)
        raise AssertionError(f"{endpoint} asks {len(asked)} times, {most} allowed:\n  {listed}")
