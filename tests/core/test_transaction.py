"""One commit at the edge: answered well it stays, all else never was."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from alumni_portal.core import audit, transaction
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db, writing
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM, public
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import attempt, unit
from alumni_portal.people.models import Person
from alumni_portal.people.services import register_person
from tests.support.app import made_app
from tests.support.browser import Browser

bp = Blueprint("trial", __name__)


def write_and_refuse() -> None:
    write("undone")
    raise Refusal("no")


def write(name: str) -> None:
    register_person(name, "Test", by=SYSTEM)


@bp.route("/trial/<outcome>", methods=["GET", "POST"])
@public
def trial(outcome: str) -> ResponseReturnValue:
    write(outcome)
    if outcome == "crash":
        raise ZeroDivisionError
    if outcome in ERRORS:
        raise ERRORS[outcome]
    if outcome == "redirect":
        return redirect("/healthz", 303)
    if outcome == "attempt":
        try:
            with attempt():
                write_and_refuse()
        except Refusal:
            write("after")
    return ("", int(outcome)) if outcome.isdigit() else ""


ERRORS: dict[str, Exception] = {
    "refused": Refusal("Det går inte."),
    "conflict": Conflict("Någon hann före."),
    "missing": NotFound(),
}


@pytest.fixture
def trials(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Return a browser at a portal with pages of its own, without tokens against forgery."""
    monkeypatch.setattr("alumni_portal.app.SLICES", (bp,))
    monkeypatch.setattr("alumni_portal.core.pages.render_template", lambda *_a, **_k: "")
    with made_app(settings) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        app.testing = False
        yield Browser(app)


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Person.first_name).order_by(Person.id)))


def entries(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditEntry.seq)).all())


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("refused", 400), ("conflict", 409), ("missing", 404), ("crash", 500), ("422", 422)],
)
def test_what_is_not_answered_well_never_was(trials: Browser, outcome: str, status: int) -> None:
    assert trials.open(f"/trial/{outcome}", method="POST").status_code == status
    assert names(trials.app) == []
    assert entries(trials.app) == 0


@pytest.mark.parametrize("outcome", ["fine", "redirect", "201"])
def test_what_is_answered_well_stays(trials: Browser, outcome: str) -> None:
    assert trials.open(f"/trial/{outcome}", method="POST").status_code < 400
    assert names(trials.app) == [outcome]
    assert entries(trials.app) == 1


def test_a_read_commits_nothing(trials: Browser) -> None:
    assert trials.open("/trial/fine").status_code == 200
    assert names(trials.app) == []


def test_an_attempt_is_undone_and_no_more(trials: Browser) -> None:
    trials.open("/trial/attempt", method="POST")
    assert names(trials.app) == ["attempt", "after"]
    assert entries(trials.app) == 2


def test_a_unit_stays_whole_or_not_at_all(inside: Flask) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert names(inside) == []
    with unit():
        write("kept")
    assert names(inside) == ["kept"]


def write_and_break() -> None:
    with unit():
        write("lost")
        raise ZeroDivisionError


def test_what_waits_for_the_commit_is_called_once_and_only_then(inside: Flask) -> None:
    called: list[str] = []

    def call() -> None:
        called.append("x")

    with unit():
        transaction.after_commit(call)
        transaction.after_commit(call)
        assert called == []
    assert called == ["x"]
    with pytest.raises(ZeroDivisionError):
        call_and_break(call)
    with unit():
        audit.record("test.noted", by=SYSTEM)
    assert called == ["x"]


def call_and_break(call: object) -> None:
    with unit():
        transaction.after_commit(call)  # type: ignore[arg-type]  # a function
        raise ZeroDivisionError


def test_a_change_leaves_no_intention_to_write_behind(app: Flask, browser: Browser) -> None:
    browser.open("/sign-in", method="POST")
    assert writing.get() is False
