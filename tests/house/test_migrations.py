"""Migrations are numbered, lead to the models, and go both ways with data, on both databases."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from alumni_portal.core.db import db
from tests.support.app import made_app, settings_for
from tests.support.database import Database
from tests.support.repository import ROOT, files, listing

FOLDER = ROOT / "migrations"
NAME = re.compile(r"^(?P<number>\d{4})_[a-z0-9_]+\.py$")
#: Tables of SQLite's search index: they follow `search_doc` by triggers.
INDEX = "search_fts"
#: What PostgreSQL has for it instead.
GENERATED = {"tsv", "ix_search_doc_tsv"}
#: `column IN ('first', …)` as both databases write it back.
CHOICE = re.compile(r"^\W*(?P<column>\w+)\W[^']*'(?P<first>[^']*)'")
Shape = dict[str, list[str]]

both = pytest.mark.both_databases


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """Let Alembic read the folder once, not at each of some hundred steps."""
    script = ScriptDirectory(str(FOLDER))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", lambda _config: script)
        yield


@pytest.fixture
def empty(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """Return a portal whose database has no tables yet, with its context pushed."""
    url = database.empty(tmp_path)
    with made_app(settings_for(url, tmp_path / "instance")) as app, app.app_context():
        yield app
    database.drop(url)


def revisions() -> list[str]:
    """Return the numbers of all migrations, oldest first."""
    return [path.name[:4] for path in sorted((FOLDER / "versions").glob("0*.py"))]


def go(to: str, *, down: bool = False) -> None:
    move = flask_migrate.downgrade if down else flask_migrate.upgrade
    move(str(FOLDER), revision=to)


def shape() -> Shape:
    """Return the tables with their columns, indexes and constraints as the database has them."""
    look = sa.inspect(db.engine)
    found: Shape = {}
    parts = (
        (look.get_multi_columns(), lambda c: f"{c['name']} {c['type']!r} {c['nullable']}"),
        (look.get_multi_indexes(), lambda i: f"{i['name']} {i['column_names']}"),
        (look.get_multi_unique_constraints(), lambda u: f"{u['name']} {u['column_names']}"),
        (look.get_multi_foreign_keys(), lambda k: f"{k['name']} {k['referred_table']}"),
        (look.get_multi_check_constraints(), lambda k: f"{k['name']}"),
    )
    for tables, told in parts:
        for (_schema, table), some in tables.items():
            found.setdefault(table, []).extend(sorted(map(told, some)))
    return {table: lines for table, lines in found.items() if ours(table)}


def test_migrations_are_numbered_without_a_gap_and_have_one_head() -> None:
    paths = files(".py", under="migrations/versions/")
    assert not [path.name for path in paths if not NAME.match(path.name)]
    assert revisions() == [f"{number:04d}" for number in range(1, len(paths) + 1)]
    script = ScriptDirectory(str(FOLDER))
    assert script.get_heads() == revisions()[-1:]
    assert [step.revision for step in script.walk_revisions()] == revisions()[::-1]


def test_a_migration_imports_nothing_of_ours() -> None:
    """It must still run when the code has moved on."""
    texts = {p.name: p.read_text("utf-8") for p in files(".py", under="migrations/versions/")}
    assert not [name for name, text in texts.items() if "alumni_portal" in text]


@both
def test_the_migrations_lead_to_the_models_and_back_to_nothing(empty: Flask) -> None:
    go("head")
    with db.engine.connect() as connection:
        options = {"include_object": is_compared}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, db.metadata)
    assert not differences, listing(map(str, differences))
    assert set(shape()) == set(db.metadata.tables)
    go("base", down=True)
    assert shape() == {}


def is_compared(_item: object, name: str | None, kind: str, *_others: object) -> bool:
    """The search index of a database stands in its migration alone, not in the models."""
    return not (name or "").startswith(INDEX) and name not in GENERATED


@both
def test_each_step_can_be_taken_back_and_taken_again(empty: Flask) -> None:
    became = shape()
    for number, before in zip(revisions(), ["base", *revisions()], strict=False):
        was = became
        go(number)
        became = shape()
        go(before, down=True)
        assert shape() == was, f"{number} does not go back to where it came from"
        go(number)
    assert shape() == became, "the steps do not lead to the same place twice"


@both
def test_no_step_loses_a_row_either_way(empty: Flask) -> None:
    """Every table is filled anew before each step, which is taken and taken back."""
    for number, following in pairwise(revisions()):
        go(number)
        tables = reflected()
        held = fill(tables)
        go(following)
        assert_kept(held, count(), f"from {number} to {following}")
        go(number, down=True)
        assert_kept(held, count(), f"back to {number}")
        wipe(tables)


@both
def test_the_oldest_rows_reach_the_newest_tables(empty: Flask) -> None:
    go(revisions()[0])
    held = fill(reflected())
    go("head")
    assert_kept(held, count(), "from the first step to the newest")


def assert_kept(held: dict[str, int], now: dict[str, int], where: str) -> None:
    lost = [f"{name}: {rows} → {now[name]}" for name, rows in held.items() if now[name] < rows]
    assert not lost, where + listing(lost)


def ours(name: str) -> bool:
    return name != "alembic_version" and not name.startswith(INDEX)


def reflected() -> list[sa.Table]:
    """Return the tables as the database describes them, those that others need first."""
    metadata = sa.MetaData()
    metadata.reflect(db.engine, only=lambda name, _metadata: ours(name))
    return list(metadata.sorted_tables)


def count() -> dict[str, int]:
    with db.engine.begin() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
            for name in filter(ours, sa.inspect(connection).get_table_names())
        }


def fill(tables: list[sa.Table]) -> dict[str, int]:
    """Put one row into every table, as the database describes them, and return the counts."""
    checks = sa.inspect(db.engine).get_multi_check_constraints()
    with db.engine.begin() as connection:
        for table in tables:
            row = row_for(table, [check["sqltext"] for check in checks[None, table.name]])
            connection.execute(table.insert().values(row))
    held = count()
    assert all(held.values()), f"not filled: {[name for name, rows in held.items() if not rows]}"
    return held


def wipe(tables: list[sa.Table]) -> None:
    with db.engine.begin() as connection:
        for table in reversed(tables):
            connection.execute(table.delete())


def row_for(table: sa.Table, checks: list[str]) -> dict[str, object]:
    """Return values that every column takes: the first allowed choice, or something of its type."""
    found = filter(None, map(CHOICE.search, checks))
    allowed = {match["column"]: match["first"] for match in found}
    return {c.name: allowed.get(c.name, value_for(c)) for c in table.columns if needs_value(c)}


def needs_value(column: sa.Column[object]) -> bool:
    return column.computed is None and (not column.nullable or not column.foreign_keys)


def value_for(column: sa.Column[object]) -> object:
    kind = column.type.python_type if not isinstance(column.type, sa.JSON) else dict
    values: dict[type, object] = {
        int: 1,
        float: 1.0,
        time: time(12, 30),
        bool: True,
        str: "x",
        bytes: b"x",
        dict: {},
        date: date(2026, 1, 2),
        datetime: datetime(2026, 1, 2, tzinfo=UTC),
    }
    return values[kind]
