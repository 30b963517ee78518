"""A file of addresses that shall get no mailings, as spreadsheets and mail services write it."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from alumni_portal.core.national_id import holds_one, masked
from alumni_portal.core.text import clean_line

MOST_BYTES = 5_000_000
MOST_ROWS = 100_000
#: What the column of addresses is called, here and by the services that people come from.
_HEADINGS = ("e-post", "epost", "e-postadress", "mejladress", "email", "e-mail", "email address",
             "address", "adress", "recipient")  # fmt: skip
#: The one form of an address; raises ValueError when it is none.
Canonical = Callable[[str], str]
_GUARD = ("=", "+", "-", "@", "\t", "\r")


class Wrong(StrEnum):
    """Why a row is not taken."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    TWICE = "twice"


@dataclass(frozen=True)
class Rejected:
    """A row that is not taken: its number in the file, what stands there, and why."""

    row: int
    text: str
    why: Wrong


@dataclass(frozen=True)
class Addresses:
    """What a file holds: addresses in their canonical form, and the rows that are not taken."""

    accepted: tuple[str, ...]
    rejected: tuple[Rejected, ...]


class Unreadable(Exception):
    """A file that holds no rows of text."""


def addresses_in(content: bytes, canonical: Canonical) -> Addresses:
    """Return the addresses of a file, one a row; raises Unreadable.

    `canonical` gives an address the form it is compared in; it raises ValueError for none.
    """
    rows = _rows(_text(content))
    place, rest = _column(rows)
    accepted: dict[str, None] = {}
    rejected = []
    for number, row in rest:
        cell = row[place].strip().removeprefix("'") if place < len(row) else ""
        why = _checked(cell, accepted, canonical)
        if why is not None:
            rejected.append(Rejected(number, _shown(cell or ", ".join(row)), why))
    return Addresses(tuple(accepted), tuple(rejected))


def _text(content: bytes) -> str:
    if not content.strip() or len(content) > MOST_BYTES or b"\0" in content:
        raise Unreadable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    sign = max(";,\t", key=first.count)
    reader = csv.reader(StringIO(text), delimiter=sign)
    try:
        rows = [(number, row) for number, row in enumerate(reader, 1) if any(map(str.strip, row))]
    except csv.Error as error:
        raise Unreadable from error
    if not rows or len(rows) > MOST_ROWS:
        raise Unreadable
    return rows


def _column(rows: list[tuple[int, list[str]]]) -> tuple[int, list[tuple[int, list[str]]]]:
    """Return which column holds the addresses, and the rows below the heading."""
    heading = [clean_line(cell).casefold() for cell in rows[0][1]]
    named = [place for place, cell in enumerate(heading) if cell in _HEADINGS]
    if named:
        return named[0], rows[1:]
    place = next((n for n, cell in enumerate(heading) if "@" in cell), 0)
    return place, rows if "@" in heading[place] else rows[1:]


def _checked(cell: str, accepted: dict[str, None], canonical: Canonical) -> Wrong | None:
    """Add a cell's address to those accepted, or say why not."""
    if not cell:
        return Wrong.NO_ADDRESS
    try:
        address = canonical(cell)
    except ValueError:
        return Wrong.BAD_ADDRESS
    if address in accepted:
        return Wrong.TWICE
    accepted[address] = None
    return None


def _shown(text: str) -> str:
    line = clean_line(text)[:120]
    return masked(line) if holds_one(line) else line


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (S25)."""
    return f"'{cell}" if cell.startswith(_GUARD) else cell
