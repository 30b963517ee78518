"""Rate by its cells alone whether a column is a field: from 0, it cannot be, to 1."""

import re
from collections import Counter
from collections.abc import Callable

from alumni_portal.core.text import normalise, words
from alumni_portal.offboarding.rules import lexicon
from alumni_portal.offboarding.rules.chronology import date_roles
from alumni_portal.offboarding.rules.codes import guess_code
from alumni_portal.offboarding.rules.columns import Field, Kind, Shape, keys_with
from alumni_portal.offboarding.rules.dates import DateStyle, StyleGuess, guess_style, settle_styles
from alumni_portal.offboarding.rules.heading_words import likeness
from alumni_portal.offboarding.rules.profile import (
    LOOKED_AT,
    Column,
    Profile,
    is_address,
    is_name,
    is_number,
    is_phone,
)

#: What an empty column is worth: only its heading speaks.
SILENT = 0.5
_FEW = 60
_DATE_KEYS = tuple({key for kind in Kind for key in keys_with(kind, Shape.DATE)})
_LETTERS = re.compile(r"[^a-z]")


class Evidence:
    """What the cells of one table say about its columns."""

    def __init__(self, profile: Profile, kind: Kind, *, latest: int) -> None:
        self._profile = profile
        self.styles = _styles(profile, latest)
        self._roles = date_roles(profile, self.styles, kind, latest=latest)
        addresses = [c for c in profile.columns if c.filled and c.share(is_address) > 0.6]
        self._addresses = {column.place for column in addresses}
        self._locals = [_local_names(row, addresses) for row in profile.sample]
        self._rate: dict[Shape, Callable[[Field, Column], float]] = {
            Shape.NUMBER: self._number,
            Shape.GIVEN_NAME: self._name,
            Shape.FAMILY_NAME: self._name,
            Shape.FULL_NAME: self._full_name,
            Shape.ADDRESS: self._address,
            Shape.PHONE: self._phone,
            Shape.DATE: self._date,
            Shape.CODE: self._code,
            Shape.WORD: self._word,
        }

    def rate(self, field: Field, column: Column) -> float:
        """Return how well the cells of a column fit a field; no field is a yes or no."""
        if not column.filled:
            return SILENT
        if column.share(_is_yes_or_no) > 0.6:
            return 0.0
        return self._rate[field.shape](field, column)

    def _number(self, field: Field, column: Column) -> float:
        share = column.share(is_number)
        if share < 0.5 or column.share(is_phone) > 0.6:
            return 0.0
        if column.place in self.styles:
            return 0.1
        if field.key in {"employee_number", "unit_code"}:
            return share * (0.85 if column.variety > 0.85 else 0.4)
        alike = column.variety <= 0.85 and self._numbered_like_people(column)
        return share * (0.85 if alike else 0.3)

    def _numbered_like_people(self, column: Column) -> bool:
        """Tell whether the numbers are as long, and of the same signs, as everybody's own."""
        forms = {
            _form(value)
            for other in self._profile.columns
            if other.variety > 0.85 and other.share(is_number) > 0.8
            for value in list(other.values)[:LOOKED_AT]
        }
        return column.share(lambda value: _form(value) in forms) > 0.8

    def _name(self, field: Field, column: Column) -> float:
        if column.share(is_name) < 0.7 or column.place in self._addresses:
            return 0.0
        if column.share(lambda value: " " in value and _holds_given_name(value)) > 0.6:
            return 0.3
        end = 0 if field.shape is Shape.GIVEN_NAME else -1
        if self._in_mail(column, end) > 0.5:
            return 0.95
        if self._in_mail(column, -1 - end) > 0.5:
            return 0.1
        given = column.share(_starts_with_given_name) > 0.5
        return (0.9 if given else 0.4) if end == 0 else (0.2 if given else 0.45)

    def _in_mail(self, column: Column, end: int) -> float:
        """Return the share of rows where the cell is the first or last name in an address."""
        told = [
            (_squashed(row[column.place]), local[end])
            for row, local in zip(self._profile.sample, self._locals, strict=True)
            if local and column.place < len(row)
        ]
        return sum(1 for cell, name in told if cell and cell == name) / len(told) if told else 0.0

    def _full_name(self, _field: Field, column: Column) -> float:
        share = column.share(lambda value: is_name(value) and len(value.split()) >= 2)
        if share < 0.7 or column.variety < 0.3:
            return 0.0
        commas = column.share(lambda value: "," in value)
        given = column.share(_holds_given_name)
        return 0.9 if commas > 0.6 or given > 0.4 else 0.45

    def _address(self, field: Field, column: Column) -> float:
        if column.place not in self._addresses:
            return 0.0
        domains = Counter(value.rpartition("@")[2].lower() for value in column.values)
        usual = domains.most_common(1)[0][1] / sum(domains.values())
        free = sum(domains[name] for name in lexicon.PRIVATE_MAIL & domains.keys())
        if free > 0.2 * sum(domains.values()) or usual < 0.5:
            return 0.9 if field.key == "private_address" else 0.3
        return 0.8 if field.key == "work_address" else 0.7

    def _phone(self, _field: Field, column: Column) -> float:
        return 0.95 if column.share(is_phone) > 0.6 else 0.0

    def _date(self, field: Field, column: Column) -> float:
        guess = self.styles.get(column.place)
        if guess is None:
            return 0.0
        role = self._roles.get(column.place)
        if role is None:
            return 0.5
        return 0.95 if role == field.key else 0.25

    def _code(self, field: Field, column: Column) -> float:
        crowded = column.filled > 20 and column.variety > 0.5
        if len(column.values) > _FEW or crowded or column.place in self.styles:
            return 0.0
        known = sum(t for value, t in column.values.items() if guess_code(field.key, value))
        share = known / column.filled
        opaque = column.share(lambda value: len(value) <= 6)
        return max(0.95 * share, 0.3 if opaque > 0.5 or share > 0 else 0.1)

    def _word(self, field: Field, column: Column) -> float:
        if column.place in self._addresses or column.share(is_phone) > 0.6:
            return 0.0
        if column.place in self.styles and column.variety > 0.3:
            return 0.1
        known = _WORD_TESTS.get(field.key)
        share = column.share(known) if known else 0.0
        # Departments repeat themselves; a free text does not.
        plain = 0.35 if column.variety < 0.6 else 0.25
        return max(plain, 0.9 * share if share > 0.3 else 0.0)


