"""The disk is full: what cannot be saved is refused whole, what is there can be read (S72).

SQLite is given no more pages, which is what a full disk looks like from inside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event, func, select

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.newsletters.models import Newsletter
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

_ALL = 2**31 - 2


@contextmanager
def no_more_room(app: Flask) -> Iterator[None]:
    """Let the database grow no more for a while."""

    def keep_small(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()  # as many as there are

    def let_grow(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {_ALL}").close()

    with app.app_context():
        engine = db.engine
    event.listen(engine, "checkout", keep_small)
    try:
        yield
    finally:
        event.remove(engine, "checkout", keep_small)
        event.listen(engine, "checkout", let_grow)


def writes(reader: Browser, number: int) -> int:
    """Begin a newsletter and return what the portal answered."""
    data = {
        "title": f"Brev {number} " + "x" * 100,
        "csrf_token": reader.get("newsletters.new").value("csrf_token"),
    }
    return reader.open("/newsletters/new", method="POST", data=data).status_code


def stored(app: Flask) -> int:
    with app.app_context():
        assert audit.verify() is None
        return db.session.scalar(select(func.count()).select_from(Newsletter)) or 0


@covers("S72")
def test_what_has_no_room_is_refused_whole_and_all_else_goes_on(
    app: Flask, browser: Browser, make: Make
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    reader = browser.as_(make.staff(Role.HR))
    with no_more_room(app):
        answers = [writes(reader, 0)]
        while answers[-1] == 303:
            answers.append(writes(reader, len(answers)))
        assert answers[-1] == 503, "with a word of when to try again"
        assert stored(app) == answers.count(303)
        assert "Brev 0" in reader.get("newsletters.manage")
        assert writes(reader, 999) == 503
    assert writes(reader, 1000) == 303
    assert stored(app) == answers.count(303) + 1
