"""What every test would work out anew and always alike: addresses of pages, statements in SQL.

A test has an application and a database of its own. Compiling 200 rules and 100 statements for
each of them took a third of the time of the whole suite; the results are kept per process.
"""

from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from alumni_portal.accounts.services import doors

_compile = Rule._compile_builder
_builders: dict[tuple[object, ...], Any] = {}
_dialects: dict[str, Dialect] = {}
_statements: Any = LRUCache(5_000)


def _remembered(self: Rule, append_unknown: bool = True) -> Any:  # noqa: FBT001, FBT002 - as it is called
    """Return the function that writes an address; it is the same for the same rule."""
    key = (tuple(self._trace), tuple(sorted((self.defaults or {}).items())), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(self, append_unknown)
    return _builders[key]


def remember_routes() -> None:
    """Compile each rule of the address map once."""
    Rule._compile_builder = _remembered  # type: ignore[method-assign]  # the same, sooner


def remember_statements(engine: Engine) -> None:
    """Compile each statement once for all databases of a kind, which so share a dialect."""
    if engine.dialect.name not in _dialects:
        with engine.connect():  # a dialect learns of its database when it first meets one
            _dialects[engine.dialect.name] = engine.dialect
    engine.dialect = _dialects[engine.dialect.name]
    engine.pool._dialect = engine.dialect
    engine.update_execution_options(compiled_cache=_statements)


#: How passwords are hashed where people use the portal.
hasher_in_earnest = doors._hasher


def hash_cheaply() -> None:
    """Let a password cost a millisecond; what it costs in earnest has a test of its own."""
    doors._hasher = _cheap_hasher


@lru_cache(maxsize=1)
def _cheap_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
