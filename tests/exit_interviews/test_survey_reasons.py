"""HR's own reasons are in the mappings of earlier interviews, on the page and in a file (§6)."""

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from alumni_portal.cli import group
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services as interviews
from alumni_portal.exit_interviews.models import Force, Interview
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.services import codes
from alumni_portal.exit_interviews.services.codes import Description
from tests.exit_interviews.test_survey_pages import code
from tests.support.browser import Browser
from tests.support.make import Make

FILE = "Slutdatum;Skäl;Pendling\n2024-02-03;Lång väg;Ja\n2024-05-03;Lön;Nej\n"
MAPPING = """
[columns]
Slutdatum = "exit_date"
"Skäl" = "reasons"
Pendling = "reason:{own}"

[codes."Skäl"]
"Lång väg" = "{own}"
"Lön" = "pay"
"""


@pytest.fixture
def own(make: Make) -> str:
    """Return the code of a reason that HR has added."""
    said = Description(
        name=Words("Resvägen", "The commute"),
        definition=Words("För långt att resa.", "Too far to travel."),
        example=Words("", ""),
    )
    with make.work():
        return codes.describe_reason(None, said, theme="balance", force=Force.PUSH, by=COMMAND_LINE)


def said(app: Flask) -> list[object]:
    with app.app_context():
        found = db.session.scalars(select(Interview).order_by(Interview.exit_month))
        return [interviews.opened(one).get("reasons") for one in found]


def test_the_command_takes_them(app: Flask, own: str, tmp_path: Path) -> None:
    file, mapping = tmp_path / "enkät.csv", tmp_path / "m.toml"
    file.write_text(FILE, encoding="utf-8")
    mapping.write_text(MAPPING.format(own=own), encoding="utf-8")
    app.cli.add_command(group.commands["exit-interviews"])
    words = ["exit-interviews", "import", str(file), "--mapping", str(mapping)]
    assert app.test_cli_runner().invoke(args=words).exit_code == 0
    assert said(app) == [[own], ["pay"]]


def test_a_code_that_nobody_has_is_still_none(app: Flask, tmp_path: Path) -> None:
    file, mapping = tmp_path / "enkät.csv", tmp_path / "m.toml"
    file.write_text(FILE, encoding="utf-8")
    mapping.write_text(MAPPING.format(own="own_1"), encoding="utf-8")
    app.cli.add_command(group.commands["exit-interviews"])
    words = ["exit-interviews", "import", str(file), "--mapping", str(mapping)]
    assert app.test_cli_runner().invoke(args=words).exit_code == 2


def test_the_page_offers_them(app: Flask, browser: Browser, make: Make, own: str) -> None:
    page = browser.as_(make.staff(Role.HR)).get("exit_interviews.new_survey")
    page = page.submit("Gå vidare", file=FileStorage(io.BytesIO(FILE.encode()), "enkät.csv"))
    chosen = {"column_0": "exit_date", "column_1": "reasons", "column_2": f"reason:{own}"}
    page = code(page, "Gå vidare till värdena", **chosen)
    page = code(page, "Se hur filen läses", code_0_0=own, code_0_1="pay")
    assert "Resvägen" in page
    page.submit("Läs in")
    assert said(app) == [[own], ["pay"]]


def test_one_that_a_file_uses_is_not_deleted(
    app: Flask, make: Make, own: str, tmp_path: Path
) -> None:
    test_the_command_takes_them(app, own, tmp_path)

    with pytest.raises(Refusal, match="använt"), make.work():
        codes.delete_reason(own, by=COMMAND_LINE)
