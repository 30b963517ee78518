"""Mapping an unseen survey in the browser: columns, values, a dry run, and what was rejected."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews.models import Answer, Interview, SurveyImport
from tests.exit_interviews import surveys_made
from tests.exit_interviews.surveys_made import Layout
from tests.support.browser import Browser
from tests.support.forms import Given
from tests.support.make import Make
from tests.support.page import Page

SMALL = (
    "Slutdatum;Kön;Typ;Lön;Stämning\n"
    "2024-02-03;Kanariefågel;Egen;Ja;bra\n"
    "2024-05-03;Kanariefågel;Egen;Nej;dålig\n"
    "okänt;Kanariefågel;Egen;Nej;bra\n"
)


def upload(browser: Browser, content: bytes, mapping: bytes = b"") -> Page:
    page = browser.get("exit_interviews.new_survey")
    file = FileStorage(io.BytesIO(content), "enkät.csv")
    made = FileStorage(io.BytesIO(mapping), "m.toml") if mapping else None
    return page.submit("Gå vidare", file=file, mapping=made)


def code(page: Page, button: str, **meanings: str) -> Page:
    """Say what values mean: `code_0_1` is the second value of the first card."""
    fields: dict[str, Given] = {name.replace("_", "-"): said for name, said in meanings.items()}
    return page.submit(button, within="", expects=200, **fields)


def interviews(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Interview)) or 0


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def test_an_unseen_file_is_mapped_looked_at_and_stored(app: Flask, hr: Browser) -> None:
    page = upload(hr, SMALL.encode("cp1252"))
    assert page.heading == "Vad är kolumnerna?"
    assert page.value("column-0") == "exit_date"
    assert page.value("column-2") == "reason:pay"
    assert "Läses aldrig: Kön" in page
    page = page.submit("Gå vidare till värdena")
    page = code(page, "Se hur filen läses", code_0_0="own", code_2_0="5", code_2_1="1")
    assert page.texts(".kpi__v") == ["2", "1", "2", "0"]
    assert page.table("Rader som inte går att läsa") == [
        {"Rad": "4", "Kolumn": "Slutdatum", "Varför": "Går inte att läsa som datum"}
    ]
    assert interviews(app) == 0
    page = page.submit("Läs in")
    assert page.flashes == ["2 samtal är inlästa."]
    assert interviews(app) == 2


def test_rejected_rows_are_a_file_without_formulas(hr: Browser) -> None:
    bad = SMALL + "=1+1;Kanariefågel;Egen;Nej;@bra\n"
    page = code(upload(hr, bad.encode("cp1252")), "Gå vidare till värdena", column_0="exit_date")
    page = code(page, "Se hur filen läses", code_0_0="own")
    path = page.links()["Hämta de avvisade raderna"]
    text = hr.open(path).text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["row", "column", "reason", "Slutdatum", "Typ", "Lön", "Stämning"]
    assert [row[3] for row in rows[1:]] == ["okänt", "'=1+1"]
    assert rows[2][6] == "'@bra"
    assert "Kanariefågel" not in text


def test_a_workbook_is_read_like_a_csv(app: Flask, hr: Browser) -> None:
    book = Workbook()
    for line in SMALL.splitlines():
        book.active.append(line.split(";"))  # type: ignore[union-attr]  # a new book has a sheet
    content = io.BytesIO()
    book.save(content)
    page = upload(hr, content.getvalue()).submit("Gå vidare till värdena")
    page = code(page, "Se hur filen läses", code_0_0="own")
    assert page.texts(".kpi__v") == ["2", "1", "2", "0"]
    page.submit("Läs in")
    assert interviews(app) == 2


def test_what_counts_in_no_release_is_said_before_it_is_stored(hr: Browser) -> None:
    years = "Slutår;Typ\n2024;Egen\n2023;Egen\n"
    page = upload(hr, years.encode())
    page = code(page, "Gå vidare till värdena", column_0="exit_year")
    page = code(page, "Se hur filen läses", code_0_0="own")
    assert page.texts(".kpi__v") == ["2", "0", "0", "2"]
    assert "De räknas i ingen publicering" in page


def test_no_page_shows_what_is_never_read(hr: Browser) -> None:
    page = upload(hr, SMALL.encode("cp1252"))
    assert "Kanariefågel" not in page.html
    page = page.submit("Gå vidare till värdena")
    assert "Kanariefågel" not in page.html
    assert "Kanariefågel" not in page.submit("Se hur filen läses").html


def test_a_mapping_of_before_is_used_again(app: Flask, hr: Browser, tmp_path: Path) -> None:
    layout = Layout("words", "one_column", "quarter")
    file = surveys_made.written(surveys_made.meant(3), layout, tmp_path)
    page = upload(hr, file.read_bytes(), surveys_made.mapping(layout).encode())
    page = page.submit("Gå vidare till värdena").submit("Se hur filen läses")
    assert page.texts(".kpi__v")[:2] == [str(surveys_made.ROWS), "0"]
    page.submit("Läs in")
    assert interviews(app) == surveys_made.ROWS


@pytest.mark.parametrize(
    ("content", "mapping", "said"),
    [
        (b"", b"", "Fil: "),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), b"", "Fil: "),
        (SMALL.encode(), b"[columns", "Mappning: Filen är inte skriven som TOML."),
        (SMALL.encode(), b"[columns]\n'Gender' = 'unit'", "Mappning: Kön, ålder, ursprung"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_at_its_field(
    app: Flask, hr: Browser, content: bytes, mapping: bytes, said: str
) -> None:
    page = upload(hr, content, mapping)
    assert page.errors[0].startswith(said)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SurveyImport)) == 0


def test_columns_that_cannot_be_are_refused_and_the_choice_is_kept(hr: Browser) -> None:
    page = upload(hr, SMALL.encode("cp1252"))
    page = code(page, "Gå vidare till värdena", column_1="exit_date")
    assert "Bara en kolumn kan vara: exit_date" in page.errors[0]
    assert page.value("column-1") == "exit_date"


def test_the_same_file_is_stored_once_and_can_be_taken_back(app: Flask, hr: Browser) -> None:
    def through() -> Page:
        page = upload(hr, SMALL.encode("cp1252")).submit("Gå vidare till värdena")
        return code(page, "Se hur filen läses", code_0_0="own").submit("Läs in")

    through()
    assert "Filen är redan inläst" in through().errors[0]
    page = hr.get("exit_interviews.surveys")
    taken = next(link for name, link in page.links().items() if "removal" in link and name)
    with app.app_context():
        stored = db.session.scalar(select(SurveyImport.public_id).order_by(SurveyImport.id))
    assert taken
    hr.get("exit_interviews.remove_survey", public_id=stored).submit("Ta bort")
    assert interviews(app) == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Answer)) == 0
    through()
    assert interviews(app) == 2


def test_a_file_that_nobody_stores_is_forgotten_after_a_day(
    app: Flask, hr: Browser, work: Callable[[], int]
) -> None:
    upload(hr, SMALL.encode())
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        work()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SurveyImport)) == 0


def test_only_hr_reads_files_in(browser: Browser, make: Make) -> None:
    for role in (Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.ADMIN, Role.DPO):
        browser.another().as_(make.staff(role)).get("exit_interviews.surveys", status=404)
