"""Large files go by jobs, with a bar; saved mappings; the two doors agree."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from alumni_portal.cli import group
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding.models import SavedMapping
from alumni_portal.offboarding.services import importing
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment
from tests.offboarding.importing import (
    CHECK,
    EXAMPLES,
    accepted,
    as_file,
    counts,
    hr,
    leaver,
    sample,
    table,
    uploaded,
)
from tests.support.app import SECRET
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

LEFT = {"Uppsägningsdatum": "2019-10-01", "Slutdatum": "2019-12-31"}
MANY = table(*(leaver(number, **LEFT) for number in range(2_100)))


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Employment)) or 0


@pytest.mark.both_databases
def test_a_large_file_is_checked_stored_and_undone_by_jobs(
    browser: Browser, make: Make, app: Flask, work: Callable[[], int]
) -> None:
    reader = hr(browser, make)
    with app.app_context():
        before = counts("letter")
    page = uploaded(reader, as_file(MANY)).submit(CHECK)
    assert page.heading == "Filen kontrolleras"
    assert page.one(".work")["data-refresh"] == page.address
    work()
    page = accepted(reader.go(page.address))
    assert page.heading == "Filen läses in"
    work()
    page = reader.go(page.address)
    assert page.heading == "Filen är inläst"
    with app.app_context():
        assert stored() == 2_101  # and HR's own
    page = page.follow("Ångra inläsningen").submit("Ja, ångra")
    work()
    assert reader.go(page.address).heading == "Inläsningen är ångrad"
    with app.app_context():
        assert counts("letter") == before


def test_pages_of_a_large_dry_run_follow_each_other(
    browser: Browser, make: Make, app: Flask, work: Callable[[], int]
) -> None:
    reader = hr(browser, make)
    address = uploaded(reader, as_file(MANY)).submit(CHECK).address
    work()
    page = reader.go(f"{address}?show=new")
    assert [row["Rad"] for row in page.table("Rader")][:2] == ["2", "3"]
    page = page.follow("Nästa")
    assert page.table("Rader")[0]["Rad"] == "27"
    assert reader.go(f"{address}?show=new&after=2-90").table("Rader")[-1]["Rad"] == "2101"


def test_what_changed_since_the_dry_run_is_shown_again(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    page = uploaded(reader, as_file(table(leaver(1), leaver(2), leaver(3)))).submit(CHECK)
    person = make.person("Elin Sandellb")
    with app.app_context(), unit():
        new = people.NewEmployment(number="1", begins_on=date(2015, 3, 1), title="Annan")
        people.begin_employment(db.session.merge(person), new, by=COMMAND_LINE)
    page = accepted(page)
    assert "Något har ändrats sedan du tittade" in page
    assert accepted(page).heading == "Filen är inläst"


def coded(*codes: str) -> bytes:
    return table(*(leaver(n, Avgångsorsak=code) for n, code in enumerate(codes)))


def saved_mapping(reader: Browser) -> str:
    """Explain two of three codes, save that by name, and return it as TOML."""
    meanings: dict[str, Any] = {
        "code-exit_ground-0": "own_request",
        "code-exit_ground-1": "redundancy",
    }
    page = uploaded(reader, as_file(coded("01", "02", "03", "01")))
    page = page.submit(CHECK, save_as="Lönesystemet", **meanings)
    return reader.open(page.address + "/mapping.toml").get_data(as_text=True)


def test_a_saved_mapping_is_used_for_the_next_file(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    saved_mapping(reader)
    page = uploaded(reader, as_file(coded("02", "02", "02")))
    assert "Valen i ”Lönesystemet” används." in page
    assert page.value("code-exit_ground-0") == "redundancy"
    page.submit("Ta bort Lönesystemet")
    with app.app_context():
        assert db.session.scalar(select(SavedMapping.id)) is None


def test_a_mapping_of_the_browser_serves_the_command_line(
    browser: Browser, make: Make, app: Flask, tmp_path: Path
) -> None:
    toml, path = tmp_path / "mapping.toml", tmp_path / "fil.csv"
    toml.write_text(saved_mapping(hr(browser, make)))
    path.write_bytes(coded("01", "02", "03", "01"))
    command = ["leavers", "import", str(path), "--mapping", str(toml)]
    result = app.test_cli_runner().invoke(group, command)
    assert result.exit_code == 1  # the third code was not explained
    assert "row 4, Avgångsorsak: unknown_exit_ground" in result.stderr


@covers("S55")
def test_a_process_killed_in_the_middle_stores_nothing(settings: Settings, app: Flask) -> None:
    script = (
        "import os, signal\n"
        "from alumni_portal.offboarding.services.importing import storing\n"
        "def killed(self): os.kill(os.getpid(), signal.SIGKILL)\n"
        "storing.Storing._name_managers = killed\n"
        "from alumni_portal.cli import main\n"
        "main()\n"
    )
    environment = {
        **os.environ,
        "ALUMNI_MODE": "demo",
        "ALUMNI_SECRET_KEY": SECRET,
        "ALUMNI_DATABASE_URL": settings.database_url,
        "ALUMNI_INSTANCE": str(settings.instance),
        "ALUMNI_BASE_URL": "http://localhost",
    }
    file, mapping = str(sample("payroll-sv")), str(EXAMPLES / "leavers-payroll-sv.toml")
    command = [sys.executable, "-c", script, "leavers", "import", file, "--mapping", mapping]
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    with app.app_context():
        assert stored() == 0


def test_an_import_asks_the_database_in_blocks_not_row_by_row(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    asked: list[str] = []
    mapping = importing.read_mapping(
        (EXAMPLES / "leavers-payroll-sv.toml").read_text(), importing.Kind.LEAVERS
    )
    path.write_bytes(sample("payroll-sv").read_bytes())
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *what: asked.append(what[2]))
        for _ in range(2):  # the second time everybody is known
            with unit():
                importing.import_file(path, mapping, by=COMMAND_LINE)
    assert len(asked) < 120, asked
