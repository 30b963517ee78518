"""When the database is away, busy or full: not our fault and not the reader's, and it passes."""

import sqlite3

from sqlalchemy import exc

#: What SQLite says when it cannot now, not when a statement is wrong.
_NOT_NOW = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
}
_PRIMARY = 0xFF
#: Seconds after which it is worth asking again.
ASK_AGAIN_AFTER = 5


def is_outage(error: BaseException | None) -> bool:
    """Say whether an error means that the database could not be had, or had no room.

    PostgreSQL's driver tells such errors (classes 08, 53, 57 of its codes) apart from wrong
    statements by their kind; SQLite's does so by its primary result code.
    """
    if isinstance(error, exc.TimeoutError):  # every connection is in use
        return True
    if not isinstance(error, exc.DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY in _NOT_NOW
    return isinstance(error, exc.OperationalError | exc.InterfaceError)
