"""Many ids in a query as one value, however many they are; and what is said of each of them."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Self

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

#: A column of ids, of a table or of a class.
_Ids = ColumnElement[int] | InstrumentedAttribute[int]
#: What a query with `among` is given its ids as.
AMONG = "among"
#: What a statement with `said_of` is given its texts as.
SAID = "said"


class _IdList(TypeDecorator[Collection[int]]):
    """Many ids as one value: an array, and for SQLite, which has none, JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_json = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if is_json else ARRAY(BigInteger))

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - text or a list
        ids = list(value or ())
        return json.dumps(ids) if dialect.name == "sqlite" else ids


class _Among(FunctionElement[bool]):
    """A condition of a column and of ids that are one value."""

    name = "among"
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Return it as it is: where SQLite has no booleans, `= 1` would keep it from an index."""
        del against
        return self


@compiles(_Among)
def _any_of_an_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, ids = element.clauses
    return f"({compiler.process(column, **how)} = ANY ({compiler.process(ids, **how)}))"


@compiles(_Among, "sqlite")
def _in_a_list_of_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, ids = element.clauses
    listed = f"SELECT value FROM json_each({compiler.process(ids, **how)})"  # noqa: S608 - made by SQLAlchemy
    return f"({compiler.process(column, **how)} IN ({listed}))"


def among(column: _Ids) -> ColumnElement[bool]:
    """Return the condition that a column is one of the ids given as `AMONG` when it is asked.

    The same as `in_`, but all of them are one parameter: with one for each, SQLAlchemy alone took
    3 µs an id, as much as the database.
    """
    return _Among(column, bindparam(AMONG, type_=_IdList()))


def said_of(dialect: str) -> FromClause:
    """Return a table of ids (`id`) and texts (`said`), given as `SAID` (`as_said`) when asked.

    In SQLAlchemy's own way, a statement's values for each row, noting them took 16 µs an id.
    """
    given = bindparam(SAID, type_=Text())
    if dialect == "sqlite":
        each = func.json_each(given).table_valued("value")
        parts = [func.json_extract(each.c.value, f"$[{at}]") for at in (0, 1)]
        # A limit: without one SQLite would read the whole list for each row it may be about.
        return select(parts[0].label("id"), parts[1].label("said")).limit(-1).subquery(SAID)
    columns = column("id", BigInteger), column("said", Text)
    made = func.json_to_recordset(cast(given, JSON)).table_valued(*columns, name=SAID)
    return made.render_derived(with_types=True)


def as_said(texts: Mapping[int, str], dialect: str) -> str:
    """Return texts, each of an id, as the one value that `said_of` reads."""
    if dialect == "sqlite":
        return json.dumps(list(texts.items()))
    return json.dumps([{"id": one, "said": said} for one, said in texts.items()])
