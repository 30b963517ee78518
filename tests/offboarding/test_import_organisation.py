"""Staff and units by the command line, units in use, and who sees that they were compared."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.cli import group
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.people.models import Employment, Unit, UnitLead
from tests.offboarding.importing import EXAMPLES, hr, imported, leaver, table
from tests.support.browser import Browser
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
UNITS = "Kod;Enhet;Överordnad;Chef;Ersättare;Gäller från;Upphör"
STAFF = (
    "Anställningsnummer;Namn;E-post;Enhet;Arbetsplats;Titel;Närmaste chef;Anställningsform;"
    "Anställd från;Chef för;Ersättare för"
)


def run(app: Flask, path: Path, kind: str, content: bytes) -> int:
    path.write_bytes(content)
    mapping = str(EXAMPLES / f"{kind}-sv.toml")
    command = [kind, "import", str(path), "--mapping", mapping]
    return app.test_cli_runner().invoke(group, command).exit_code


def test_units_and_staff_come_by_the_command_line(app: Flask, tmp_path: Path) -> None:
    units = table("10;Teknik;;;;2012-01-01;", "20;Elkraft;10;;;2015-01-01;", headings=UNITS)
    staff = table(
        "1;Ek, Bo;bo@sundmark.example;Elkraft;Luleå;Chef;;Tillsvidare;14.05.2010;20;",
        "2;Sandell, Elin;elin@sundmark.example;20;Luleå;Ekonom;1;Visstid;01.03.2015;;Teknik",
        headings=STAFF,
    )
    path = tmp_path / "fil.csv"
    assert run(app, path, "units", units) == 0
    assert run(app, path, "staff", staff) == 0
    assert run(app, path, "staff", staff) == 0  # says nothing new
    with app.app_context():
        jobs = {job.number: job for job in db.session.scalars(select(Employment))}
        names = {unit.id: unit.name for unit in db.session.scalars(select(Unit))}
        assert {number: names[job.unit_id or 0] for number, job in jobs.items()} == {
            "1": "Elkraft",
            "2": "Elkraft",
        }
        assert jobs["2"].manager_id == jobs["1"].person_id
        leads = db.session.scalars(select(UnitLead)).all()
        assert {(names[one.unit_id], one.is_deputy) for one in leads} == {
            ("Elkraft", False),
            ("Teknik", True),
        }


def test_a_unit_in_use_stays_open_and_is_named(browser: Browser, make: Make, app: Flask) -> None:
    unit = make.unit("Elkraft", code="20")
    make.employee("Elin Ek", unit=unit)
    rows = ("20;Elkraft;;;;2015-01-01;2026-11-01", "30;Väg;;;;2015-01-01;")
    page = imported(hr(browser, make), table(*rows, headings=UNITS), kind="units")
    assert "för att de används" in page
    assert "Elkraft" in page
    with app.app_context():
        assert db.session.get_one(Unit, unit.id).closed_on is None


def test_people_see_that_they_were_compared(browser: Browser, make: Make, app: Flask) -> None:
    known = make.former("Elin Sandellf", private="elin5@post.example")
    reader = hr(browser, make)
    imported(reader, table(leaver(5)))
    reader.get("offboarding.list_matches").submit("Samma person Elin Sandellf")
    with app.app_context():
        assert Look.MATCH in {seen.look for seen in access_log.seen(known.id)}
        actions = set(db.session.scalars(select(AuditEntry.action)))
        assert {"import.stored", "match.decided", "person.joined"} <= actions


def test_the_audit_has_one_row_for_a_batch(browser: Browser, make: Make, app: Flask) -> None:
    make.unit("Elkraft")
    left = {"Uppsägningsdatum": "2019-10-01"}
    days = [date(2019, 12, day).isoformat() for day in range(1, 21)]
    rows = (leaver(n, **left, Slutdatum=day) for n, day in enumerate(days))
    imported(hr(browser, make), table(*rows))
    with app.app_context():
        stored = select(AuditEntry.seq).where(AuditEntry.action == "import.received")
        since = db.session.scalars(stored).one()
        later = select(AuditEntry.action).where(AuditEntry.seq > since)
        assert list(db.session.scalars(later)) == ["import.stored"]
