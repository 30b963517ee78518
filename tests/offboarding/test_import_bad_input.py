"""What goes wrong with files: said at the field, nothing stored, nothing twice."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding.models import ImportBatch, ImportChunk
from tests.offboarding.importing import (
    CHECK,
    accepted,
    as_file,
    counts,
    hr,
    imported,
    latest,
    leaver,
    sample,
    table,
    uploaded,
)
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make


def batches() -> int:
    return db.session.scalar(select(func.count()).select_from(ImportBatch)) or 0


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


BOMB = archive(xl__workbook_dot_xml=b"<x/>", xl__sharedStrings_dot_xml=b"0" * 50_000_000)
LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
BAD = {
    "empty": (b"", "Filen är tom."),
    "only headings": (table(), "Filen har rubriker men inga rader."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "varken en CSV-fil eller en Excel-fil"),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", "är en webbsida"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "en äldre Excel-fil"),
    "with a password": (LOCKED, "låst med lösenord"),
    "a zip bomb": (BOMB, "växer på ett sätt"),
    "cut off": (b"PK\x03\x04" + b"\0" * 400, "trasig"),
    "no columns": (b"Elin Sandell\r\nKarin Ek\r\n", "Vi hittar inga kolumner."),
    "two encodings": ("Åsa;Ö\r\n".encode() * 3 + "Åsa;Ö\r\n".encode("cp1252"), "Bokstäverna"),
}


@covers("S36", "S45")
@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_table_is_refused_at_its_field(
    browser: Browser, make: Make, app: Flask, what: str
) -> None:
    content, said = BAD[what]
    page = uploaded(hr(browser, make), as_file(content), kind="staff")
    assert page.heading == "Läs in en fil"
    assert any(said in error for error in page.errors), page.errors
    assert page.value("kind") == "staff"  # what was chosen is kept
    with app.app_context():
        assert batches() == 0


def test_a_wrong_encoding_chosen_by_hand_is_refused(
    browser: Browser, make: Make, app: Flask
) -> None:
    content = table(leaver(1)).replace(b"\r\n", "\r\nÅ\udcff".encode("utf-8", "surrogatepass"), 1)
    page = uploaded(hr(browser, make), as_file(content), encoding="utf-8")
    assert any("Bokstäverna" in error for error in page.errors)
    assert page.value("encoding") == "utf-8"


def of_200_megabytes(reader: Browser) -> TestResponse:
    """Announce a file that is too large to be read at all."""
    return reader.client.post(
        "/offboarding/imports/new",
        base_url=reader.base_url,
        input_stream=io.BytesIO(b"--x\r\n"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )


@covers("S45")
def test_a_file_of_200_megabytes_is_refused_at_its_field(
    browser: Browser, make: Make, app: Flask
) -> None:
    response = of_200_megabytes(hr(browser, make))
    assert response.status_code == 413
    assert "Filen är för stor" in response.get_data(as_text=True)
    with app.app_context():
        assert batches() == 0


@covers("S17", "S45")
def test_who_may_not_import_is_not_shown_how_by_a_large_file(browser: Browser, make: Make) -> None:
    for reader in (browser, browser.another().as_(make.staff(Role.RECRUITER))):
        response = of_200_megabytes(reader)
        assert response.status_code == 413
        assert "Läs in en fil" not in response.get_data(as_text=True)


def test_missing_columns_are_named_and_nothing_is_lost(
    browser: Browser, make: Make, app: Flask
) -> None:
    content = b"Anstnr;F\xc3\xb6rnamn;Efternamn;Avdelning\r\n1;Elin;Ek;Elkraft\r\n"
    page = uploaded(hr(browser, make), as_file(content)).submit(CHECK, save_as="Mitt")
    assert page.heading == "Vad betyder kolumnerna?"
    assert any("Sista anställningsdag" in error for error in page.errors)
    assert page.value("save_as") == "Mitt"
    with app.app_context():
        assert (latest(app).figures or None) is None


def test_two_columns_cannot_be_the_same(browser: Browser, make: Make, app: Flask) -> None:
    page = uploaded(hr(browser, make), as_file(table(leaver(1))))
    same: dict[str, Any] = {f"column-{place}": "title" for place in (5, 6, 7)}
    page = page.submit(CHECK, **same)
    assert sum("Två kolumner" in error for error in page.errors) == 3
    assert page.value("column-5") == "title"


def test_the_same_file_again_asks_first(browser: Browser, make: Make, app: Flask) -> None:
    reader = hr(browser, make)
    content = table(leaver(1), leaver(2))
    imported(reader, content)
    page = uploaded(reader, as_file(content))
    assert page.heading == "Den här filen är redan inläst"
    assert page.follow("Visa den tidigare inläsningen").heading == "Filen är inläst"
    page = page.submit("Läs in den igen").submit(CHECK)
    shown = dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))
    assert (shown["Nya"], shown["Upprepas"]) == ("0", "2")


def test_saying_no_to_a_repeated_file_forgets_it(browser: Browser, make: Make, app: Flask) -> None:
    reader = hr(browser, make)
    imported(reader, table(leaver(1)))
    page = uploaded(reader, as_file(table(leaver(1)))).submit("Avbryt")
    assert page.heading == "Inläsningar"
    with app.app_context():
        assert batches() == 1


def test_a_double_click_imports_once(browser: Browser, make: Make, app: Flask) -> None:
    reader = hr(browser, make)
    page = uploaded(reader, as_file(table(leaver(1)))).submit(CHECK)
    accepted(page)
    with app.app_context():
        before = counts()
    button = next(name for name in page.buttons() if name.startswith("Läs in "))
    again = page.submit(button)
    assert again.heading == "Filen är inläst"
    assert "redan inläst" in again.flashes[0]
    with app.app_context():
        assert counts() == before


def test_the_back_button_after_the_import_leads_to_what_was_made(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    page = uploaded(reader, as_file(table(leaver(1))))
    accepted(page.submit(CHECK))
    assert reader.go(page.address).heading == "Filen är inläst"


def test_rows_of_an_unfinished_import_live_a_day(browser: Browser, make: Make, app: Flask) -> None:
    page = uploaded(hr(browser, make), as_file(table(leaver(1))))
    run_jobs(app)
    with app.app_context():
        assert batches() == 1
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        run_jobs(app)
    with app.app_context():
        assert batches() == 0
        assert db.session.scalar(select(ImportChunk.id)) is None
    browser.go(page.address, status=404)


def test_nobody_but_hr_imports(browser: Browser, make: Make, app: Flask) -> None:
    for role in (Role.RECRUITER, Role.MANAGER, Role.ADMIN, Role.DPO):
        reader = browser.another().as_(make.staff(role))
        reader.get("offboarding.new_import", status=404)
        reader.get("offboarding.list_matches", status=404)


def test_a_sheet_is_chosen_by_name(
    browser: Browser, make: Make, app: Flask, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("Avgångar")
    for row in table(leaver(1)).decode().splitlines():
        second.append(row.split(";"))
    first.append(["Bara", "en", "rubrik"])
    path = tmp_path / "bok.xlsx"
    book.save(path)
    page = uploaded(hr(browser, make), path, sheet="Finns inte")
    assert any("inget sådant blad" in error for error in page.errors)
    page = uploaded(browser, path, sheet="Avgångar")
    assert "Bladet Avgångar" in page


@covers("S55")
def test_the_sample_with_formulas_keeps_them_as_text(
    browser: Browser, make: Make, app: Flask
) -> None:
    page = uploaded(hr(browser, make), sample("suite-en"))
    assert '=HYPERLINK("http://evil.example","x")' in page.text
    assert not page.all("a[href*='evil.example']")


def test_this_one_route_takes_more_than_a_form(browser: Browser, make: Make, app: Flask) -> None:
    """Twenty megabytes pass where other pages stop at twelve; here they hold only blank lines."""
    page = uploaded(hr(browser, make), as_file(b"\r\n" * 10_000_000))
    assert page.errors == ["Fil: Filen är tom."]
