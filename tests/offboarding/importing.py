"""Files to import, and the way of a file through the browser."""

import io
import json
import re
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from alumni_portal.core.db import Base, db
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding.models import ImportBatch
from tests.support.browser import Browser
from tests.support.forms import Given
from tests.support.make import Make
from tests.support.page import Page
from tests.support.repository import ROOT

HRIS = ROOT / "tests/data/hris"
EXAMPLES = ROOT / "docs/examples"
SAMPLES = {"payroll-sv": "leavers_payroll-sv_11", "suite-en": "leavers_suite-en_12"}
HEADINGS = (
    "Anstnr;Förnamn;Efternamn;E-post arbete;Privat e-post;Avdelning;Befattning;Chef anstnr;"
    "Anst.datum;Uppsägningsdatum;Slutdatum;Avgångsorsak;Födelsedatum"
)
CHECK, ACCEPT = "Kontrollera filen", re.compile(r"^Läs in [\d\s]+ rad(er)?$")


def sample(name: str) -> Path:
    return HRIS / f"{SAMPLES[name]}.csv"


def expected(name: str) -> dict[str, Any]:
    """Return what a correct import makes of a sample, its note left out."""
    found: dict[str, Any] = json.loads((HRIS / f"{SAMPLES[name]}.expected.json").read_text())
    del found["note"]
    return in_order(found)


def in_order(summary: dict[str, Any]) -> dict[str, Any]:
    """Return a summary with its lists by row: their order says nothing."""
    return {
        key: sorted(value, key=lambda one: one["row"] if isinstance(one, dict) else one)
        if isinstance(value, list)
        else value
        for key, value in summary.items()
    }


def surname(number: int) -> str:
    """Return a name of letters for every number."""
    return "Sandell" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def leaver(number: int, **said: str) -> str:
    """Return a row of a file with the headings of `HEADINGS`."""
    row = {
        "Anstnr": str(number),
        "Förnamn": "Elin",
        "Efternamn": surname(number),
        "E-post arbete": f"elin{number}@sundmark.example",
        "Privat e-post": f"elin{number}@post.example",
        "Avdelning": "Elkraft",
        "Befattning": "Ekonom",
        "Chef anstnr": "",
        "Anst.datum": "2015-03-01",
        "Uppsägningsdatum": "2026-10-01",
        "Slutdatum": f"2026-12-{10 + number % 20}",
        "Avgångsorsak": "Egen begäran",
        "Födelsedatum": "1985-04-02",
    } | {key.replace("_", " "): value for key, value in said.items()}
    return ";".join(row[heading] for heading in HEADINGS.split(";"))


def table(*rows: str, headings: str = HEADINGS) -> bytes:
    return ("\r\n".join([headings, *rows]) + "\r\n").encode()


def as_file(content: bytes, name: str = "avgångar.csv") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def hr(browser: Browser, make: Make) -> Browser:
    """Return the browser of somebody at HR."""
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


def uploaded(browser: Browser, file: Given, *, kind: str = "leavers", **more: Any) -> Page:
    page = browser.get("offboarding.new_import")
    return page.submit("Ladda upp", kind=kind, file=file, **more)


def accepted(page: Page, **fields: Any) -> Page:
    """Return the page after saying yes to a dry run."""
    button = next(name for name in page.buttons() if ACCEPT.match(name))
    return page.submit(button, **fields)


def imported(browser: Browser, content: bytes, *, kind: str = "leavers") -> Page:
    """Return the page of a file that was imported as it was guessed."""
    return accepted(uploaded(browser, as_file(content), kind=kind).submit(CHECK))


def latest(app: Flask) -> ImportBatch:
    """Return the newest import. Call with an application context."""
    del app
    query = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(1)
    return db.session.scalars(query).one()


def counts(*besides: str) -> dict[str, int]:
    """Return how many rows each table has; bookkeeping of the portal itself left out."""
    own = {"import_batch", "import_chunk", "audit_entry", "job", "periodic_run", "access",
           "access_subject", "sign_in_session", "limit_hit", *besides}  # fmt: skip
    found = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in own
    }
    db.session.rollback()
    return found
