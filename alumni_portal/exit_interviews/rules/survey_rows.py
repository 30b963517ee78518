"""One row of an earlier survey → what is kept of it, or why it is rejected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor

from alumni_portal.exit_interviews.rules.survey_columns import QUESTIONS, Part
from alumni_portal.exit_interviews.rules.survey_dates import (
    Moment,
    band_between,
    band_of,
    moment,
    parts,
)
from alumni_portal.exit_interviews.rules.survey_mapping import (
    NO,
    YES,
    Scale,
    SurveyMapping,
)

_YES = frozenset({"yes", "ja", "true", "sant", "x", "1", "y", "j"})
_NO = frozenset({"no", "nej", "false", "falskt", "0", "n"})
_LONGEST = 4000


class Problem(StrEnum):
    """Why a row is rejected."""

    TOO_MANY_CELLS = "too_many_cells"
    NO_DATE = "no_date"
    NO_CODE = "no_code"
    OFF_THE_SCALE = "off_the_scale"
    NO_RANK = "no_rank"


class Rejected(Exception):
    """A row cannot be read: which column, and why. It never quotes the cell."""

    def __init__(self, column: str, problem: Problem) -> None:
        super().__init__(f"{column}: {problem}")
        self.column = column
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class SurveyRow:
    """What is kept of one earlier interview: no person, no day."""

    year: int | None = None
    #: First month of the quarter; nothing when only the year is known.
    month: int | None = None
    exit_type: str | None = None
    tenure_band: str | None = None
    unit: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one file by one mapping."""

    def __init__(self, mapping: SurveyMapping, headings: Sequence[str]) -> None:
        self._mapping = mapping
        self._width = len(headings)
        self._columns = [
            (headings.index(heading), heading, found) for heading, found in mapping.columns.items()
        ]

    def read(self, cells: Sequence[str]) -> SurveyRow:
        """Return what a row says. Raises Rejected for the first thing that has no meaning."""
        if len(cells) > self._width:
            raise Rejected("", Problem.TOO_MANY_CELLS)
        found = _Row(self._mapping)
        for place, heading, what in self._columns:
            value = cells[place].strip()
            unanswered = self._mapping.codes_of(heading).get(value.casefold()) == ""
            if not unanswered and not self._mapping.is_missing(value):
                found.add(heading, what.part, what.detail, value)
        return found.made()


