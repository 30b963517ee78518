"""Clean rows before anybody sees them: national ids gone, signs and spaces in order."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from alumni_portal.core import national_id
from alumni_portal.core.text import clean_line

Row = tuple[int, list[str]]

#: A row with more text than this has swallowed others after a quote that never closed.
MAX_ROW = 20_000

_JOIN = "|"
_GUARDED = re.compile(r"^'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
_PHONE_HEADING = re.compile(
    r"tele?fon|phone|mobil|\btfn\b|\btel\b|cell|puhelin|gsm|\btlf\b", re.IGNORECASE
)
_PHONE_VALUE = re.compile(r"(\+|00|0)[\d ()/.-]{6,}")


class Cleaning:
    """What happens to every row of one table, decided by its headings and first rows."""

    def __init__(self, headings: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
        columns = [[cells[i] for cells in sample if i < len(cells)] for i in range(len(headings))]
        self._width = len(headings)
        self._phones = {i for i, cells in enumerate(columns) if _is_phones(headings[i], cells)}
        gone = {
            i
            for i, cells in enumerate(columns)
            if i not in self._phones and national_id.is_id_column(headings[i], cells)
        }
        empty = {i for i in range(len(headings)) if _is_unused(headings[i], columns[i])}
        keep = [i for i in range(len(headings)) if i not in gone | empty]
        self._phones = {keep.index(i) for i in self._phones if i in keep}
        self._pick = _picker(keep) if len(keep) < len(headings) else None
        self.headings = tuple(national_id.masked(headings[i]) for i in keep)
        #: Headings of the columns of national ids, which are gone.
        self.dropped = tuple(headings[i] for i in sorted(gone))

    def rows(self, records: Iterator[Row]) -> Iterator[Row]:
        """Yield the rows that hold anything, each as long as the headings.

        A row that does not fit the headings stays longer than they are: checking rejects it.
        """
        width, pick = self._width, self._pick
        for number, raw in records:
            cells = [cell.strip() for cell in raw]
            if not any(cells):
                continue
            extra = 0
            if len(cells) != width:
                cells, extra = self._fitted(cells)
            if pick is not None:
                cells = list(pick(cells))
            text = _JOIN.join(cells)
            if needs_care(text):
                cells = self._cared_for(cells)
            if extra or len(text) > MAX_ROW:
                cells = [cell[:200] for cell in cells] + [""]
            yield number, cells

    def _fitted(self, cells: list[str]) -> tuple[list[str], int]:
        """Fill a short row; cut a long one and say whether the rest held anything."""
        if len(cells) < self._width:
            return cells + [""] * (self._width - len(cells)), 0
        return cells[: self._width], int(any(cells[self._width :]))

    def _cared_for(self, cells: list[str]) -> list[str]:
        return [clean_cell(cell, phone=i in self._phones) for i, cell in enumerate(cells)]


def needs_care(text: str) -> bool:
    """Tell cheaply whether a joined row needs a look at every cell."""
    if not text.isprintable() or "|'" in text or '|="' in text or text[:1] in {"'", "="}:
        return True
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return True
    return national_id.may_hold_one(text)


def clean_cell(cell: str, *, phone: bool = False) -> str:
    """Return a cell on one line without national ids; a guard against formulas is taken off."""
    cell = clean_line(cell).replace("\u200b", "")
    cell = _TEXT_FORMULA.sub(r"\1", _GUARDED.sub("", cell))
    return national_id.masked(cell, phone=phone)


def _picker(keep: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(keep) == 1:
        only = keep[0]
        return lambda cells: (cells[only],)
    return itemgetter(*keep) if keep else lambda _: ()


def _is_phones(heading: str, cells: Sequence[str]) -> bool:
    if national_id.heading_says_so(heading):
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    likely = sum(1 for cell in filled if _PHONE_VALUE.fullmatch(cell))
    share = 0.3 if _PHONE_HEADING.search(heading) else 0.8
    return bool(filled) and likely >= share * len(filled)


def _is_unused(heading: str, cells: Sequence[str]) -> bool:
    """Tell whether a column is but the separators at the end of lines: no name, no content."""
    return heading.startswith("(") and heading.endswith(")") and not any(map(str.strip, cells))
