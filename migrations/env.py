"""How a migration runs: in one transaction each, numbered, on SQLite as on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory

from alumni_portal.core.db import UTCDateTime, db


def render_item(kind: str, item: object, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as those of SQLAlchemy: a migration imports nothing of ours."""
    del autogen_context
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def number(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Give a new migration the next number; write none when nothing changed."""
    script = directives[0]
    if script.upgrade_ops is not None and script.upgrade_ops.is_empty():
        if getattr(context.config.cmd_opts, "autogenerate", False):  # `db check` reads it, empty
            directives[:] = []
        return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04d}"


def include_object(
    item: object, name: str | None, kind: str, _reflected: object, _compared: object
) -> bool:
    """Leave the search index of one database alone: the models know the table it follows."""
    if kind == "table":
        return not (name or "").startswith("search_fts")
    table = getattr(getattr(item, "table", None), "name", "")
    return not (table == "search_doc" and name in {"tsv", "ix_search_doc_tsv"})


@contextmanager
def unbound(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite rebuild tables: foreign keys are off meanwhile, and checked afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")
    driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    with db.engine.connect() as connection, unbound(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            include_object=include_object,
            process_revision_directives=number,
            transaction_per_migration=True,
            user_module_prefix=None,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; there is no script to write out.")
run()
