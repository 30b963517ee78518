"""Nobody learns from the door who is behind it (S6, S54)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from alumni_portal.accounts.models import SignInLink
from alumni_portal.core.db import db
from alumni_portal.mail.models import Letter
from tests.accounts.making import PASSWORD, ask, with_password
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

KNOWN, UNKNOWN = "amira@post.example", "ingen1@post.example"


@contextmanager
def statements(app: Flask) -> Iterator[Counter[str]]:
    """Count the statements that run meanwhile, by their text."""
    counted: Counter[str] = Counter()

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counted[" ".join(statement.split())] += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield counted
    event.remove(engine, "before_cursor_execute", note)


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in db.metadata.tables.items()
        }


def asking(app: Flask, browser: Browser, address: str) -> tuple[Any, ...]:
    """Ask for a link and return everything that could tell: answer, work, rows."""
    before = rows(app)
    token = browser.get("accounts.sign_in").value("csrf_token")
    with statements(app) as counted:
        answer = browser.open(
            "/sign-in", method="POST", data={"csrf_token": token, "email": address}
        )
        page = browser.open("/sign-in/check-mail")
    after = rows(app)
    body = alike(page.get_data(as_text=True), address[:1] + "•")
    grown = {name: after[name] - before[name] for name in after}
    return answer.status_code, answer.headers["Location"], body, counted, grown


@pytest.mark.both_databases
@covers("S6")
def test_known_and_unknown_addresses_cost_and_answer_the_same(
    app: Flask, browser: Browser, make: Make
) -> None:
    make.alumnus(private=KNOWN)
    asking(app, browser.another(), "varm@post.example")
    known = asking(app, browser.another(), KNOWN)
    unknown = asking(app, browser.another(), UNKNOWN)
    for one, other in zip(known, unknown, strict=True):
        assert one == other


@covers("S6")
def test_a_closed_account_answers_as_nobody_does(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    person = make.person("Bo Ek", private="bo@post.example", proved=False)
    make.account(person)
    assert (
        asking(app, browser.another(), "bo@post.example")[:3]
        == (asking(app, browser.another(), "bi@post.example")[:3])
    )
    assert outbox.letters() == []


@covers("S6")
def test_nobody_gets_no_letter(app: Flask, browser: Browser, outbox: Outbox) -> None:
    page = ask(browser, UNKNOWN)
    assert page.heading == "Kolla mejlen"
    assert "i•••••@post.example" in page
    assert len(outbox) == 0
    with app.app_context():
        assert db.session.scalar(select(Letter.to_address)) == ""
        assert db.session.scalar(select(SignInLink.account_id)) is None


@covers("S6")
def test_a_wrong_password_answers_the_same_for_everybody(
    app: Flask, browser: Browser, make: Make
) -> None:
    with_password(app, make.alumnus(private=KNOWN))
    make.alumnus("Bo Ek", private="bo.ek@post.example")
    told = []
    for address in ("varm@post.example", KNOWN, UNKNOWN, "bo.ek@post.example"):
        with statements(app) as counted:
            page = browser.another().get("accounts.sign_in")
            page = page.submit("Logga in med lösenord", email=address, password=PASSWORD + "!")
        body = alike(page.html, address)
        told.append((page.errors, body, counted))
    assert told[1] == told[2] == told[3]


@covers("S54")
@pytest.mark.parametrize(
    "alike",
    ["amıra@post.example", "AMİRA@post.example", "amira@posт.example"],
)
def test_a_look_alike_address_lets_nobody_in(
    browser: Browser, make: Make, outbox: Outbox, alike: str
) -> None:
    make.alumnus(private=KNOWN)
    browser.get("accounts.sign_in").submit("Skicka inloggningslänk", email=alike)
    assert outbox.letters() == []


@covers("S54")
def test_the_letter_goes_to_the_stored_address(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus(private="Amira.Haddad@Post.example")
    ask(browser, "Amira.Haddad@post.example".upper())
    assert outbox.last().to == "Amira.Haddad@Post.example"