def _styles(profile: Profile, latest: int) -> dict[int, StyleGuess]:
    """Return the styles of the date columns by their place."""
    found: dict[int, StyleGuess] = {}
    doubtful: dict[int, StyleGuess] = {}
    for column in profile.columns:
        guess = guess_style(list(column.values)[: 2 * LOOKED_AT], latest=latest)
        if guess and guess.share >= 0.6:
            (found if _is_plausible(guess, column) else doubtful)[column.place] = guess
    if any(guess.style is DateStyle.EXCEL_SERIAL for guess in found.values()):
        found |= {p: g for p, g in doubtful.items() if _spans_years(profile.columns[p])}
    return settle_styles(found)


def _is_plausible(guess: StyleGuess, column: Column) -> bool:
    """Numbers of five or six digits are days only under a heading that says so."""
    if guess.style not in {DateStyle.EXCEL_SERIAL, DateStyle.SHORT}:
        return True
    dotted = column.share(lambda value: not value.isdigit()) > 0.5
    return dotted or max(likeness(key, column.heading) for key in _DATE_KEYS) >= 0.5


def _spans_years(column: Column) -> bool:
    """Beside days written as numbers, other numbers are days when they lie years apart."""
    days = [int(value) for value in column.values if value.isdigit()]
    own = likeness("employee_number", column.heading)
    return own < 0.5 and bool(days) and max(days) - min(days) > 3 * 365


def _form(value: str) -> str:
    return re.sub(r"[A-Za-z]", "A", re.sub(r"\d", "9", value))


def _local_names(row: list[str], addresses: list[Column]) -> tuple[str, str] | None:
    for column in addresses:
        cell = row[column.place] if column.place < len(row) else ""
        parts = [_squashed(part) for part in cell.partition("@")[0].split(".")]
        parts = [part for part in parts if part]
        if len(parts) >= 2:
            return parts[0], parts[-1]
    return None


def _squashed(text: str) -> str:
    return _LETTERS.sub("", normalise(text))


def _starts_with_given_name(value: str) -> bool:
    found = words(value)
    return bool(found) and found[0] in lexicon.GIVEN_NAMES


def _holds_given_name(value: str) -> bool:
    return any(word in lexicon.GIVEN_NAMES for word in words(value))


def _ends_like_a_title(value: str) -> bool:
    return any(word.endswith(lexicon.TITLES) for word in words(value))


def _is_place(value: str) -> bool:
    return any(word in lexicon.PLACES for word in words(value))


def _is_agreement(value: str) -> bool:
    found = words(value)
    return any(len(w) > 3 and part in w for w in found for part in lexicon.AGREEMENTS) or any(
        word in lexicon.AGREEMENTS for word in found
    )


def _is_yes_or_no(value: str) -> bool:
    return normalise(value) in {"ja", "nej", "yes", "no", "j", "n", "y", "x", "true", "false"}


def _is_department(value: str) -> bool:
    return any(word.startswith(lexicon.DEPARTMENTS) for word in words(value))


_WORD_TESTS: dict[str, Callable[[str], bool]] = {
    "title": _ends_like_a_title,
    "workplace": _is_place,
    "agreement_area": _is_agreement,
    "unit": _is_department,
    "name": _is_department,
}
