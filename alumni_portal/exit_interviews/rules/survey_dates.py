"""Dates of any precision: a day, a month, a quarter or just a year; what is kept is a quarter."""

import re
from typing import NamedTuple

from alumni_portal.core.text import normalise

FIRST_YEAR, LAST_YEAR = 1940, 2100
_BANDS = ((1, "<1"), (3, "1-3"), (7, "3-7"))
BANDS = ("<1", "1-3", "3-7", "7+")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OTHERS = {"may": 5, "mai": 5, "oct": 10, "dez": 12, "des": 12, "mrz": 3}
_MONTH_OF = {name: number for number, name in enumerate(_MONTHS, 1)} | _OTHERS
_YEAR = r"((?:19|20|21)\d\d)"
_CLOCK = r"(?:[t ]\d{1,2}[:.]\d\d.*)?"
_ISO = re.compile(rf"{_YEAR}[-/.](\d\d?)(?:[-/.](\d\d?))?{_CLOCK}")
_COMPACT = re.compile(rf"{_YEAR}(\d\d)(\d\d)?")
_MONTH_YEAR = re.compile(rf"(\d\d?)[-/. ]{_YEAR}")
_DAY_MONTH_YEAR = re.compile(rf"(\d\d?)[-/. ](\d\d?)[-/. ]{_YEAR}{_CLOCK}")
_QUARTER = re.compile(rf"{_YEAR}\s*[-/ ]?\s*(?:q|kv|k|kvartal)\.?\s*([1-4])")
_QUARTER_FIRST = re.compile(rf"(?:q|kv|k|kvartal)\.?\s*([1-4])[-/ ]*\s*{_YEAR}")
_NAMED = re.compile(rf"(?:(\d\d?)\.?[ -]*)?([a-z]{{3,12}})\.?,?[ -]*(?:(\d\d?),?[ ]+)?{_YEAR}")
_JUST_YEAR = re.compile(rf"{_YEAR}(?:\.0)?")


class Moment(NamedTuple):
    """A year, and the month when it is known."""

    year: int
    month: int | None = None

    @property
    def middle(self) -> float:
        """Return the middle of what is known, in years: a year alone stands for its July."""
        return self.year + ((self.month - 0.5) / 12 if self.month else 0.5)


#: Forms in figures: the pattern, and which groups hold year and month.
_FIGURES = (
    (_JUST_YEAR, 1, 0),
    (_ISO, 1, 2),
    (_COMPACT, 1, 2),
    (_MONTH_YEAR, 2, 1),
    (_DAY_MONTH_YEAR, 3, 2),
)


def moment(text: str, *, month_first: bool = False) -> Moment | None:
    """Return what a text says of a date, or nothing when it is none."""
    text = normalise(text).strip()
    for form, year, month in _FIGURES:
        if found := form.fullmatch(text):
            place = 1 if form is _DAY_MONTH_YEAR and month_first else month
            return _made(found[year], found[place] if place else None)
    if found := _QUARTER.fullmatch(text):
        return _of_quarter(found[1], found[2])
    if found := _QUARTER_FIRST.fullmatch(text):
        return _of_quarter(found[2], found[1])
    found = _NAMED.fullmatch(text)
    number = _MONTH_OF.get(found[2][:3]) if found else None
    return _made(found[4], str(number)) if found and number else None


def parts(year: str, month: str) -> Moment | None:
    """Return a date whose year and month stand in columns of their own; the month may be empty."""
    if not year.strip().isdigit():
        return None
    number = _MONTH_OF.get(normalise(month)[:3])
    return _made(year.strip(), str(number) if number else month.strip() or None)


def _of_quarter(year: str, number: str) -> Moment | None:
    return _made(year, str(int(number) * 3 - 2))


def _made(year: str, month: str | None = None) -> Moment | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    if month is None:
        return Moment(int(year))
    return Moment(int(year), int(month)) if month.isdigit() and 1 <= int(month) <= 12 else None


def band_between(begin: Moment, end: Moment) -> str | None:
    """Return the band of the time between two dates, or nothing when they stand the wrong way.

    What is not known is taken from the middle: from one year alone to another, 2010 to 2013 is
    three years.
    """
    years = end.middle - begin.middle
    return band(years) if years > -1 else None


def band(years: float) -> str:
    """Return the band of so many years in an employment."""
    return next((name for most, name in _BANDS if years < most), "7+")


def band_of(text: str) -> str | None:
    """Return the band that a text names or a number of years lies in."""
    if text in BANDS:
        return text
    try:
        years = float(text.replace(",", "."))
    except ValueError:
        return None
    return band(years) if 0 <= years <= 80 else None
