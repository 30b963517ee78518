"""Rate limits in the database: own short transaction, closed when broken, counted always (S7).

A limit runs before the request's own transaction begins, so that it also counts what is rolled
back later, and never waits for a lock that its own request holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, TypeVar

from flask import current_app, g, request
from sqlalchemy import Integer, String, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import Base, Basis, Personal, db, writing
from alumni_portal.core.text import address_key

V = TypeVar("V", bound=Callable[..., Any])


class Hit(Base):
    __tablename__ = "limit_hit"
    __personal__ = Personal(
        "stop guessing and mass use",
        Basis.LEGITIMATE_INTEREST,
        "two days; keys are keyed hashes of addresses, never the addresses",
    )

    #: Name of the limit and keyed hash of what it counts by.
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    hits: Mapped[int] = mapped_column(Integer, default=0)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many times in so long, counted by what `by` returns (nothing: not counted)."""

    name: str
    most: int
    per: timedelta
    by: Callable[[], str | None]
    #: Methods that count; a page may be read more often than a form may be sent.
    methods: tuple[str, ...] = ("POST",)
    #: Used up, it stops nobody; the view asks and answers as always, doing less.
    is_quiet: bool = False


def limited(*limits: Limit) -> Callable[[V], V]:
    """Mark a view with limits, checked before anything else of the request runs."""

    def mark(view: V) -> V:
        view.__limits__ = limits  # type: ignore[attr-defined]  # read by `enforce`
        return view

    return mark


def by_client() -> str | None:
    """Count by network: the address of the client, /64 for IPv6."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """Return the network that one client can move about in: an IPv4 address, an IPv6 /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return str(ip_network((found, 64), strict=False) if found.version == 6 else found)


def by_field(name: str) -> Callable[[], str | None]:
    """Count by what was typed into a field, in one canonical form."""
    return lambda: address_key(request.form.get(name, "")) or None


def enforce() -> None:
    """Count this request against the limits of its view and stop it when one is used up."""
    view = current_app.view_functions.get(request.endpoint or "")
    for limit in getattr(view, "__limits__", ()):
        key = limit.by() if request.method in limit.methods else None
        if not key or hit(limit.name, key, most=limit.most, per=limit.per):
            continue
        if not limit.is_quiet:
            raise TooManyRequests(retry_after=int(limit.per.total_seconds()))
        g.setdefault("used_up", set()).add(limit.name)


def is_used_up(*limits: Limit) -> bool:
    """Say whether one of these quiet limits was used up before this request."""
    return any(limit.name in g.get("used_up", ()) for limit in limits)


def hit(name: str, key: str, *, most: int, per: timedelta) -> bool:
    """Count one use and say whether it is still within the limit.

    Raises whatever the database raises: a limit that cannot count lets nobody through.
    """
    return _count(_key(name, key), _window(per)) <= most


def take_back(*limits: Limit) -> None:
    """Uncount this request, which proved to be no guess, in the transaction under way."""
    for limit in limits:
        if key := limit.by():
            db.session.execute(
                update(Hit)
                .where(
                    Hit.key == _key(limit.name, key),
                    Hit.window_start == _window(limit.per),
                    Hit.hits > 0,
                )
                .values(hits=Hit.hits - 1)
            )


def _key(name: str, key: str) -> str:
    return f"{name}:{tokens.short_hash(key)}"


def _window(per: timedelta) -> datetime:
    now = clock.now()
    passed = int(now.timestamp()) % int(per.total_seconds())
    return now - timedelta(seconds=passed, microseconds=now.microsecond)


def _count(key: str, start: datetime) -> int:
    before = writing.set(True)
    try:
        return _add(key, start)
    except IntegrityError:  # two first uses at once: the other one made the row
        return _add(key, start)
    finally:
        writing.reset(before)


def _add(key: str, start: datetime) -> int:
    row = (Hit.key == bindparam("k")) & (Hit.window_start == bindparam("s"))
    which = {"k": key, "s": start}
    with db.engine.begin() as own:
        if own.execute(update(Hit).where(row).values(hits=Hit.hits + 1), which).rowcount == 0:
            own.execute(insert(Hit), [{"key": key, "window_start": start, "hits": 1}])
        return int(own.execute(select(Hit.hits).where(row), which).scalar_one())


def forget_before(moment: datetime) -> int:
    """Delete windows that are over and return how many."""
    result = db.session.execute(delete(Hit).where(Hit.window_start < moment))
    return int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def names(limits: Iterable[Limit]) -> list[str]:
    """Return the names of limits, for the page that lists them."""
    return [limit.name for limit in limits]
