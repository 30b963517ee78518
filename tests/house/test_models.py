"""Every column is accounted for: why it is held, on which ground, how long (S57)."""

import pkgutil
from importlib import import_module
from typing import Any

import sqlalchemy as sa

import alumni_portal
from alumni_portal.core.db import Base, Personal
from tests.support.repository import listing

FORBIDDEN = ("personnummer", "ssn", "national_id", "salary", "gender", "sex", "religion", "union")


def models() -> list[type[Base]]:
    for module in pkgutil.walk_packages(alumni_portal.__path__, "alumni_portal."):
        if "models" in module.name.split(".") or ".core." in module.name:
            import_module(module.name)
    return [mapper.class_ for mapper in Base.registry.mappers]


def columns() -> list[tuple[str, sa.Column[Any]]]:
    tables = [table for table in Base.metadata.tables.values() if models()]
    return [(str(column), column) for table in tables for column in table.columns]


def test_every_table_says_what_it_holds_about_people() -> None:
    silent = [
        model.__name__
        for model in models()
        if "__personal__" not in vars(model)
        or not isinstance(vars(model)["__personal__"], Personal | None)
    ]
    assert not silent, listing(silent)


def test_what_is_said_is_said_in_full() -> None:
    declared = [(m.__name__, vars(m).get("__personal__")) for m in models()]
    declared += [(name, column.info.get("personal")) for name, column in columns()]
    thin = [
        name for name, said in declared if said is not None and not (said.purpose and said.keep)
    ]
    assert not thin, listing(thin)


def test_a_table_that_points_at_a_person_does_not_claim_to_hold_nothing() -> None:
    wrong = [
        f"{model.__name__}.{column.key}"
        for model in models()
        if vars(model).get("__personal__") is None
        for column in sa.inspect(model).columns
        if any(key.column.table.name in {"person", "account"} for key in column.foreign_keys)
        and "personal" not in column.info
    ]
    assert not wrong, listing(wrong)


def test_nothing_forbidden_has_a_column() -> None:
    found = [
        name
        for name, column in columns()
        if any(word in column.key.split("_") for word in FORBIDDEN)
    ]
    assert not found, listing(found)


def is_stored_as_agreed(kind: object) -> bool:
    if isinstance(kind, sa.Enum):
        return not kind.native_enum
    return not isinstance(kind, sa.DateTime)


def test_every_moment_is_stored_in_utc_and_every_enum_by_value() -> None:
    """Our own UTCDateTime is no DateTime to Python, only to the database."""
    wrong = [name for name, column in columns() if not is_stored_as_agreed(column.type)]
    assert not wrong, listing(wrong)


def led_by(table: sa.Table) -> set[str]:
    """Return the columns by which rows are found without reading the whole table."""
    keys: list[sa.UniqueConstraint] = [
        c for c in table.constraints if isinstance(c, sa.UniqueConstraint)
    ]
    groups = [list(index.columns) for index in table.indexes]
    groups += [list(key.columns) for key in keys]
    leading = {columns[0].name for columns in groups if columns}
    return leading | {c.name for c in table.columns if c.unique or c.primary_key}


def test_every_foreign_key_has_an_index() -> None:
    """Without one, every deletion and every look from the other side reads the whole table."""
    bare = [
        name
        for name, column in columns()
        if column.foreign_keys and column.name not in led_by(column.table)
    ]
    assert not bare, listing(bare)
