"""Questions that several pieces of one page ask: put to the database once per page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, has_request_context, request

P = ParamSpec("P")
T = TypeVar("T")
_READS = {"GET", "HEAD"}


def once_per_page(ask: Callable[P, T]) -> Callable[P, T]:
    """Let a count that a menu and a panel both show be asked once while a page is made.

    Only in a GET, which changes nothing; anywhere else every call asks anew. The arguments must
    be hashable.
    """

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        if not has_request_context() or request.method not in _READS:
            return ask(*args, **kwargs)
        known: dict[Any, Any] = g.setdefault("asked", {})
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        found: T = known[key]
        return found

    return asked
