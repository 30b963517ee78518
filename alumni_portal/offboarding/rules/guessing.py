"""Guess how a file is to be understood: which column is which field, dates and codes."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace
from enum import StrEnum

from alumni_portal.core.text import words
from alumni_portal.offboarding.rules import lexicon
from alumni_portal.offboarding.rules.codes import MEANINGS, guess_codes
from alumni_portal.offboarding.rules.columns import FIELDS, Field, Kind, Shape, fields_of, keys_with
from alumni_portal.offboarding.rules.dates import StyleGuess, guess_style
from alumni_portal.offboarding.rules.evidence import Evidence
from alumni_portal.offboarding.rules.heading_words import SURE, likeness
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.names import NameOrder
from alumni_portal.offboarding.rules.profile import Column, Profile

#: What a guess must reach to be shown: a wrong one costs the reader as much as none.
_ENOUGH = 0.42
_WEAK = 0.1
_WORD_OF_HEADING = 0.65


class Because(StrEnum):
    """Why a column was guessed, told to the person."""

    HEADING = "heading"
    LIKE_HEADING = "like_heading"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One field, the heading it is probably read from, and how sure that is (0–1)."""

    field: str
    heading: str
    confidence: float
    because: Because


@dataclass(frozen=True, slots=True)
class Guess:
    """How a file is probably to be understood; the person corrects it."""

    kind: Kind
    columns: Lookup[str, ColumnGuess]
    #: Heading → style, for every column that holds dates, so another choice needs no new guess.
    styles: Lookup[str, StyleGuess]
    #: Coded field → code → meaning, None where a person must say.
    codes: Lookup[str, Lookup[str, str | None]]
    name_order: NameOrder
    unused: tuple[str, ...]

    def mapping(self) -> Mapping:
        """Return the guess as a mapping; codes that say nothing are left out."""
        return Mapping(
            kind=self.kind,
            columns={key: guess.heading for key, guess in self.columns.items()},
            dates={
                field.key: self.styles[self.columns[field.key].heading].style
                for field in FIELDS[self.kind]
                if field.shape is Shape.DATE
                and field.key in self.columns
                and self.columns[field.key].heading in self.styles
            },
            codes={
                key: {code: meaning for code, meaning in codes.items() if meaning}
                for key, codes in self.codes.items()
            },
            name_order=self.name_order,
        )


def guess(profile: Profile, kind: Kind, *, latest: int) -> Guess:
    """Return how a table is probably to be understood.

    Each column is at most one field. `latest` is the last year that a date may have.
    """
    evidence = Evidence(profile, kind, latest=latest)
    columns = _assigned(profile, kind, evidence)
    taken = {one.heading for one in columns.values()}
    styles = {profile.columns[place].heading: style for place, style in evidence.styles.items()}
    codes = {
        key: guess_codes(key, profile_values(profile, one.heading))
        for key, one in columns.items()
        if key in MEANINGS
    }
    unused = tuple(c.heading for c in profile.columns if c.heading not in taken)
    return Guess(kind, columns, styles, codes, _name_order(profile, columns), unused)


def completed(mapping: Mapping, profile: Profile, *, latest: int) -> Mapping:
    """Return a mapping with styles and codes guessed for the columns that have none yet.

    For the moment when the person has chosen other columns than were guessed.
    """
    dates, codes = dict(mapping.dates), dict(mapping.codes)
    for key, heading in mapping.columns.items():
        values = profile_values(profile, heading)
        if key in MEANINGS and not codes.get(key):
            found = guess_codes(key, values)
            codes[key] = {code: meaning for code, meaning in found.items() if meaning}
        if key in keys_with(mapping.kind, Shape.DATE) and key not in dates:
            style = guess_style(values, latest=latest)
            dates |= {key: style.style} if style else {}
    return replace(mapping, dates=dates, codes=codes)


def profile_values(profile: Profile, heading: str) -> list[str]:
    """Return the different values under a heading, the most common first."""
    column = profile.column(heading)
    return sorted(column.values, key=lambda v: -column.values[v]) if column else []


def _assigned(profile: Profile, kind: Kind, evidence: Evidence) -> dict[str, ColumnGuess]:
    """Give each field its best column, the surest pairs first."""
    pairs = [
        (_score(field, column, evidence), field, column)
        for field in FIELDS[kind]
        for column in profile.columns
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[2].place))
    found: dict[str, ColumnGuess] = {}
    taken: set[int] = set()
    # What every row needs must be chosen anyhow: there a weak guess costs nothing.
    weak = [pair for pair in pairs if pair[1].required and _WEAK <= pair[0] < _ENOUGH]
    for score, field, column in [pair for pair in pairs if pair[0] >= _ENOUGH] + weak:
        if field.key in found or column.place in taken or _is_spare(field, found):
            continue
        found[field.key] = ColumnGuess(
            field.key, column.heading, round(min(score, 1.0), 2), _because(field, column)
        )
        taken.add(column.place)
    order = list(fields_of(kind))
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def _score(field: Field, column: Column, evidence: Evidence) -> float:
    cells = evidence.rate(field, column)
    if cells == 0:
        return 0.0
    said = likeness(field.key, column.heading)
    return _WORD_OF_HEADING * said + (1 - _WORD_OF_HEADING) * cells + _alone(said, cells)


def _alone(said: float, cells: float) -> float:
    """Strong cells may speak for themselves when the heading says nothing at all."""
    return 0.15 if said < 0.4 and cells >= 0.8 else 0.0


def _is_spare(field: Field, found: Lookup[str, ColumnGuess]) -> bool:
    """Tell whether a full name is given beside first or last name, or the other way round."""
    if field.key == "full_name":
        return "first_name" in found or "last_name" in found
    return field.instead is not None and field.instead in found


def _because(field: Field, column: Column) -> Because:
    said = likeness(field.key, column.heading)
    if said >= SURE:
        return Because.HEADING
    return Because.LIKE_HEADING if said >= 0.5 else Because.CELLS


def _name_order(profile: Profile, columns: Lookup[str, ColumnGuess]) -> NameOrder:
    """Return which name comes first in the column of full names."""
    guessed = columns.get("full_name")
    column = profile.column(guessed.heading) if guessed else None
    if column is None or column.share(lambda value: "," in value) > 0.5:
        return NameOrder.LAST_FIRST
    names = [words(value) for value in list(column.values)[:200]]
    first = sum(1 for name in names if name and name[0] in lexicon.GIVEN_NAMES)
    last = sum(1 for name in names if name and name[-1] in lexicon.GIVEN_NAMES)
    return NameOrder.LAST_FIRST if last > first else NameOrder.FIRST_LAST
