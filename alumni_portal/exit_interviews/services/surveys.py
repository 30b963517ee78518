"""Reading earlier interviews from a file: cut, mapped, checked, stored without a person."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import insert, select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db, new_public_ids
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.text import normalise
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    Precision,
    Reach,
    SurveyImport,
    SurveyState,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.rules.survey_columns import kept
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    SurveyMapping,
    missing_columns,
    to_toml,
)
from alumni_portal.exit_interviews.rules.survey_rows import Rejected, RowReader, SurveyRow
from alumni_portal.offboarding.services.importing import Limits, open_table
from alumni_portal.people.models import Unit

LIMITS = Limits(size=64 << 20, rows=200_000, columns=400)
_CHUNK = 2000
_ALREADY = _l("Filen är redan inläst. Samma samtal räknas bara en gång.")


@dataclass(frozen=True)
class Survey:
    """A file as it may be read: columns about who people are do not exist in it."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    dropped: tuple[str, ...] = ()


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Survey]:
    """Give the table in a file, without what is never read. Raises Unreadable for what is none."""
    with open_table(source, limits=LIMITS) as table:
        places = kept(table.headings)
        left_out = [one for place, one in enumerate(table.headings) if place not in set(places)]
        width = len(table.headings)

        def cut(cells: list[str]) -> list[str]:
            # A row that is too long stays so: reading it says what is wrong.
            return [cells[place] for place in places] + cells[width:]

        yield Survey(
            tuple(table.headings[place] for place in places),
            ((number, cut(cells)) for number, cells in table.rows),
            (*table.dropped, *left_out),
        )


@dataclass
class Checked:
    """What a file says when it is read by a mapping; nothing is stored yet."""

    rows: list[SurveyRow] = field(default_factory=list)
    #: Row, column and reason; never a cell.
    rejected: list[dict[str, object]] = field(default_factory=list)
    dropped: tuple[str, ...] = ()
    unknown_units: int = 0

    @property
    def by_precision(self) -> dict[str, int]:
        """Return how many exits are known to the quarter, the year, or not at all."""
        counts = Counter(_precision(one).value for one in self.rows)
        return {name: counts.get(name, 0) for name in ("quarter", "year", "unknown")}

    @property
    def in_no_release(self) -> int:
        """Return how many rows count in no release: releases are of quarters (A3)."""
        return self.by_precision["year"] + self.by_precision["unknown"]

    @property
    def by_question(self) -> dict[str, int]:
        """Return how many rows answer each question, in the order of the alphabet."""
        counts = Counter(code for one in self.rows for code in one.answers)
        return dict(sorted(counts.items()))

    @property
    def summary(self) -> dict[str, object]:
        """Return what the command prints as JSON."""
        return {
            "rows": len(self.rows) + len(self.rejected),
            "accepted": len(self.rows),
            "rejected": self.rejected,
            "dates": self.by_precision,
            "in_no_release": self.in_no_release,
            "answers": self.by_question,
            "never_read": list(self.dropped),
            "unknown_units": self.unknown_units,
        }


def check(
    survey: Survey, mapping: SurveyMapping, *, watch: Callable[[], None] = lambda: None
) -> Checked:
    """Read every row of a file. Raises BadMapping when it names a column that the file has not."""
    flaws = missing_columns(mapping, survey.headings)
    if flaws:
        raise BadMapping(flaws)
    reader = RowReader(mapping, survey.headings)
    found = Checked(dropped=survey.dropped)
    for number, cells in survey.rows:
        watch()
        try:
            found.rows.append(reader.read(cells))
        except Rejected as error:
            reason = {"row": number, "column": error.column, "reason": error.problem.value}
            found.rejected.append(reason)
    units = _units()
    found.unknown_units = sum(bool(one.unit) and _key(one.unit) not in units for one in found.rows)
    return found


def import_file(
    file: Path,
    mapping: SurveyMapping,
    *,
    by: Actor,
    dry_run: bool = False,
    watch: Callable[[], None] = lambda: None,
) -> Checked:
    """Read a file and store its interviews; a dry run stores nothing.

    Raises Unreadable, BadMapping, and Refusal when the same file has been stored before.
    """
    with opened(file) as survey:
        found = check(survey, mapping, watch=watch)
    if not dry_run:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        batch = SurveyImport(name=file.name[:200], digest=digest, actor=by.ref)
        store(found, mapping, batch, by=by)
    return found


def store(checked: Checked, mapping: SurveyMapping, batch: SurveyImport, *, by: Actor) -> None:
    """Store what was read, as interviews without a person. Raises Refusal for a known file."""
    known = select(SurveyImport.id).where(
        SurveyImport.digest == batch.digest, SurveyImport.state == SurveyState.STORED
    )
    if db.session.scalar(known) is not None:
        raise Refusal(_ALREADY)
    batch.state, batch.stored_at, batch.rows = SurveyState.STORED, clock.now(), None
    batch.mapping, batch.dropped = to_toml(mapping), list(checked.dropped)
    batch.accepted, batch.rejected = len(checked.rows), checked.rejected
    db.session.add(batch)
    db.session.flush()
    units, vault, left = _units(), Vault(), iter(checked.rows)
    while some := list(islice(left, _CHUNK)):
        _insert(some, batch.public_id, units, vault)
    audit.record(
        "exit_interviews.imported",
        by=by,
        subject=batch.public_id,
        accepted=batch.accepted,
        rejected=len(batch.rejected),
    )


def _insert(rows: Sequence[SurveyRow], batch: str, units: dict[str, int], vault: Vault) -> None:
    refs = new_public_ids(len(rows))
    named = [_interview(row, ref, batch, units) for row, ref in zip(rows, refs, strict=True)]
    db.session.execute(insert(Interview), named)
    query = select(Interview.public_id, Interview.id).where(Interview.public_id.in_(refs))
    ids = {row.public_id: row.id for row in db.session.execute(query)}
    answers = list(_answers(zip(rows, refs, strict=True), ids, vault))
    if answers:
        db.session.execute(insert(Answer), answers)


def _interview(row: SurveyRow, ref: str, batch: str, units: dict[str, int]) -> dict[str, object]:
    return {
        "public_id": ref,
        "track": Track.QUESTIONNAIRE,
        "state": InterviewState.CLOSED,
        "reach": Reach.AGGREGATE,
        "exit_year": row.year,
        "exit_month": row.month,
        "precision": _precision(row),
        "exit_type": row.exit_type,
        "tenure_band": row.tenure_band,
        "unit_id": units.get(_key(row.unit)) if row.unit else None,
        "batch": batch,
        "created_on": None,
        "sent_in": True,
    }


def _answers(
    rows: Iterable[tuple[SurveyRow, str]], ids: dict[str, int], vault: Vault
) -> Iterator[dict[str, object]]:
    for row, ref in rows:
        for question, value in row.answers.items():
            yield {
                "interview_id": ids[ref],
                "question": question,
                "value": vault.seal(value),
                "reach": Reach.AGGREGATE,
            }


def _precision(row: SurveyRow) -> Precision:
    if row.year is None:
        return Precision.UNKNOWN
    return Precision.QUARTER if row.month else Precision.YEAR


def _units() -> dict[str, int]:
    """Return the units by their own code and by their name, when only one has it."""
    found: dict[str, int] = {}
    rows = db.session.execute(select(Unit.id, Unit.name, Unit.code)).all()
    names = Counter(_key(row.name) for row in rows)
    found |= {_key(row.name): row.id for row in rows if names[_key(row.name)] == 1}
    found |= {_key(row.code): row.id for row in rows if row.code}
    return found


def _key(name: str) -> str:
    return normalise(name)
