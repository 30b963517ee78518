"""How long a large file of earlier interviews takes in the browser, and what it takes from others.

    .venv/bin/python bench/survey.py [--rows 200000] [--postgres]

A file of ten scales, two numbers, a reason, a date and a type is sent to the page, mapped, checked
and stored by the jobs, and taken back. Each step: seconds, and the peak of the process's memory.
Beside the jobs somebody else writes every tenth of a second: the longest of these waits is printed.
"""

import argparse
import io
import resource
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import FileStorage

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from tests.support import database as databases
from tests.support.app import made_app, migrate, settings_for
from tests.support.browser import Browser
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.page import Page

SCALES = ["Arbetsbelastning", "Balans", "Ledarskap", "Uppskattning", "Processer", "Utveckling"]
NUMBERS = ["Skulle komma tillbaka", "Skulle rekommendera"]
HEADINGS = ["Slutdatum", "Typ", *SCALES, *NUMBERS, "Skäl"]
REASONS = ["Lön", "Chefen", "Karriär", "Flytt", "Stress"]


def file_of(rows: int) -> bytes:
    """Return a file of invented interviews."""
    rnd, out = Random(rows), io.StringIO()
    out.write(";".join(HEADINGS) + "\n")
    for number in range(rows):
        day = f"20{rnd.randrange(15, 26)}-{rnd.randrange(1, 13):02}-{rnd.randrange(1, 29):02}"
        scales = [str(rnd.randrange(1, 6)) for _ in SCALES]
        numbers = [str(rnd.randrange(11)) for _ in NUMBERS]
        cells = [day, "Egen begäran" if number % 3 else "Annat", *scales, *numbers]
        out.write(";".join([*cells, rnd.choice(REASONS)]) + "\n")
    return out.getvalue().encode()


def peak() -> int:
    """Return the largest size that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print how long something took."""
    began = perf_counter()
    yield
    print(f"{name:<28}{perf_counter() - began:>8.1f} s{peak():>8} MB peak", flush=True)


@contextmanager
def somebody_else_writes(app: Flask) -> Iterator[None]:
    """Write beside the work, and print the longest wait and how often it was in vain."""
    done, waits, failed = threading.Event(), [0.0], 0

    def write() -> None:
        nonlocal failed
        while not done.is_set():
            began = perf_counter()
            try:
                with app.app_context(), unit():
                    db.session.execute(text("UPDATE unit SET name = name WHERE id = -1"))
            except Exception:  # noqa: BLE001 - whatever it is, the other writer could not write
                failed += 1
            waits.append(perf_counter() - began)
            sleep(0.1)

    other = threading.Thread(target=write)
    other.start()
    try:
        yield
    finally:
        done.set()
        other.join()
    print(f"    another writer waited {max(waits):.2f} s at most, {failed} × in vain", flush=True)


def run(app: Flask, rows: int) -> None:
    """Take a file through all pages."""
    hr = Browser(app).as_(Make(app).staff(Role.HR))
    content = file_of(rows)
    print(f"{rows:,} rows, {len(content) / 1e6:.0f} MB", flush=True)
    page = hr.get("exit_interviews.new_survey")
    with step("sent and read"):
        page = page.submit("Gå vidare", file=FileStorage(io.BytesIO(content), "enkät.csv"))
    with step("columns to values"):
        page = page.submit("Gå vidare till värdena")
    with step("values to check"):
        page = page.submit("Se hur filen läses", **meanings(page))
    with step("checked by a job"), somebody_else_writes(app):
        run_jobs(app)
    with step("page of the check"):
        page = hr.go(page.address)
    print(page.texts(".kpi__v"))
    store_and_take_back(app, hr, page)


def store_and_take_back(app: Flask, hr: Browser, page: Page) -> None:
    """Store what was checked, look at the list, and take it back."""
    page = page.submit("Läs in")
    with step("stored by a job"), somebody_else_writes(app):
        run_jobs(app)
    with step("list of files"):
        page = hr.get("exit_interviews.surveys")
    page = page.follow("Ta bort enkät.csv")
    with step("taken back"), somebody_else_writes(app):
        page.submit("Ta bort")
    with step("deleted by a job"), somebody_else_writes(app):
        run_jobs(app)


def meanings(page: Page) -> dict[str, Any]:
    """Return what stands there, and a meaning for each select that has none."""
    found = {}
    for tag in page.all("select"):
        values = [o["value"] for o in tag.select("option") if o["value"]]
        chosen = tag.select_one("option[selected]")
        if values and not (chosen and chosen["value"]):
            found[tag["name"]] = values[0]
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maker = databases.Postgres if asked.postgres else databases.Sqlite
        kind = maker(folder, migrate)
        try:
            url = kind.fresh(folder)
            with made_app(settings_for(url, folder / "instance")) as app:
                run(app, asked.rows)
        finally:
            if asked.postgres:
                databases.stop(folder)
