"""Pages by keyset: the next page begins after the last row shown, so it costs the same."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from alumni_portal.core.db import db

T = TypeVar("T")
SIZE = 50
_LARGEST = 2**63


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a longer list, with marks for where the next and the previous page begin."""

    rows: list[T]
    next: str | None
    previous: str | None

    @property
    def is_only(self) -> bool:
        """Say whether the whole list is on this page."""
        return self.next is None and self.previous is None


def encode(key: Sequence[str | int]) -> str:
    """Return a keyset as a mark for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def decode(mark: str | None) -> list[str | int] | None:
    """Return the keyset of a mark; a mark that is not ours counts as the first page."""
    if not mark:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (binascii.Error, ValueError):
        return None
    return key if isinstance(key, list) and all(map(_is_sound, key)) else None


def _is_sound(part: object) -> bool:
    """Say whether a database can compare with this: a text, or a number of 64 bits."""
    return isinstance(part, str) or (isinstance(part, int) and abs(part) < _LARGEST)


def _fitting(
    key: list[str | int] | None,
    columns: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]],
) -> list[str | int] | None:
    """Return a keyset that these columns can be compared with; another's mark is no mark."""
    if key is None or len(key) != len(columns):
        return None
    kinds = [column.type.python_type for column in columns]
    return key if all(map(isinstance, key, kinds)) else None


def page(
    query: Select[Any],
    columns: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]],
    key_of: Callable[[Any], Sequence[str | int]],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[Any]:
    """Return one page of a query ordered by columns, all ascending.

    `columns` must end with a unique one; `key_of` returns their values of a row.
    """
    start, end = _fitting(decode(after), columns), _fitting(decode(before), columns)
    backwards = end is not None
    order = [column.desc() for column in columns] if backwards else list(columns)
    if backwards and end is not None:
        query = query.where(tuple_(*columns) < tuple_(*end))
    elif start is not None:
        query = query.where(tuple_(*columns) > tuple_(*start))
    rows = list(db.session.execute(query.order_by(*order).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more or backwards)
    has_previous = bool(rows) and (more if backwards else start is not None)
    return Page(
        rows,
        next=encode(key_of(rows[-1])) if has_next else None,
        previous=encode(key_of(rows[0])) if has_previous else None,
    )
