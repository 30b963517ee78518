"""Read dates as HR systems write them, and guess which style a column uses."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DateStyle(StrEnum):
    """How a column writes its dates. ISO dates are understood in every style."""

    ISO = "iso"  # 2026-05-14, 2026/05/14
    DAY_FIRST = "day_first"  # 14.5.2026, 14/05/26
    MONTH_FIRST = "month_first"  # 05/14/2026
    COMPACT = "compact"  # 20260514
    SHORT = "short"  # 260514, 26-05-14
    MONTH_NAMES = "month_names"  # 14 maj 2026, May 14, 2026
    EXCEL_SERIAL = "excel_serial"  # 46156


#: A four-digit year outside of this is a slip of the finger, not a date of a working life.
EARLIEST = 1900
LATEST = 2100

_CLOCK = r"(?:[T ]\d{1,2}[:.]\d\d.*)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_THREE = re.compile(rf"(\d{{1,2}})([-/. ])\.? ?(\d{{1,2}})\2 ?(\d{{4}}|\d\d){_CLOCK}")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\.0)?")
_SHORT = re.compile(r"(\d\d)([-/.]?)(\d\d)\2(\d\d)")
_SERIAL = re.compile(r"(\d{4,5})(?:[.,]\d+)?")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_MONTHS = (
    ("jan", "tammi"), ("feb", "helmi"), ("mar", "mär", "maalis"), ("apr", "huhti"),
    ("maj", "may", "mai", "touko"), ("jun", "kesä"), ("jul", "heinä"), ("aug", "elo"),
    ("sep", "syys"), ("okt", "oct", "loka"), ("nov", "marras"), ("dec", "des", "dez", "joulu"),
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_EXCEL_START = date(1899, 12, 30)
#: Excel counts days: 10 000 is 1927, 80 000 is 2119.
_SERIALS = range(7_000, 80_000)


class DateReader:
    """Reads the dates of one column; remembers what it read, for a column repeats itself.

    A year of two digits lies within the hundred years that end with `latest`.
    """

    def __init__(self, style: DateStyle, latest: date) -> None:
        self._style = style
        self._latest = latest.year
        self._known: dict[str, date | None] = {"": None}

    def __call__(self, text: str) -> date | None:
        """Return the date, or None for an empty cell and for what is no date."""
        try:
            return self._known[text]
        except KeyError:
            found = read_date(text, self._style, latest=self._latest)
            if len(self._known) < 100_000:
                self._known[text] = found
            return found


def read_date(text: str, style: DateStyle, *, latest: int) -> date | None:
    """Return the date that a text names in a style, or None. Years end with `latest`."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[3], found[4], latest)
    read = _READ.get(style)
    return read(text, latest) if read else None


def _day_first(text: str, latest: int) -> date | None:
    found = _THREE.fullmatch(text)
    return _day(found[4], found[3], found[1], latest) if found else None


def _month_first(text: str, latest: int) -> date | None:
    found = _THREE.fullmatch(text)
    return _day(found[4], found[1], found[3], latest) if found else None


def _compact(text: str, latest: int) -> date | None:
    found = _COMPACT.fullmatch(text)
    return _day(found[1], found[2], found[3], latest) if found else None


def _short(text: str, latest: int) -> date | None:
    found = _SHORT.fullmatch(text)
    return _day(found[1], found[3], found[4], latest) if found else None


def _named(text: str, latest: int) -> date | None:
    parts = _WORDS.findall(text.casefold())
    months = [_MONTH_OF[p[:n]] for p in parts for n in (6, 5, 4, 3) if p[:n] in _MONTH_OF][:1]
    numbers = [part for part in parts if part.isdigit()]
    if not months or len(numbers) != 2:
        return None
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    return _day(year, str(months[0]), day, latest)


def _serial(text: str, _latest: int) -> date | None:
    found = _SERIAL.fullmatch(text)
    if not found or int(found[1]) not in _SERIALS:
        return None
    return _EXCEL_START + timedelta(days=int(found[1]))


_READ = {
    DateStyle.DAY_FIRST: _day_first,
    DateStyle.MONTH_FIRST: _month_first,
    DateStyle.COMPACT: _compact,
    DateStyle.SHORT: _short,
    DateStyle.MONTH_NAMES: _named,
    DateStyle.EXCEL_SERIAL: _serial,
}


def _day(year: str, month: str, day: str, latest: int) -> date | None:
    full = int(year)
    if len(year) == 2:
        full += latest - latest % 100
        full -= 100 * (full > latest)
    try:
        return date(full, int(month), int(day)) if EARLIEST <= full <= LATEST else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class StyleGuess:
    """The likeliest style of a column and how sure that is."""

    style: DateStyle
    #: Share of the values that are dates in this style.
    share: float
    #: Another style reads as many: nothing in the column tells day from month.
    ambiguous: bool = False


def guess_style(values: Iterable[str], *, latest: int) -> StyleGuess | None:
    """Return the style that reads most values, or None when these are no dates."""
    filled = [value for value in values if value]
    if not filled:
        return None
    reads = {style: _readable(filled, style, latest) for style in DateStyle}
    best = max(DateStyle, key=reads.__getitem__)
    if 2 * reads[best] < len(filled):
        return None
    pair = {DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST}
    equal = best in pair and len({reads[style] for style in pair}) == 1
    iso_only = reads[best] == reads[DateStyle.ISO]
    return StyleGuess(best, reads[best] / len(filled), ambiguous=equal and not iso_only)


def _readable(values: Collection[str], style: DateStyle, latest: int) -> int:
    return sum(read_date(value, style, latest=latest) is not None for value in values)


def settle_styles(guesses: dict[int, StyleGuess]) -> dict[int, StyleGuess]:
    """Let the columns of one file help each other: one clear day-first column settles all."""
    pair = (DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST)
    clear = {g.style for g in guesses.values() if g.style in pair and not g.ambiguous}
    if len(clear) != 1:
        return guesses
    (style,) = clear
    return {
        key: StyleGuess(style, guess.share) if guess.ambiguous else guess
        for key, guess in guesses.items()
    }
