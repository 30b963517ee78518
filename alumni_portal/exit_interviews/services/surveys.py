"""Reading earlier interviews from a file: cut, mapped, checked, stored without a person."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import insert, select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db, new_public_ids
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    Reach,
    SurveyImport,
    SurveyState,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.rules.survey_columns import kept
from alumni_portal.exit_interviews.rules.survey_mapping import SurveyMapping, to_toml
from alumni_portal.exit_interviews.rules.survey_rows import SurveyRow
from alumni_portal.exit_interviews.services.survey_checks import (
    Checked,
    Survey,
    check,
    precision_of,
    read_rows,
    unit_key,
    units_by_name,
)
from alumni_portal.offboarding.services.importing import Limits, open_table

LIMITS = Limits(size=64 << 20, rows=200_000, columns=400)
#: So many rows are inserted together.
CHUNK = 2000
_ALREADY = _l("Filen är redan inläst. Samma samtal räknas bara en gång.")


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
        if dry_run:
            return check(survey, mapping, watch=watch)
        with file.open("rb") as stream:
            batch = SurveyImport(name=file.name[:200], digest=digest_of(stream), actor=by.ref)
        return store(survey, mapping, batch, by=by, watch=watch)


def digest_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of a file, read from its beginning, and go back there."""
    stream.seek(0)
    found = hashlib.sha256()
    while some := stream.read(1 << 20):
        found.update(some)
    stream.seek(0)
    return found.hexdigest()


def check_unknown(batch: SurveyImport) -> None:
    """Raise Refusal for a file that has been stored before."""
    known = select(SurveyImport.id).where(
        SurveyImport.digest == batch.digest, SurveyImport.state == SurveyState.STORED
    )
    if db.session.scalar(known) is not None:
        raise Refusal(_ALREADY)


def store(
    survey: Survey,
    mapping: SurveyMapping,
    batch: SurveyImport,
    *,
    by: Actor,
    watch: Callable[[], None] = lambda: None,
) -> Checked:
    """Store the rows of a file as interviews without a person, some at a time.

    Raises Refusal for a known file, BadMapping as reading does.
    """
    check_unknown(batch)
    db.session.add(batch)
    db.session.flush()
    found = Checked()
    rows = read_rows(survey, mapping, found, watch=watch)
    units, vault = units_by_name(), Vault()
    while some := list(islice(rows, CHUNK)):
        insert_rows(some, batch.public_id, units, vault)
    finish(batch, survey, mapping, found, by=by)
    return found


def finish(
    batch: SurveyImport, survey: Survey, mapping: SurveyMapping, found: Checked, *, by: Actor
) -> None:
    """Note that all rows of a file are stored: from now on they count."""
    batch.state, batch.stored_at = SurveyState.STORED, clock.now()
    batch.profile = batch.found = batch.job = None
    batch.mapping, batch.dropped = to_toml(mapping), list(survey.dropped)
    batch.accepted, batch.rejected_rows = found.accepted, found.rejected_rows
    batch.rejected = found.rejected
    audit.record(
        "exit_interviews.imported",
        by=by,
        subject=batch.public_id,
        accepted=batch.accepted,
        rejected=batch.rejected_rows,
    )
    db.session.flush()


def insert_rows(rows: Sequence[SurveyRow], batch: str, units: dict[str, int], vault: Vault) -> None:
    """Insert rows of a file with their answers, sealed."""
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
        "precision": precision_of(row),
        "exit_type": row.exit_type,
        "tenure_band": row.tenure_band,
        "unit_id": units.get(unit_key(row.unit)) if row.unit else None,
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
