"""Check the rows of a file of units."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.cells import picker
from alumni_portal.offboarding.rules.columns import Kind, fields_of
from alumni_portal.offboarding.rules.dates import DateReader, DateStyle
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.records import Problem, Reason, UnitRecord


class _Raw(NamedTuple):
    unit_code: str
    name: str
    parent: str
    lead_number: str
    deputy_number: str
    valid_from: str
    closes_on: str


class UnitReader:
    """Turns cells into units, for one file and one mapping."""

    def __init__(self, mapping: Mapping, headings: Sequence[str], *, today: date) -> None:
        self._mapping = mapping
        self._width = len(headings)
        self._limits = {key: field.longest for key, field in fields_of(Kind.UNITS).items()}
        self._pick = picker(mapping, headings, _Raw._fields)
        latest = date(today.year + 10, 12, 31)
        self._from, self._closes = (
            DateReader(mapping.dates.get(key, DateStyle.ISO), latest)
            for key in ("valid_from", "closes_on")
        )

    def read(self, cells: Sequence[str]) -> tuple[UnitRecord, list[Problem]]:
        """Return the unit that a row describes, with what is wrong about it."""
        raw = _Raw._make(self._pick(cells[: self._width]))
        record = UnitRecord(
            code=raw.unit_code,
            name=raw.name,
            parent=raw.parent,
            lead_number=raw.lead_number,
            deputy_number=raw.deputy_number,
            valid_from=self._from(raw.valid_from),
            closes_on=self._closes(raw.closes_on),
        )
        problems = [Problem(Reason.DOES_NOT_FIT, "")] if len(cells) > self._width else []
        found = [*self._named(record), *self._dated(raw, record), *self._too_long(raw)]
        heading_of = self._mapping.heading_of
        return record, problems + [Problem(reason, heading_of(key)) for reason, key in found]

    def _named(self, record: UnitRecord) -> list[tuple[Reason, str]]:
        if not record.name:
            return [(Reason.NO_NAME, "name")]
        own = {normalise(record.name), normalise(record.code)} - {""}
        return [(Reason.OWN_PARENT, "parent")] if normalise(record.parent) in own else []

    def _dated(self, raw: _Raw, record: UnitRecord) -> list[tuple[Reason, str]]:
        wrong = [
            (Reason.BAD_DATE, key)
            for key in ("valid_from", "closes_on")
            if getattr(raw, key) and getattr(record, key) is None
        ]
        if record.valid_from and record.closes_on and record.closes_on < record.valid_from:
            wrong.append((Reason.ENDS_BEFORE_IT_BEGINS, "closes_on"))
        return wrong

    def _too_long(self, raw: _Raw) -> list[tuple[Reason, str]]:
        return [
            (Reason.TOO_LONG, key)
            for key, limit in self._limits.items()
            if len(getattr(raw, key)) > limit
        ]
