"""A file of earlier interviews in the browser: received, mapped, looked at, stored, taken back."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import BinaryIO

from sqlalchemy import delete, select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import Answer, Interview, SurveyImport, SurveyState
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries.codes import known_reasons
from alumni_portal.exit_interviews.rules.survey_columns import Part
from alumni_portal.exit_interviews.rules.survey_guesses import guesses, missing_words
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    SurveyMapping,
    from_toml,
    to_toml,
)
from alumni_portal.exit_interviews.services import surveys

MOST_ROWS = 5_000
KEPT = timedelta(hours=24)
#: More different values than this are no codes of anything.
MOST_VALUES = 60
_CODED = frozenset({Part.QUESTION, Part.REASON, Part.REASONS, Part.EXIT_TYPE, Part.TENURE})


@dataclass(frozen=True)
class Group:
    """Columns of one kind that use the same values: they are coded together."""

    part: Part
    #: The question, when the columns are questions with a scale of their own.
    headings: tuple[str, ...]
    values: tuple[str, ...]


def receive(stream: BinaryIO, name: str, *, mapping: str = "", by: Actor) -> SurveyImport:
    """Keep a file for a day, sealed and without what is never read, and guess what its columns are.

    Raises Unreadable for what is no table, BadMapping for a mapping that cannot be used, Refusal
    (field `file`) for a file with too many rows for the browser.
    """
    stream.seek(0)
    digest = hashlib.sha256(stream.read()).hexdigest()
    with surveys.opened(stream) as survey:
        rows = list(islice(survey.rows, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refusal(
            _l("Filen har fler än 5 000 rader. Läs in den med kommandot i stället."), field="file"
        )
    draft = SurveyImport(name=name[:200], digest=digest, actor=by.ref, dropped=list(survey.dropped))
    draft.rows = Vault().seal({"headings": survey.headings, "rows": rows})
    made = from_toml(mapping, known_reasons()) if mapping else _guessed(survey.headings, rows)
    draft.mapping = to_toml(made)
    db.session.add(draft)
    db.session.flush()
    return draft


def _guessed(headings: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> SurveyMapping:
    columns = {one: [cells[at] for _, cells in rows] for at, one in enumerate(headings)}
    values = {value for cells in columns.values() for value in cells}
    missing = frozenset(value.casefold() for value in missing_words(values))
    return SurveyMapping(columns=guesses(columns), missing=missing)


def survey_of(draft: SurveyImport) -> surveys.Survey:
    """Return the rows of a draft. Raises Conflict when they are gone: stored, or a day old."""
    if draft.rows is None or draft.state is not SurveyState.DRAFT:
        raise Conflict(_l("Filen är redan inläst eller bortglömd."))
    kept = Vault().open(draft.rows)
    rows: Iterator[tuple[int, list[str]]] = ((number, cells) for number, cells in kept["rows"])
    return surveys.Survey(tuple(kept["headings"]), rows, tuple(draft.dropped))


def rejected_rows(draft: SurveyImport) -> list[list[str]]:
    """Return the rejected rows of a draft as they stand in the file, the headings first.

    Row number and reason come before the cells. What is never read is not there. Raises Conflict
    when the rows are gone.
    """
    reasons = {one["row"]: one for one in checked(draft).rejected}
    survey = survey_of(draft)
    rows = [
        [str(number), str(reasons[number]["column"]), str(reasons[number]["reason"]), *cells]
        for number, cells in survey.rows
        if number in reasons
    ]
    return [["row", "column", "reason", *survey.headings], *rows]


def mapping_of(draft: SurveyImport) -> SurveyMapping:
    """Return the mapping of a draft as far as it is made."""
    try:
        return from_toml(draft.mapping, known_reasons())
    except BadMapping:  # nothing was guessed, and nobody has chosen yet
        return SurveyMapping()


def groups_of(survey: surveys.Survey, mapping: SurveyMapping) -> list[Group]:
    """Return which values must be given a meaning, columns with the same values together."""
    cells = [row for _, row in survey.rows]
    found: list[tuple[Part, list[str], set[str]]] = []
    for heading, target in mapping.columns.items():
        if target.part not in _CODED:
            continue
        at = survey.headings.index(heading)
        values = {one for row in cells for one in _split(row[at], target.part, mapping)}
        for part, headings, known in found:
            if part is target.part and (values <= known or known <= values):
                headings.append(heading)
                known.update(values)
                break
        else:
            found.append((target.part, [heading], values))
    return [
        Group(part, tuple(headings), tuple(sorted(values, key=_by_figure)[:MOST_VALUES]))
        for part, headings, values in found
        if values
    ]


def _split(cell: str, part: Part, mapping: SurveyMapping) -> list[str]:
    several = part is Part.REASONS and mapping.separator
    pieces = cell.split(mapping.separator) if several else [cell]
    return [one for one in map(str.strip, pieces) if not mapping.is_missing(one)]


def _by_figure(value: str) -> tuple[float, str]:
    try:
        return float(value.replace(",", ".")), value
    except ValueError:
        return float("inf"), value


def choose(draft: SurveyImport, mapping: SurveyMapping) -> SurveyMapping:
    """Keep how a draft is read. Raises BadMapping when it makes no sense."""
    checked = from_toml(to_toml(mapping), known_reasons())
    draft.mapping = to_toml(checked)
    db.session.flush()
    return checked


def give_meaning(draft: SurveyImport, meanings: Mapping[str, Mapping[str, str]]) -> SurveyMapping:
    """Keep what the values of columns mean. Raises BadMapping when a meaning is not one of ours."""
    return choose(draft, replace(mapping_of(draft), codes=meanings, scales={}))


def checked(draft: SurveyImport) -> surveys.Checked:
    """Read a whole draft and store nothing."""
    return surveys.check(survey_of(draft), mapping_of(draft))


def store(draft: SurveyImport, *, by: Actor) -> surveys.Checked:
    """Store a draft as it was shown. Raises Conflict and Refusal as reading and storing do."""
    query = select(SurveyImport).where(SurveyImport.id == draft.id).with_for_update()
    db.session.execute(query.execution_options(populate_existing=True))
    found = checked(draft)
    surveys.store(found, mapping_of(draft), draft, by=by)
    return found


def discard(draft: SurveyImport) -> None:
    """Forget a draft. Stored files are taken back instead."""
    db.session.execute(
        delete(SurveyImport).where(
            SurveyImport.id == draft.id, SurveyImport.state == SurveyState.DRAFT
        )
    )


def take_back(batch: SurveyImport, *, by: Actor) -> int:
    """Remove what a file gave; releases that counted it stay as they are. Twice is once."""
    ids = select(Interview.id).where(
        Interview.batch == batch.public_id, Interview.person_id.is_(None)
    )
    db.session.execute(delete(Answer).where(Answer.interview_id.in_(ids)))
    result = db.session.execute(delete(Interview).where(Interview.id.in_(ids)))
    number = int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    batch.state = SurveyState.TAKEN_BACK
    db.session.flush()
    if number:
        audit.record("exit_interviews.taken_back", by=by, subject=batch.public_id, number=number)
    return number


def forget_drafts() -> int:
    """Forget files that nobody stored within a day; return how many."""
    result = db.session.execute(
        delete(SurveyImport)
        .where(
            SurveyImport.state == SurveyState.DRAFT,
            SurveyImport.created_at < clock.now() - KEPT,
        )
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
