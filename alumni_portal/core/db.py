"""The database: base class, column types, what each table holds, and how SQLite is opened."""

import os
import secrets
import sqlite3
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    String,
    Text,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

#: No look-alikes (0 O 1 I l): the ids stand in addresses that people read to each other.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_ID_LENGTH = 14
_ROUND = 256 - 256 % len(_ALPHABET)
_SIGN = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))
_SPARE = bytes(range(_ROUND, 256))

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: In a rush SQLite lets whoever asks most often by, and asks less often the longer it has waited:
#: a writer that waited for a whole `busy_timeout` begins to ask anew, for a minute in all (S76).
_ASKS_AGAIN = 11

#: True while the work under way will write: SQLite then takes its lock at BEGIN, not halfway.
writing: ContextVar[bool] = ContextVar("writing", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. Refuses naive values and returns aware ones, also on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment without a time zone"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(kind: type[StrEnum]) -> Enum:
    """Return the column type that stores an enum by value and checks it in the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def new_public_id() -> str:
    """Return a random id of 81 bits for use in addresses."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def new_public_ids(number: int) -> list[str]:
    """Return many random ids at once; a byte past the last whole round of signs is thrown away."""
    signs = ""
    while len(signs) < number * _ID_LENGTH:
        missing = number * _ID_LENGTH - len(signs)
        signs += secrets.token_bytes(missing + missing // 4 + 16).translate(_SIGN, _SPARE).decode()
    return [signs[at : at + _ID_LENGTH] for at in range(0, number * _ID_LENGTH, _ID_LENGTH)]


PK = Annotated[int, mapped_column(primary_key=True)]
PublicId = Annotated[str, mapped_column(String(20), unique=True, default=new_public_id)]
Line = Annotated[str, mapped_column(String(200))]
Prose = Annotated[str, mapped_column(Text)]

TYPES: dict[Any, Any] = {
    datetime: UTCDateTime,
    dict[str, Any]: JSON,
    list[Any]: JSON,
    bytes: LargeBinary,
}


class Basis(StrEnum):
    """The legal ground of a piece of personal data (GDPR art. 6.1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"


@dataclass(frozen=True)
class Personal:
    """Why personal data is held, on which ground, and how long (GDPR art. 5.1 b, e and 30)."""

    purpose: str
    basis: Basis
    keep: str
    #: Who gets it besides the person and those the permission matrix names.
    recipients: str = ""


class Base(DeclarativeBase):
    """What every table shares."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=TYPES)
    #: What the columns of this table hold about people; None says nothing at all.
    #: A column that differs carries its own in `info={"personal": …}`.
    __personal__: ClassVar[Personal | None]


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def open_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Set a new SQLite connection up: WAL, foreign keys, waiting instead of failing."""
    del record
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction; one that will write takes the lock now instead of failing later."""
    if not writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        for _ in range(_ASKS_AGAIN):
            with suppress(sqlite3.OperationalError):
                raw.execute("BEGIN IMMEDIATE").close()
                return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def wait_for_the_disk() -> None:
    """Return once what was committed would outlive a power cut.

    PostgreSQL waits at each commit. SQLite, as it is set up here, waits only now and then; until
    then a commit stands in the file beside the database.
    """
    engine = db.engine
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    with suppress(FileNotFoundError):  # all of it was moved into the database
        file = os.open(f"{engine.url.database}-wal", os.O_RDONLY)
        try:
            os.fdatasync(file)
        finally:
            os.close(file)


def prepare(engine: Engine) -> None:
    """Attach what a dialect needs to its engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", open_sqlite)
        event.listen(engine, "begin", begin_sqlite)


__all__ = [
    "Base",
    "Basis",
    "Line",
    "Mapped",
    "Personal",
    "Prose",
    "PublicId",
    "db",
    "wait_for_the_disk",
]
