"""What a file of earlier interviews says, read by a mapping with one row in memory at a time."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.exit_interviews.models import Precision
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    SurveyMapping,
    missing_columns,
)
from alumni_portal.exit_interviews.rules.survey_rows import Rejected, RowReader, SurveyRow
from alumni_portal.people.models import Unit

_SHOWN = 5
#: So many rejected rows are kept with a file; all of them are counted and can be fetched.
MOST_KEPT = 1_000


@dataclass(frozen=True)
class Survey:
    """A file as it may be read: columns about who people are do not exist in it."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    dropped: tuple[str, ...] = ()


@dataclass
class Checked:
    """What a file says; nothing is stored yet, and no more than a few rows are kept."""

    accepted: int = 0
    rejected_rows: int = 0
    #: Row, column and reason of the first that are rejected; never a cell.
    rejected: list[dict[str, object]] = field(default_factory=list)
    dropped: tuple[str, ...] = ()
    unknown_units: int = 0
    first: list[SurveyRow] = field(default_factory=list)
    dates: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def by_precision(self) -> dict[str, int]:
        """Return how many exits are known to the quarter, the year, or not at all."""
        return {name: self.dates[name] for name in ("quarter", "year", "unknown")}

    @property
    def in_no_release(self) -> int:
        """Return how many rows count in no release: releases are of quarters (A3)."""
        return self.dates["year"] + self.dates["unknown"]

    @property
    def by_question(self) -> dict[str, int]:
        """Return how many rows answer each question, in the order of the alphabet."""
        return dict(sorted(self.answers.items()))

    @property
    def summary(self) -> dict[str, object]:
        """Return what the command prints as JSON."""
        return {
            "rows": self.accepted + self.rejected_rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "rejected_rows": self.rejected_rows,
            "dates": self.by_precision,
            "in_no_release": self.in_no_release,
            "answers": self.by_question,
            "never_read": list(self.dropped),
            "unknown_units": self.unknown_units,
        }

    def count(self, row: SurveyRow, *, knows_unit: bool) -> None:
        """Take an accepted row into the figures."""
        self.accepted += 1
        self.dates[precision_of(row).value] += 1
        self.answers.update(row.answers.keys())
        self.unknown_units += not knows_unit
        if len(self.first) < _SHOWN:
            self.first.append(row)

    def refuse(self, number: int, why: Rejected) -> None:
        """Take a rejected row into the figures."""
        self.rejected_rows += 1
        if len(self.rejected) < MOST_KEPT:
            said = {"row": number, "column": why.column, "reason": why.problem.value}
            self.rejected.append(said)

    def plain(self) -> dict[str, Any]:
        """Return the figures as JSON holds them; `of_plain` reads them."""
        return vars(self) | {"first": [asdict(one) for one in self.first]}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> "Checked":
        """Return the figures that `plain` gave."""
        first = [SurveyRow(**one) for one in plain["first"]]
        counts = {name: Counter(plain[name]) for name in ("dates", "answers")}
        return cls(**plain | counts | {"first": first, "dropped": tuple(plain["dropped"])})


def reader_of(survey: Survey, mapping: SurveyMapping) -> RowReader:
    """Return what reads the rows. Raises BadMapping for a column that the file has not."""
    flaws = missing_columns(mapping, survey.headings)
    if flaws:
        raise BadMapping(flaws)
    return RowReader(mapping, survey.headings)


def read_rows(
    survey: Survey,
    mapping: SurveyMapping,
    found: Checked,
    *,
    watch: Callable[[], None] = lambda: None,
) -> Iterator[SurveyRow]:
    """Yield the rows that can be read and note in `found` what the file says. Raises BadMapping."""
    reader, units = reader_of(survey, mapping), units_by_name()
    found.dropped = survey.dropped
    for number, cells in survey.rows:
        watch()
        try:
            row = reader.read(cells)
        except Rejected as why:
            found.refuse(number, why)
            continue
        found.count(row, knows_unit=not row.unit or unit_key(row.unit) in units)
        yield row


def check(
    survey: Survey, mapping: SurveyMapping, *, watch: Callable[[], None] = lambda: None
) -> Checked:
    """Read every row of a file and store nothing. Raises BadMapping."""
    found = Checked()
    for _row in read_rows(survey, mapping, found, watch=watch):
        pass
    return found


def precision_of(row: SurveyRow) -> Precision:
    """Return how well the day of an exit is known."""
    if row.year is None:
        return Precision.UNKNOWN
    return Precision.QUARTER if row.month else Precision.YEAR


def units_by_name() -> dict[str, int]:
    """Return the units by their own code and by their name, when only one has it."""
    found: dict[str, int] = {}
    rows = db.session.execute(select(Unit.id, Unit.name, Unit.code)).all()
    names = Counter(unit_key(row.name) for row in rows)
    found |= {unit_key(row.name): row.id for row in rows if names[unit_key(row.name)] == 1}
    found |= {unit_key(row.code): row.id for row in rows if row.code}
    return found


def unit_key(name: str) -> str:
    """Return a name of a unit as it is looked up."""
    return normalise(name)
