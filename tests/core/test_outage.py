"""Which errors of the database pass by themselves, and which are our own mistakes."""

import pytest
from flask import Flask
from sqlalchemy import exc, text

from alumni_portal.core.db import db
from alumni_portal.core.outage import is_outage
from alumni_portal.core.permissions import public
from tests.support.browser import Browser


@pytest.mark.both_databases
@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("statement", ["SELECT 1 FROM no_such_table", "SELEKT", "SELECT nothing"])
def test_a_wrong_statement_is_no_outage(statement: str) -> None:
    with pytest.raises(exc.DBAPIError) as raised:
        db.session.execute(text(statement))
    assert not is_outage(raised.value)


@pytest.mark.parametrize("error", [None, ValueError(), exc.NoResultFound()])
def test_nor_is_anything_else(error: Exception | None) -> None:
    assert not is_outage(error)


def test_that_every_connection_is_in_use_is_one() -> None:
    assert is_outage(exc.TimeoutError())


def test_a_wrong_statement_is_a_crash_to_its_reader(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    @public
    def wrong() -> str:
        db.session.execute(text("SELECT 1 FROM no_such_table"))
        return ""

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "core.healthz", wrong)
    assert browser.get("/healthz", status=500).heading == "Något gick fel hos oss"