@dataclass
class _Row:
    """A row while its cells are read."""

    mapping: SurveyMapping
    texts: dict[Part, tuple[str, str]] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    #: Reasons with what orders them; columns count in the order of the mapping.
    reasons: list[tuple[float, int, str]] = field(default_factory=list)

    def add(self, heading: str, part: Part, detail: str, value: str) -> None:
        if part is Part.QUESTION:
            self.marks.setdefault(detail, []).append(self._answer(heading, detail, value))
        elif part is Part.TEXT:
            self.said[f"{detail}_open"] = value[:_LONGEST]
        elif part in _REASONS:
            _REASONS[part](self, heading, detail, value)
        else:
            self.texts[part] = heading, value

    def _answer(self, heading: str, question: str, value: str) -> int:
        codes, scale = self.mapping.codes_of(heading), self.mapping.scale_of(heading)
        if value.casefold() in codes:
            return int(codes[value.casefold()])
        low, high = QUESTIONS[question]
        try:
            number = Fraction(value.replace(",", "."))
        except (ValueError, ZeroDivisionError):
            raise Rejected(heading, Problem.NO_CODE) from None
        if codes and scale is None:
            raise Rejected(heading, Problem.NO_CODE)
        return onto(number, scale or Scale(low, high), low, high, heading)

    def yes_or_no(self, heading: str, detail: str, value: str) -> None:
        codes = self.mapping.codes_of(heading)
        said = codes.get(value.casefold()) if codes else _yes_or_no(value)
        if said is None:
            raise Rejected(heading, Problem.NO_CODE)
        if said == YES:
            self._name(0, detail)

    def rank(self, heading: str, detail: str, value: str) -> None:
        if not value.isdigit() or not 0 <= int(value) <= 99:
            raise Rejected(heading, Problem.NO_RANK)
        if int(value):
            self._name(int(value), detail)

    def several(self, heading: str, detail: str, value: str) -> None:
        codes, separator = self.mapping.codes_of(heading), self.mapping.separator
        whole = codes.get(value.casefold())
        pieces = [value] if whole is not None or not separator else value.split(separator)
        for piece in filter(None, (one.strip() for one in pieces)):
            if self.mapping.is_missing(piece):
                continue
            code = codes.get(piece.casefold())
            if code is None:
                raise Rejected(heading, Problem.NO_CODE)
            if code:
                self._name(int(detail or 0), code)

    def _name(self, order: float, code: str) -> None:
        self.reasons.append((order, len(self.reasons), code))

    def made(self) -> SurveyRow:
        """Return the row; raises Rejected for dates and types without a meaning."""
        ended = self._moment(Part.EXIT_DATE) or self._parts()
        begun = self._moment(Part.BEGIN_DATE)
        answers: dict[str, object] = {code: _mean(marks) for code, marks in self.marks.items()}
        if self.reasons:
            answers["reasons"] = list(dict.fromkeys(code for *_order, code in sorted(self.reasons)))
        return SurveyRow(
            year=ended.year if ended else None,
            month=(ended.month - 1) // 3 * 3 + 1 if ended and ended.month else None,
            exit_type=self._coded(Part.EXIT_TYPE),
            tenure_band=self._tenure() or (band_between(begun, ended) if begun and ended else None),
            unit=self.texts.get(Part.UNIT, ("", ""))[1],
            answers=answers | self.said,
        )

    def _moment(self, part: Part) -> Moment | None:
        if part not in self.texts:
            return None
        heading, value = self.texts[part]
        found = moment(value, month_first=self.mapping.month_first)
        if found is None:
            raise Rejected(heading, Problem.NO_DATE)
        return found

    def _parts(self) -> Moment | None:
        if Part.EXIT_YEAR not in self.texts:
            return None
        heading, year = self.texts[Part.EXIT_YEAR]
        found = parts(year, self.texts.get(Part.EXIT_MONTH, ("", ""))[1])
        if found is None:
            raise Rejected(heading, Problem.NO_DATE)
        return found

    def _tenure(self) -> str | None:
        if Part.TENURE not in self.texts:
            return None
        heading, value = self.texts[Part.TENURE]
        found = self.mapping.codes_of(heading).get(value.casefold()) or band_of(value)
        if found is None:
            raise Rejected(heading, Problem.NO_CODE)
        return found

    def _coded(self, part: Part) -> str | None:
        if part not in self.texts:
            return None
        heading, value = self.texts[part]
        code = self.mapping.codes_of(heading).get(value.casefold())
        if code is None:
            raise Rejected(heading, Problem.NO_CODE)
        return code


_REASONS: Mapping[Part, Callable[[_Row, str, str, str], None]] = {
    Part.REASON: _Row.yes_or_no,
    Part.RANK: _Row.rank,
    Part.REASONS: _Row.several,
}


def _yes_or_no(value: str) -> str | None:
    said = value.casefold()
    return YES if said in _YES else NO if said in _NO else None


def onto(value: Fraction, scale: Scale, low: int, high: int, heading: str = "") -> int:
    """Return where a figure on one scale lies on ours, halves up. Raises Rejected off the scale.

    A scale may run the other way: its `low` is the worst answer, whatever figure that has.
    """
    begin, end = Fraction(scale.low), Fraction(scale.high)
    place = (value - begin) / (end - begin)
    if not 0 <= place <= 1:
        raise Rejected(heading, Problem.OFF_THE_SCALE)
    return floor(low + place * (high - low) + Fraction(1, 2))


def _mean(marks: Sequence[int]) -> int:
    return floor(Fraction(sum(marks), len(marks)) + Fraction(1, 2))
