"""A file of earlier interviews in the browser: received, mapped, looked at, stored, taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import BinaryIO

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import (
    SurveyChunk,
    SurveyImport,
    SurveyState,
)
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
from alumni_portal.exit_interviews.services.survey_checks import Survey

Row = tuple[int, list[str]]
#: From so many rows on a job does the work, and the page shows how far it is.
MANY = 2_000
_CHUNK = 1_000
#: Columns are guessed from so many rows.
_SAMPLE = 5_000
#: So many different values of a column are kept, none longer than this: others are no codes.
_KEPT_VALUES, _LONGEST = 2_000, 200
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


class Profile:
    """What the columns of a file hold, as far as its pages ask."""

    def __init__(self, headings: Sequence[str]) -> None:
        self.rows = 0
        self.sample: list[list[str]] = []
        self._values: list[dict[str, None]] = [{} for _ in headings]

    def add(self, row: Row) -> Row:
        """Look at a row and hand it on."""
        self.rows += 1
        if len(self.sample) < _SAMPLE:
            self.sample.append(row[1])
        for known, cell in zip(self._values, row[1], strict=False):
            if cell and len(cell) <= _LONGEST and len(known) < _KEPT_VALUES:
                known[cell] = None
        return row

    def values(self) -> list[list[str]]:
        """Return the different values of each column, first come first."""
        return [list(known) for known in self._values]


def receive(stream: BinaryIO, name: str, *, mapping: str = "", by: Actor) -> SurveyImport:
    """Keep a file for a day, sealed and without what is never read, and guess what its columns are.

    Raises Unreadable for what is no table or too large, BadMapping for a mapping that cannot be
    used.
    """
    digest, vault = surveys.digest_of(stream), Vault()
    with surveys.opened(stream) as survey:
        seen = Profile(survey.headings)
        chunks = [vault.seal(rows) for rows in _by_the_thousand(map(seen.add, survey.rows))]
    draft = SurveyImport(name=name[:200], digest=digest, actor=by.ref, dropped=list(survey.dropped))
    draft.headings, draft.row_count = list(survey.headings), seen.rows
    draft.profile = vault.seal(seen.values())
    made = from_toml(mapping, known_reasons()) if mapping else None
    draft.mapping = to_toml(made or _guessed(survey.headings, seen.sample))
    db.session.add(draft)
    db.session.flush()
    db.session.add_all(
        SurveyChunk(import_id=draft.id, number=number, content=content)
        for number, content in enumerate(chunks)
    )
    db.session.flush()
    return draft


def _by_the_thousand(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, _CHUNK)):
        yield some


def _guessed(headings: Sequence[str], sample: Sequence[list[str]]) -> SurveyMapping:
    columns = {one: [cells[at] for cells in sample] for at, one in enumerate(headings)}
    values = {value for cells in columns.values() for value in cells}
    missing = frozenset(value.casefold() for value in missing_words(values))
    return SurveyMapping(columns=guesses(columns), missing=missing)


def values_of(draft: SurveyImport) -> list[list[str]]:
    """Return the different values of each column of a draft, as far as they are kept."""
    _check_draft(draft)
    found: list[list[str]] = Vault().open(draft.profile) if draft.profile else []
    return found


def survey_of(draft: SurveyImport) -> Survey:
    """Return the rows of a draft, a thousand in memory at a time.

    Raises Conflict when they are gone: stored, or a day old.
    """
    _check_draft(draft)
    return Survey(tuple(draft.headings), _rows(draft.id), tuple(draft.dropped))


def _check_draft(draft: SurveyImport) -> None:
    if draft.state is not SurveyState.DRAFT:
        raise Conflict(_l("Filen är redan inläst eller bortglömd."))


def _rows(import_id: int) -> Iterator[Row]:
    vault = Vault()
    chunks = select(SurveyChunk.number).where(SurveyChunk.import_id == import_id)
    for number in db.session.scalars(chunks.order_by(SurveyChunk.number)).all():
        query = select(SurveyChunk.content).where(
            SurveyChunk.import_id == import_id, SurveyChunk.number == number
        )
        yield from vault.open(db.session.scalars(query).one())


def mapping_of(draft: SurveyImport) -> SurveyMapping:
    """Return the mapping of a draft as far as it is made."""
    try:
        return from_toml(draft.mapping, known_reasons())
    except BadMapping:  # nothing was guessed, and nobody has chosen yet
        return SurveyMapping()


def groups_of(draft: SurveyImport, mapping: SurveyMapping) -> list[Group]:
    """Return which values must be given a meaning, columns with the same values together."""
    columns = dict(zip(draft.headings, values_of(draft), strict=True))
    found: list[tuple[Part, list[str], set[str]]] = []
    for heading, target in mapping.columns.items():
        if target.part not in _CODED:
            continue
        cells = columns.get(heading, [])
        values = {one for cell in cells for one in _split(cell, target.part, mapping)}
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
    draft.mapping, draft.found = to_toml(checked), None
    db.session.flush()
    return checked


def give_meaning(draft: SurveyImport, meanings: Mapping[str, Mapping[str, str]]) -> SurveyMapping:
    """Keep what the values of columns mean. Raises BadMapping when a meaning is not one of ours."""
    return choose(draft, replace(mapping_of(draft), codes=meanings, scales={}))


def locked(public_id: str) -> SurveyImport | None:
    """Return a draft for whoever changes it, so that two do not do so at the same time."""
    return db.session.scalar(
        select(SurveyImport)
        .where(SurveyImport.public_id == public_id, SurveyImport.state == SurveyState.DRAFT)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
