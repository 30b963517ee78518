"""What undoing an import takes away, and what it leaves."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.people.models import (
    Employment,
    Person,
)
from tests.offboarding.importing import (
    CHECK,
    accepted,
    counts,
    hr,
    imported,
    leaver,
    sample,
    table,
    uploaded,
)
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
LEFT = {"Anst.datum": "2015-03-01", "Uppsägningsdatum": "2019-10-01", "Slutdatum": "2019-12-31"}


def job(number: int) -> Employment:
    return db.session.scalars(select(Employment).where(Employment.number == str(number))).one()


@covers("S55")
def test_undo_takes_away_exactly_what_the_import_made(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    imported(reader, table(leaver(1), leaver(9, Slutdatum="2027-02-28")))
    with app.app_context():
        before, then = counts("case_event"), job(1).ends_on
    rows = [leaver(n, **LEFT) for n in range(100, 120)] + [leaver(200, Avdelning="Helt ny")]
    page = imported(reader, table(leaver(1, Slutdatum="2027-01-31"), *rows))
    with app.app_context():
        assert counts("case_event") != before
    page = page.follow("Ångra inläsningen").submit("Ja, ångra")
    assert page.heading == "Inläsningen är ångrad"
    with app.app_context():
        assert counts("case_event") == before  # the history of a case is only added to
        assert job(1).ends_on == then
        assert audit.verify() is None


def test_undo_of_a_sample_leaves_nothing_of_it(browser: Browser, make: Make, app: Flask) -> None:
    reader = hr(browser, make)
    with app.app_context():
        before = counts()
    page = accepted(uploaded(reader, sample("payroll-sv")).submit(CHECK))
    page.follow("Ångra inläsningen").submit("Ja, ångra")
    with app.app_context():
        assert counts() == before


def test_undo_leaves_whoever_was_worked_with_since_and_names_them(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    page = imported(reader, table(leaver(1), leaver(2)))
    with app.app_context():
        person = db.session.get_one(Person, job(2).person_id)
    make.account(person)
    page = page.follow("Ångra inläsningen")
    assert "1 person är kvar" in page
    page = page.submit("Ja, ångra")
    assert "Elin Sandellc" in page
    with app.app_context():
        numbers = select(Employment.number).where(Employment.batch.is_not(None))
        assert list(db.session.scalars(numbers)) == ["2"]


def test_undo_leaves_the_managers_of_those_who_stay(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    rows = (leaver(1, Chef_anstnr="2"), leaver(2, Chef_anstnr="3"), leaver(3), leaver(4))
    page = imported(reader, table(*rows))
    with app.app_context():
        person = db.session.get_one(Person, job(1).person_id)
    make.account(person)
    page = page.follow("Ångra inläsningen").submit("Ja, ångra")
    with app.app_context():
        numbers = select(Employment.number).where(Employment.batch.is_not(None))
        assert sorted(db.session.scalars(numbers)) == ["1", "2", "3"]
