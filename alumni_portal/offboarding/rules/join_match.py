"""Who somebody that asks to join may be: reasons for a person to look at, never a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: People remember a year wrongly; one off still counts.
_SLACK_YEARS = 1


class Likeness(StrEnum):
    """Why a person may be the one who asks, strongest first."""

    SAME_NUMBER = "same_number"
    SAME_NAME = "same_name"
    SAME_YEARS = "same_years"
    SAME_UNIT = "same_unit"


@dataclass(frozen=True)
class Asked:
    """What somebody who wants to join has told, normalised."""

    name: str
    number: str
    from_year: int | None
    until_year: int | None
    unit: str


@dataclass(frozen=True)
class Known:
    """What we know of one person, normalised."""

    name: str
    numbers: frozenset[str]
    periods: Sequence[tuple[date, date | None]]
    units: Sequence[str]


def likenesses(asked: Asked, known: Known) -> list[Likeness]:
    """Return why a known person may be the one who asks, strongest reason first."""
    found = {
        Likeness.SAME_NUMBER: bool(asked.number) and asked.number in known.numbers,
        Likeness.SAME_NAME: asked.name == known.name,
        Likeness.SAME_YEARS: any(_fits(asked, begins, ends) for begins, ends in known.periods),
        Likeness.SAME_UNIT: bool(asked.unit) and any(asked.unit in unit for unit in known.units),
    }
    return [one for one, holds in found.items() if holds]


def _fits(asked: Asked, begins: date, ends: date | None) -> bool:
    if asked.from_year is None and asked.until_year is None:
        return False
    first_fits = asked.from_year is None or abs(asked.from_year - begins.year) <= _SLACK_YEARS
    if asked.until_year is None:
        return first_fits
    return first_fits and ends is not None and abs(asked.until_year - ends.year) <= _SLACK_YEARS
