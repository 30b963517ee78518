"""Server time of pages, against the bare SQL that they run plus their template.

    .venv/bin/python bench/pages.py [--people 20000]

Goal: p95 of every page at most three times that, at 100,000 people. Exit 1 over 3. Signing in,
permission, session and headers are in the first figure only; the second is the same statements by
the driver and the time that the template took in the same request.
"""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask, before_render_template, template_rendered
from sqlalchemy import event

from alumni_portal.accounts import queries
from alumni_portal.core.db import db
from alumni_portal.demo import seeding
from tests.support.app import made_app, migrate, settings_for
from tests.support.browser import Browser

MOST = 3.0
ROUNDS = 25
PAGES = {
    "alumn": ("/home", "/colleagues", "/colleagues?q=ann", "/profile", "/consents"),
    "hr": ("/start", "/offboarding", "/people?q=and", "/units"),
}
Asked = list[tuple[str, Any]]


def main() -> int:
    """Print p95 of each page, of its bare parts, and the ratio; 1 when one is over the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    people = parser.parse_args().people
    worst = 0.0
    with portal() as (app, path):
        with app.app_context():
            seeding.seed(people=people)
        print(f"{'page':24} {'p95 ms':>8} {'bare ms':>8} {'ratio':>6}   {people} people")
        for name, addresses in PAGES.items():
            with app.app_context():
                found = queries.let_in_by(f"{name}@sundmark.example")
            browser = Browser(app).as_(found[0])
            for address in addresses:
                whole, bare = measured(app, path, browser, address)
                worst = max(worst, whole / bare)
                print(f"{address:24} {whole * 1000:8.1f} {bare * 1000:8.1f} {whole / bare:6.2f}")
    return int(worst > MOST)


@contextmanager
def portal() -> Iterator[tuple[Flask, Path]]:
    """Yield a migrated, empty portal and the file of its database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portal.sqlite3"
        migrate(f"sqlite:///{path}")
        settings = settings_for(f"sqlite:///{path}", Path(folder) / "instance")
        with made_app(settings) as app:
            yield app, path


def measured(app: Flask, path: Path, browser: Browser, address: str) -> tuple[float, float]:
    """Return p95 of a page and of its SQL plus template."""
    browser.open(address)
    whole, bare = [], []
    for _ in range(ROUNDS):
        with watched(app) as (asked, drawn):
            begun = perf_counter()
            browser.open(address)
            whole.append(perf_counter() - begun)
        bare.append(replayed(path, asked) + drawn[-1])
    return quantiles(whole, n=20)[-1], quantiles(bare, n=20)[-1]


@contextmanager
def watched(app: Flask) -> Iterator[tuple[Asked, list[float]]]:
    """Collect the statements of a request and how long its page took to draw."""
    asked: Asked = []
    begun: list[float] = []
    drawn: list[float] = []

    def note(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    def begin(*_: object, **__: object) -> None:
        begun.append(perf_counter())

    def end(*_: object, **__: object) -> None:
        drawn.append(perf_counter() - begun[0])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    with before_render_template.connected_to(begin, app), template_rendered.connected_to(end, app):
        yield asked, drawn
    event.remove(engine, "before_cursor_execute", note)


def replayed(path: Path, asked: Asked) -> float:
    """Return how long the same statements take without anything around them."""
    connection = sqlite3.connect(path)
    begun = perf_counter()
    for statement, values in asked:
        connection.execute(statement, values).fetchall()
    took = perf_counter() - begun
    connection.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
