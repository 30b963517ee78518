"""How long an import takes, against the bare `executemany` of the rows that it makes.

    .venv/bin/python bench/import.py [--sizes 1000 10000 100000] [--rounds 3] [--postgres]

The import is the path of the command line end to end: read the CSV, check every row, store people,
employments, private addresses and birth dates, one audit row per batch. The bare figure inserts the
same people, employments and audit rows, by the driver, in one transaction, into the same tables
with the same indexes. Both run in turn in the same process; medians are compared. Exit 1 over 4.
"""

import argparse
import csv
import gc
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import create_engine, select
from sqlalchemy.engine import Engine, make_url

from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import prepare, writing
from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding.services import importing
from alumni_portal.people.models import Employment, Person
from tests.support import database as databases
from tests.support.app import made_app, migrate, settings_for

MOST = 4.0
ROOT = Path(__file__).resolve().parents[1]
MAPPING = ROOT / "docs/examples/leavers-payroll-sv.toml"
HEADINGS = [
    "Anstnr", "Förnamn", "Efternamn", "Personnr", "E-post arbete", "Privat e-post", "Mobil",
    "Avdelning", "Driftsenhet", "Befattning", "Chef anstnr", "Anställningsform", "Anst.datum",
    "Uppsägningsdatum", "Slutdatum", "Avgångsorsak", "Avtalsområde", "Födelsedatum",
]  # fmt: skip
FIRST = ["Anna", "Bo", "Eva", "Åsa", "José", "Per", "Karin", "Erik", "Sofia", "Göran", "Hugo"]
LAST = ["Ek", "Östergård", "Garcia-Lopez", "Klint", "Bergqvist", "Nilsson", "Öhrn", "Lindmark"]
Figures = tuple[float, float]


def write_leavers(path: Path, number: int) -> None:
    rnd = Random(number)
    with path.open("w", encoding="cp1252", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(HEADINGS)
        for i in range(number):
            begins = date(1990, 1, 1) + timedelta(days=rnd.randrange(9000))
            ends = begins + timedelta(days=rnd.randrange(100, 4000))
            out.writerow([
                10_000 + i, rnd.choice(FIRST), f"{rnd.choice(LAST)}{rnd.choice(LAST).lower()}",
                "930510-0000", f"a{i}@arbete.example", f"p{i}@privat.example",
                f"070-{rnd.randrange(10**7):07}", f"Avdelning {rnd.randrange(60)}", "Malmö",
                "Ekonom", 90_000 + i % 50, "Tillsvidare", begins, ends - timedelta(days=90), ends,
                rnd.choice(("Egen begäran", "Arbetsbrist", "Pension")), "Teknikavtalet",
                begins - timedelta(days=9000),
            ])  # fmt: skip


def timed(work: Callable[[], None]) -> Figures:
    gc.collect()
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def import_once(url: str, folder: Path, path: Path) -> Figures:
    with made_app(settings_for(url, folder / "instance")) as app, app.app_context():
        mapping = importing.read_mapping(
            MAPPING.read_text(encoding="utf-8"), importing.Kind.LEAVERS
        )

        def work() -> None:
            with unit():
                importing.import_file(path, mapping, by=COMMAND_LINE)

        return timed(work)


def rows_of(engine: Engine) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return the people, employments and audit rows as the driver takes them."""
    found = []
    with engine.connect() as connection:
        for model in (Person, Employment, AuditEntry):
            table = model.__table__
            names = ", ".join(column.name for column in table.columns)
            result = connection.exec_driver_sql(f"SELECT {names} FROM {table.name}")  # noqa: S608
            mark = "?" if engine.dialect.name == "sqlite" else "%s"
            marks = ", ".join([mark] * len(table.columns))
            statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
            found.append((statement, [tuple(row) for row in result]))
    return found


def bare_once(url: str, rows: Sequence[tuple[str, list[tuple[object, ...]]]]) -> Figures:
    engine = engine_of(url)

    def work() -> None:
        with engine.begin() as connection:
            for statement, tuples in rows:
                # A unit is a parent that these rows need; it is no part of what is measured.
                connection.exec_driver_sql(statement, tuples)

    with engine.connect() as warm:
        warm.execute(select(1))
    took = timed(work)
    engine.dispose()
    return took


def engine_of(url: str) -> Engine:
    engine = create_engine(make_url(url))
    prepare(engine)
    return engine


def copy_units(source: str, target: str) -> None:
    """Put the units in place that the bare employments point at."""
    from_, to = engine_of(source), engine_of(target)
    with from_.connect() as connection:
        units = connection.exec_driver_sql(
            "SELECT id, public_id, name, search_name, opened_on FROM unit"
        ).fetchall()
    mark = "?" if to.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * 5)
    with to.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO unit (id, public_id, name, search_name, opened_on) VALUES ({marks})",  # noqa: S608
            [tuple(row) for row in units],
        )
    from_.dispose()
    to.dispose()


def measure(kind: databases.Database, folder: Path, size: int, rounds: int) -> float:
    path = folder / f"leavers-{size}.csv"
    write_leavers(path, size)
    imports, bares = [], []
    for number in range(rounds):
        places = [folder / f"{size}-{number}-{side}" for side in ("import", "bare")]
        for place in places:
            place.mkdir()
        full, empty = (kind.fresh(place) for place in places)
        imports.append(import_once(full, places[0], path))
        engine = engine_of(full)
        rows = rows_of(engine)
        engine.dispose()
        copy_units(full, empty)
        bares.append(bare_once(empty, rows))
        kind.drop(full)
        kind.drop(empty)
    return told(size, imports, bares)


def told(size: int, imports: list[Figures], bares: list[Figures]) -> float:
    wall, cpu = (median(one[i] for one in imports) for i in (0, 1))
    bare_wall, bare_cpu = (median(one[i] for one in bares) for i in (0, 1))
    print(
        f"{size:>8} rows  import {wall:7.2f} s (cpu {cpu:6.2f})  bare {bare_wall:6.2f} s "
        f"(cpu {bare_cpu:5.2f})  {1e6 * wall / size:5.0f} µs a row  ratio {wall / bare_wall:4.2f}  "
        f"of cpu {cpu / bare_cpu:4.2f}",
        flush=True,
    )
    return wall / bare_wall


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    writing.set(True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maker = databases.Postgres if options.postgres else databases.Sqlite
        kind = maker(folder, migrate)
        print("PostgreSQL" if options.postgres else "SQLite", flush=True)
        ratios = [measure(kind, folder, size, options.rounds) for size in options.sizes]
        if options.postgres:
            databases.stop(folder)
    print(f"largest file: {ratios[-1]:.2f} × the bare executemany; at most {MOST}")
    return int(ratios[-1] > MOST)


if __name__ == "__main__":
    sys.exit(main())
