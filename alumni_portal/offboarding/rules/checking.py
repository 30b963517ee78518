"""Check a whole table: every row is accepted, rejected with its reasons, or repeats another."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.differences import unit_differences
from alumni_portal.offboarding.rules.employees import EmployeeReader
from alumni_portal.offboarding.rules.mapping import BadMapping, Mapping
from alumni_portal.offboarding.rules.matching import People
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import (
    Accepted,
    Attention,
    Checked,
    Effect,
    Employee,
    Known,
    MatchProposal,
    Note,
    Problem,
    Reason,
    Rejected,
    Repeated,
    StoredUnit,
    UnitRecord,
)
from alumni_portal.offboarding.rules.tally import Tally
from alumni_portal.offboarding.rules.units import UnitReader

_LACKS_ADDRESS = (Attention.NO_PRIVATE_ADDRESS,)


class Check:
    """The checked rows of one table, one by one; `tally` is complete when they are at an end."""

    def __init__(self, table: Table, judge: "EmployeeJudge | UnitJudge") -> None:
        self.tally = Tally()
        self._rows = table.rows
        self._judge = judge

    def __iter__(self) -> Iterator[Checked]:
        add, judge = self.tally.add, self._judge
        for row, cells in self._rows:
            checked = judge(row, cells)
            add(checked)
            yield checked
        judge.finish(self.tally)

    def finished(self) -> Tally:
        """Read the rows that are left and return the tally: a dry run."""
        for _ in self:
            pass
        return self.tally


def check(
    table: Table,
    mapping: Mapping,
    *,
    today: date,
    known: Known | None = None,
    work_domains: Collection[str] = (),
) -> Check:
    """Return the check of a table; iterate over it for the checked rows, once.

    Raises `BadMapping` when the mapping cannot be used or the table lacks its columns.
    """
    flaws = mapping.flaws() + mapping.fits(table.headings)
    if flaws:
        raise BadMapping(flaws)
    known = known or Known()
    if mapping.kind is Kind.UNITS:
        units = UnitReader(mapping, table.headings, today=today)
        return Check(table, UnitJudge(units, known))
    reader = EmployeeReader(mapping, table.headings, today=today, work_domains=work_domains)
    return Check(table, EmployeeJudge(reader, mapping, known))


class EmployeeJudge:
    """Judges the rows of leavers or staff, knowing the rows before them."""

    def __init__(self, reader: EmployeeReader, mapping: Mapping, known: Known) -> None:
        self._reader = reader
        self._mapping = mapping
        self._known = known
        self._people = People(known)
        self._units: Counter[str] = Counter()
        self._managers: Counter[str] = Counter()

    def __call__(self, row: int, cells: Sequence[str]) -> Checked:
        """Return what becomes of a row."""
        record, problems, notes = self._reader.read(cells)
        if problems:
            return Rejected(row, tuple(problems))
        found = self._people.look(row, record)
        if isinstance(found, Repeated):
            return found
        if isinstance(found, Reason):
            return self._contradiction(row, found)
        if found:
            notes.append(found)
        return self._accepted(row, record, notes)

    def _contradiction(self, row: int, reason: Reason) -> Rejected:
        key = "ends_on" if reason is Reason.OTHER_LAST_DAY else "employee_number"
        return Rejected(row, (Problem(reason, self._mapping.heading_of(key)),))

    def _accepted(self, row: int, record: Employee, notes: list[Note]) -> Accepted:
        effect = self._people.effect(record)
        changes = self._people.changes(record) if effect is Effect.CHANGE else ()
        found = self._people.remember(row, record)
        self._units[record.unit] += 1
        if record.manager_number:
            self._managers[record.manager_number] += 1
        if isinstance(found, Note):
            notes.append(found)
        match = found if isinstance(found, MatchProposal) else None
        warnings = () if record.private_address or record.exit_ground is None else _LACKS_ADDRESS
        return Accepted(row, record, effect, warnings, tuple(notes), match, changes)

    def finish(self, tally: Tally) -> None:
        """Complete a tally with what only the whole file can tell."""
        tally.persons = self._people.count()
        for unit, rows in self._units.items():
            if normalise(unit) not in self._known.units:
                tally.new_units[unit] = rows
        for number, rows in self._managers.items():
            if not self._people.has_number(number):
                tally.managers_not_found[number] = rows


class UnitJudge:
    """Judges the rows of units: one unit stands in one row, known by code or else by name."""

    def __init__(self, reader: UnitReader, known: Known) -> None:
        self._reader = reader
        self._known = known
        self._rows: dict[str, int] = {}
        self._names: set[str] = set()
        self._leads: Counter[str] = Counter()
        self._parents: Counter[str] = Counter()

    def __call__(self, row: int, cells: Sequence[str]) -> Checked:
        """Return what becomes of a row."""
        record, problems = self._reader.read(cells)
        if problems:
            return Rejected(row, tuple(problems))
        key = normalise(record.code or record.name)
        if key in self._rows:
            return Repeated(row, self._rows[key])
        self._rows[key] = row
        self._names.update((key, normalise(record.name)))
        self._leads.update(filter(None, (record.lead_number, record.deputy_number)))
        self._parents.update(filter(None, (record.parent,)))
        return self._compared(row, record, key)

    def _compared(self, row: int, record: UnitRecord, key: str) -> Checked:
        stored = self._stored(record, key)
        if stored is not None:
            changes = unit_differences(record, stored, self._known.people)
            if not changes:
                return Repeated(row, None)
            return Accepted(row, record, Effect.CHANGE, changes=changes)
        known = key in self._known.units
        return Accepted(row, record, Effect.CHANGE if known else Effect.NEW_UNIT)

    def _stored(self, record: UnitRecord, key: str) -> StoredUnit | None:
        """Return the unit with this code, or the one of this name that has no code yet."""
        units = self._known.stored_units
        named = units.get(normalise(record.name))
        return units.get(key) or (named if named and not named.code else None)

    def finish(self, tally: Tally) -> None:
        """Complete a tally with what only the whole file can tell."""
        for number, rows in self._leads.items():
            if number not in self._known.people:
                tally.managers_not_found[number] = rows
        for parent, rows in self._parents.items():
            name = normalise(parent)
            if name not in self._names and name not in self._known.units:
                tally.new_units[parent] = rows
