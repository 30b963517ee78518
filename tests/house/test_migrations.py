"""Migrations are numbered, lead to the models, and go both ways with data, on both databases."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
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
    return {
        table: sorted(
            [f"{c['name']} {c['type']!r} {c['nullable']}" for c in look.get_columns(table)]
            + [f"{i['name']} {i['column_names']}" for i in look.get_indexes(table)]
            + [f"{u['name']} {u['column_names']}" for u in look.get_unique_constraints(table)]
            + [f"{k['name']} {k['referred_table']}" for k in look.get_foreign_keys(table)]
            + [f"{k['name']}" for k in look.get_check_constraints(table)]
        )
        for table in look.get_table_names()
        if table != "alembic_version" and not table.startswith(INDEX)
    }


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
    for number, before in zip(revisions(), ["base", *revisions()], strict=False):
        was = shape()
        go(number)
        became = shape()
        go(before, down=True)
        assert shape() == was, f"{number} does not go back to where it came from"
        go(number)
        assert shape() == became, f"{number} does not lead to the same place twice"


@both
def test_no_step_loses_a_row_either_way(empty: Flask) -> None:
    for number in revisions():
        go(number)
        held = fill()
        go("head")
        assert_kept(held, count(), f"from {number} to the newest")
        go(number, down=True)
        assert_kept(held, count(), f"back to {number}")
        wipe()


def assert_kept(held: dict[str, int], now: dict[str, int], where: str) -> None:
    lost = [f"{name}: {rows} → {now[name]}" for name, rows in held.items() if now[name] < rows]
    assert not lost, where + listing(lost)


def reflected() -> sa.MetaData:
    metadata = sa.MetaData()
    metadata.reflect(db.engine, only=lambda name, _metadata: not name.startswith(INDEX))
    return metadata


def count() -> dict[str, int]:
    with db.engine.begin() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in reflected().sorted_tables
        }


def fill() -> dict[str, int]:
    """Put one row into every table, as the database describes them, and return the counts."""
    with db.engine.begin() as connection:
        for table in reflected().sorted_tables:
            if table.name == "alembic_version":
                continue
            connection.execute(table.insert().values(row_for(table)))
    held = count()
    assert all(held.values()), f"not filled: {[name for name, rows in held.items() if not rows]}"
    return held


def wipe() -> None:
    with db.engine.begin() as connection:
        for table in reversed(reflected().sorted_tables):
            if table.name != "alembic_version":
                connection.execute(table.delete())


def row_for(table: sa.Table) -> dict[str, object]:
    """Return values that every column takes: the first allowed choice, or something of its type."""
    look = sa.inspect(db.engine)
    allowed = {}
    for check in look.get_check_constraints(table.name):
        found = CHOICE.search(check["sqltext"])
        if found:
            allowed[found["column"]] = found["first"]
    return {c.name: allowed.get(c.name, value_for(c)) for c in table.columns if needs_value(c)}


def needs_value(column: sa.Column[object]) -> bool:
    return column.computed is None and (not column.nullable or not column.foreign_keys)


def value_for(column: sa.Column[object]) -> object:
    kind = column.type.python_type if not isinstance(column.type, sa.JSON) else dict
    values: dict[type, object] = {
        int: 1,
        float: 1.0,
        bool: True,
        str: "x",
        bytes: b"x",
        dict: {},
        date: date(2026, 1, 2),
        datetime: datetime(2026, 1, 2, tzinfo=UTC),
    }
    return values[kind]
