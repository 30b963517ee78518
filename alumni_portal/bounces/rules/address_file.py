"""A file of addresses that shall get no mailings, as spreadsheets and mail services write it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO

from alumni_portal.core.formulas import unguarded
from alumni_portal.core.national_id import holds_one, masked
from alumni_portal.core.text import clean_line

MOST_BYTES = 5_000_000
MOST_ROWS = 100_000
#: What the column of addresses is called, here and by the services that people come from.
_HEADINGS = ("e-post", "epost", "e-postadress", "mejladress", "email", "e-mail", "email address",
             "address", "adress", "recipient")  # fmt: skip
_SOURCES = ("source", "källa", "hur vi vet", "type", "typ", "status")
_REASONS = ("reason", "orsak", "varför", "skäl", "diagnostic", "serverns ord")
_SINCE = ("since", "sedan", "created", "created_at", "datum", "date", "lastupdatetime")
#: What we and mail services call the ways in which an address comes to get no mailings.
_MEANT = {
    "relay": "relay",
    "bounce": "bounce", "bounced": "bounce", "hard": "bounce", "hard bounce": "bounce",
    "hard_bounce": "bounce", "permanent": "bounce", "cleaned": "bounce", "studs": "bounce",
    "complaint": "complaint", "complained": "complaint", "spam": "complaint",
    "spam complaint": "complaint", "abuse": "complaint", "klagomål": "complaint",
    "hand": "hand",
}  # fmt: skip
MOST_SAID = 200
#: The one form of an address; raises ValueError when it is none.
Canonical = Callable[[str], str]


class Wrong(StrEnum):
    """Why a row is not taken."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    TWICE = "twice"
    TOO_OLD = "too_old"


@dataclass(frozen=True)
class Accepted:
    """An address in its canonical form, and what the file says of it.

    `source` is how it came to get no mailings, in our words (`relay`, `bounce`, `complaint`,
    `hand`); it, `reason` and `since` are empty when the file does not say.
    """

    address: str
    source: str = ""
    reason: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Rejected:
    """A row that is not taken: its number in the file, what stands there, and why."""

    row: int
    text: str
    why: Wrong


@dataclass(frozen=True)
class Addresses:
    """What a file holds: addresses, each once, and the rows that are not taken."""

    accepted: tuple[Accepted, ...]
    rejected: tuple[Rejected, ...]


class Unreadable(Exception):
    """A file that holds no rows of text."""


def addresses_in(content: bytes, canonical: Canonical, *, oldest: date) -> Addresses:
    """Return the addresses of a file, one a row; raises Unreadable.

    `canonical` gives an address the form it is compared in; it raises ValueError for none. What
    the file says has been so since before `oldest` is not taken: we would have forgotten it.
    """
    rows = _rows(_text(content))
    place, rest = _column(rows)
    says = _Says({clean_line(cell).casefold(): n for n, cell in enumerate(rows[0][1])})
    accepted: dict[str, Accepted] = {}
    rejected = []
    for number, row in rest:
        cell = _cell(row, place)
        found = _read(cell, row, says, canonical)
        if isinstance(found, Accepted):
            found = _why_not(found, accepted, oldest) or found
        if isinstance(found, Accepted):
            accepted[found.address] = found
        else:
            rejected.append(Rejected(number, _shown(cell or ", ".join(row)), found))
    return Addresses(tuple(accepted.values()), tuple(rejected))


def _read(cell: str, row: list[str], says: "_Says", canonical: Canonical) -> Accepted | Wrong:
    if not cell:
        return Wrong.NO_ADDRESS
    try:
        return says.of(row, canonical(cell))
    except ValueError:
        return Wrong.BAD_ADDRESS


def _why_not(found: Accepted, accepted: dict[str, Accepted], oldest: date) -> Wrong | None:
    if found.since is not None and found.since < oldest:
        return Wrong.TOO_OLD
    return Wrong.TWICE if found.address in accepted else None


class _Says:
    """What stands beside the addresses, by the headings of a file."""

    def __init__(self, headings: dict[str, int]) -> None:
        self._source = list(_named(headings, _SOURCES))
        self._reason = list(_named(headings, _REASONS))
        self._since = list(_named(headings, _SINCE))

    def of(self, row: list[str], address: str) -> Accepted:
        """Return an address with what its row says of it."""
        words = [_cell(row, place) for place in self._source]
        reason = next((_shown(_cell(row, place)) for place in self._reason), "")
        found = [_MEANT.get(word.casefold(), "") for word in [*words, reason]]
        since = next((_day(_cell(row, place)) for place in self._since), None)
        return Accepted(address, next(filter(None, found), ""), reason, since)


def _named(headings: dict[str, int], names: tuple[str, ...]) -> Iterator[int]:
    return (headings[name] for name in names if name in headings)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def _cell(row: list[str], place: int) -> str:
    """Return a cell as it was before it was guarded against formulas."""
    return unguarded(row[place].strip()) if place < len(row) else ""


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


def _shown(text: str) -> str:
    line = clean_line(text)[:MOST_SAID]
    return masked(line) if holds_one(line) else line
