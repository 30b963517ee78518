"""The Queensland survey of 2014: all of it is stored, by the command, once, and without people."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.cli import group
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import Answer, Interview, SurveyImport
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.rules.survey_mapping import from_toml
from alumni_portal.exit_interviews.services import surveys
from alumni_portal.exit_interviews.services.survey_checks import Checked, check, read_rows
from tests.support.repository import ROOT

DETE = ROOT / "tests/data/exit_survey/dete_2014.csv"
MAPPING = ROOT / "docs/examples/surveys/dete_2014.toml"
CODES = {"SA": 5, "A": 4, "N": 3, "D": 2, "SD": 1}
ABOUT_PEOPLE = ("Gender", "Age", "Aboriginal", "Torres Strait", "South Sea", "Disability", "NESB")


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["exit-interviews", "import", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(
        result.exception
    )
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _command(app: Flask) -> None:
    app.cli.add_command(group.commands["exit-interviews"])


@pytest.mark.both_databases
def test_all_822_rows_are_stored_and_the_same_file_once(app: Flask) -> None:
    status, _said = run(app, str(DETE), "--mapping", str(MAPPING))
    assert status == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Interview)) == 822
        named = select(func.count()).where(
            Interview.person_id.is_not(None) | Interview.exit_day.is_not(None)
        )
        assert db.session.scalar(named) == 0
        batch = db.session.scalars(select(SurveyImport)).one()
        assert (batch.profile, batch.found, batch.accepted) == (None, None, 822)
        assert from_toml(batch.mapping) == from_toml(MAPPING.read_text())
    status, said = run(app, str(DETE), "--mapping", str(MAPPING))
    assert status == 1
    assert "redan inläst" in said


def test_the_command_says_what_it_found_and_what_it_never_read(app: Flask) -> None:
    status, said = run(app, str(DETE), "--mapping", str(MAPPING), "--dry-run", "--json")
    found = json.loads(said)
    assert (status, found["accepted"], found["rejected"]) == (0, 822, [])
    assert found["dates"] == {"quarter": 242, "year": 546, "unknown": 34}
    assert tuple(found["never_read"]) == ABOUT_PEOPLE


def test_a_dry_run_stores_nothing(app: Flask) -> None:
    status, said = run(app, str(DETE), "--mapping", str(MAPPING), "--dry-run")
    assert status == 0
    assert "822 rows: 822 accepted, 0 rejected" in said
    assert "nothing was stored" in said
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Interview)) == 0


def test_answers_are_what_a_plain_reading_gives(inside: Flask) -> None:
    with DETE.open(encoding="utf-8", newline="") as file:
        plain = list(csv.DictReader(file))
    with surveys.opened(DETE) as survey:
        rows = list(read_rows(survey, from_toml(MAPPING.read_text()), Checked()))
    for one, row in zip(plain, rows, strict=True):
        assert row.answers.get("leadership") == CODES.get(one["Performance of supervisor"])
        named = row.answers.get("reasons", [])
        assert isinstance(named, list)
        assert ("workload" in named) == (one["Workload"] == "TRUE")
        assert ("balance" in named) == (one["Work life balance"] == "TRUE")
        assert (row.exit_type == "own") == one["SeparationType"].startswith("Resignation")
        month, _slash, year = one["Cease Date"].rpartition("/")
        assert row.year == (int(year) if year.isdigit() else None)
        assert row.month == ((int(month) - 1) // 3 * 3 + 1 if month else None)


def test_answers_lie_sealed(app: Flask) -> None:
    run(app, str(DETE), "--mapping", str(MAPPING))
    with app.app_context():
        vault = Vault()
        query = select(Answer.value).where(Answer.question == "leadership")
        values = db.session.scalars(query).all()
    with app.app_context(), DETE.open(encoding="utf-8", newline="") as file:
        said = [CODES.get(row["Performance of supervisor"]) for row in csv.DictReader(file)]
        opened = sorted(vault.open(one) for one in values)
    assert opened == sorted(one for one in said if one)
    assert len(set(values)) == len(values)


def test_who_people_are_reaches_nothing(inside: Flask, tmp_path: Path) -> None:
    canary = "Kanariefågel"
    file = tmp_path / "survey.csv"
    rows = [["Slutdatum", "Gender", "Trivsel"], *[["2024", canary, "4"]] * 3, ["x", canary, "4"]]
    file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    text = '[columns]\n"Slutdatum" = "exit_date"\n"Trivsel" = "question:climate"'
    with surveys.opened(file) as survey:
        assert survey.headings == ("Slutdatum", "Trivsel")
        found = check(survey, from_toml(text))
    assert canary not in repr(found)
    assert [one["row"] for one in found.rejected] == [5]


@pytest.mark.parametrize(
    ("mapping", "status", "said"),
    [
        ('[columns]\n"Gender" = "unit"', 2, "never_read (Gender)"),
        ('[columns]\n"Nope" = "unit"', 2, "no_such_column (Nope)"),
        ("[columns", 2, "not_toml"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(
    app: Flask, tmp_path: Path, mapping: str, status: int, said: str
) -> None:
    file = tmp_path / "m.toml"
    file.write_text(mapping, encoding="utf-8")
    found, output = run(app, str(DETE), "--mapping", str(file))
    assert found == status
    assert said in output


def test_a_file_that_is_no_table_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    status, said = run(app, str(file), "--mapping", str(MAPPING))
    assert status == 2
    assert "unknown_format" in said


def test_what_has_no_person_is_kept_however_old_it_is(app: Flask, work: Callable[[], int]) -> None:
    """The retention of raw answers takes names off; here there are none."""
    run(app, str(DETE), "--mapping", str(MAPPING))
    with time_machine.travel(clock.now() + timedelta(days=3 * 365)):
        work()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Interview)) == 822
        assert (db.session.scalar(select(func.count()).select_from(Answer)) or 0) > 5000
