"""The one who tips learns nothing about who is tipped: answer, work and rows are equal (S57)."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from alumni_portal.core.db import db
from alumni_portal.mail.services.suppressing import suppress
from tests.openings.making import opening
from tests.referrals.making import tip
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

VARYING = re.compile(r'av--\d|\?next=[^"]*')
KINDS = {
    "unknown": "ny@hemma.example",
    "tipped before": "igen@hemma.example",
    "a member": "linnea@post.example",
    "employed": "per@sundmark.example",
    "suppressed": "studs@hemma.example",
    "died": "borta@hemma.example",
}


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


def tipping(app: Flask, browser: Browser, address: str, opening_ref: str) -> tuple[Any, ...]:
    """Tip somebody and return everything that could tell: answer, list, work, rows."""
    before = rows(app)
    token = browser.get("referrals.new").value("csrf_token")
    sent = {"csrf_token": token, "name": "Erik Ek", "address": address, "agreed": "y"}
    with statements(app) as counted:
        answer = browser.open(
            "/referrals/new", method="POST", data={**sent, "opening": opening_ref}
        )
        page = browser.open("/referrals/mine")
    after = rows(app)
    body = VARYING.sub("", alike(page.get_data(as_text=True)))
    grown = {name: after[name] - before[name] for name in after}
    return answer.status_code, answer.headers["Location"], body, counted, grown


@pytest.mark.both_databases
@covers("S57")
def test_whoever_is_tipped_the_answer_the_work_and_the_rows_are_equal(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, earlier = opening(make), make.alumnus("Bo Ek")
    make.alumnus("Linnéa Åkerström", private=KINDS["a member"])
    make.employment(make.person("Per Nu", work=KINDS["employed"]))
    gone = make.former(private=KINDS["died"])
    with make.work():
        suppress(KINDS["suppressed"], "550 nobody here")
        db.session.get_one(type(gone), gone.id).died_on = gone.created_at.date()
    tip(make, earlier, made, address=KINDS["tipped before"])
    warm = browser.another().as_(make.alumnus("Varm Test"))
    tipping(app, warm, "varm@hemma.example", made.public_id)
    answers: dict[str, tuple[Any, ...]] = {}
    for kind, address in {**KINDS, "unknown again": "ny2@hemma.example"}.items():
        own = f"{len(answers)}@post.example"
        reader = browser.another().as_(make.alumnus("Amira Haddad", private=own))
        answers[kind] = tipping(app, reader, address, made.public_id)
    wanted = answers["unknown"]
    for kind, found in answers.items():
        for one, other in zip(wanted, found, strict=True):
            assert one == other, kind
