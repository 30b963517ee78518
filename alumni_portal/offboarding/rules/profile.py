"""Look over all rows of a table once: what each column holds, as a basis for guesses."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from alumni_portal.offboarding.rules.cleaning import Row

#: How many different values of a column are kept; a column of codes has far fewer.
MOST_VALUES = 2_000
#: How many rows are kept whole, to compare columns with each other.
MOST_ROWS = 300
#: How many values a look at a column takes.
LOOKED_AT = 200


@dataclass(slots=True)
class Column:
    """What one column holds."""

    heading: str
    place: int
    filled: int = 0
    #: Value → how many rows have it; at most `MOST_VALUES` of them.
    values: dict[str, int] = field(default_factory=dict)

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of the (first) different values that pass a test."""
        looked = list(self.values)[:LOOKED_AT]
        return sum(1 for value in looked if test(value)) / len(looked) if looked else 0.0

    @property
    def variety(self) -> float:
        """Return how many of the filled cells differ: 1 when each is its own."""
        if len(self.values) >= MOST_VALUES:
            return 1.0
        return len(self.values) / self.filled if self.filled else 0.0


@dataclass(slots=True)
class Profile:
    """What all columns of a table hold; `add` takes the rows in."""

    columns: list[Column]
    rows: int = 0
    sample: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, headings: Sequence[str], rows: Iterable[Row]) -> "Profile":
        """Return the profile of a table; reads the rows to their end."""
        profile = cls([Column(heading, place) for place, heading in enumerate(headings)])
        for _, cells in rows:
            profile.add(cells)
        return profile

    def add(self, cells: Sequence[str]) -> None:
        """Take one row in."""
        self.rows += 1
        if len(self.sample) < MOST_ROWS:
            self.sample.append(list(cells))
        for column, cell in zip(self.columns, cells, strict=False):
            if not cell:
                continue
            column.filled += 1
            if cell in column.values:
                column.values[cell] += 1
            elif len(column.values) < MOST_VALUES:
                column.values[cell] = 1

    def column(self, heading: str) -> Column | None:
        """Return the column under a heading."""
        return next((one for one in self.columns if one.heading == heading), None)


_ADDRESS = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"(\+|00|0)[\d ()/.-]{6,}\d")
_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d{1,12}[A-Za-z]?")
_NAME = re.compile(r"[^\W\d_][^\d_@;:|<>=]*")


def is_address(value: str) -> bool:
    """Tell whether a value looks like an e-mail address."""
    return bool(_ADDRESS.fullmatch(value))


def is_phone(value: str) -> bool:
    """Tell whether a value looks like a phone number as people write it."""
    return bool(_PHONE.fullmatch(value)) and sum(map(str.isdigit, value)) >= 7


def is_number(value: str) -> bool:
    """Tell whether a value looks like an employee number or another short code."""
    return bool(_NUMBER.fullmatch(value))


def is_name(value: str) -> bool:
    """Tell whether a value could be a name: letters, no digits, not long."""
    return len(value) <= 60 and bool(_NAME.fullmatch(value))
