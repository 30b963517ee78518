"""Check the rows of leavers and staff: cells become a record, or the reasons why not."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from alumni_portal.core.national_id import MASK
from alumni_portal.offboarding.rules.addresses import WorkDomains, canonical
from alumni_portal.offboarding.rules.cells import CodeReader, picker
from alumni_portal.offboarding.rules.codes import EmploymentKind, ExitGround, Language
from alumni_portal.offboarding.rules.columns import Kind, fields_of
from alumni_portal.offboarding.rules.dates import DateReader, DateStyle
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.names import split_name
from alumni_portal.offboarding.rules.records import Employee, Note, Problem, Reason

_PHONE = re.compile(r"[+(]?[\d(][\d ()/.-]{5,24}(?: ?(?:ext|ankn|x)\.? ?\d{1,6})?")
#: No text may be shorter than this and still too long.
_SHORTEST_LIMIT = 60


class Raw(NamedTuple):
    """The cells of one row by field, as the file writes them."""

    employee_number: str
    first_name: str
    last_name: str
    full_name: str
    work_address: str
    private_address: str
    phone: str
    unit: str
    workplace: str
    title: str
    manager_number: str
    employment_kind: str
    begins_on: str
    notice_on: str
    ends_on: str
    exit_ground: str
    agreement_area: str
    birth_date: str
    language: str
    leads_unit: str
    deputy_for_unit: str


class EmployeeReader:
    """Turns cells into records, for one file and one mapping."""

    def __init__(
        self,
        mapping: Mapping,
        headings: Sequence[str],
        *,
        today: date,
        work_domains: Collection[str] = (),
    ) -> None:
        self._mapping = mapping
        self._width = len(headings)
        self._today = today
        self._leaving = mapping.kind is Kind.LEAVERS
        self._work = WorkDomains(work_domains)
        self._limits = {key: field.longest for key, field in fields_of(mapping.kind).items()}
        self._pick = picker(mapping, headings, Raw._fields)
        self._begins, self._notice, self._ends = (
            DateReader(mapping.dates.get(key, DateStyle.ISO), _years_from(today, 10))
            for key in ("begins_on", "notice_on", "ends_on")
        )
        birth_style = mapping.dates.get("birth_date", DateStyle.ISO)
        self._born = DateReader(birth_style, _years_from(today, -13))
        self._ground = CodeReader(mapping, "exit_ground", ExitGround)
        self._kind = CodeReader(mapping, "employment_kind", EmploymentKind)
        self._language = CodeReader(mapping, "language", Language)

    def read(self, cells: Sequence[str]) -> tuple[Employee, list[Problem], list[Note]]:
        """Return the record that a row describes, with what is wrong and what is odd about it.

        With problems the record is not to be used.
        """
        problems: list[Problem] = []
        if len(cells) > self._width:
            problems.append(Problem(Reason.DOES_NOT_FIT, ""))
            cells = cells[: self._width]
        raw = Raw._make(self._pick(cells))
        record = self._record(raw)
        self._who(raw, record, problems)
        self._when(raw, record, problems)
        self._why(raw, record, problems)
        self._where(raw, record, problems)
        if max(map(len, raw)) > _SHORTEST_LIMIT:
            self._how_long(raw, problems)
        return record, problems, [] if problems else self._notes(raw, record)

    def _record(self, raw: Raw) -> Employee:
        first, last = raw.first_name, raw.last_name
        if raw.full_name and not (first and last):
            first, last = split_name(raw.full_name, self._mapping.name_order)
        ends_on = self._ends(raw.ends_on) if self._leaving else None
        return Employee(
            raw.employee_number,
            first if "  " not in first else " ".join(first.split()),
            last if "  " not in last else " ".join(last.split()),
            canonical(raw.work_address) or "",
            canonical(raw.private_address) or "",
            raw.phone if _PHONE.fullmatch(raw.phone) else "",
            raw.unit,
            raw.workplace,
            raw.title,
            raw.manager_number,
            self._kind(raw.employment_kind),
            self._begins(raw.begins_on) or date.min,
            self._notice(raw.notice_on) if self._leaving else None,
            ends_on,
            self._ground(raw.exit_ground) if self._leaving else None,
            raw.agreement_area,
            self._born(raw.birth_date),
            self._language(raw.language),
            raw.leads_unit,
            raw.deputy_for_unit,
            ends_on is not None and ends_on < self._today,
        )

    def _problem(self, reason: Reason, key: str) -> Problem:
        return Problem(reason, self._mapping.heading_of(key))

    def _who(self, raw: Raw, record: Employee, problems: list[Problem]) -> None:
        if not raw.employee_number:
            problems.append(self._problem(Reason.NO_EMPLOYEE_NUMBER, "employee_number"))
        elif MASK in raw.employee_number:
            problems.append(self._problem(Reason.NATIONAL_ID, "employee_number"))
        if not (record.first_name and record.last_name):
            key = "last_name" if record.first_name else "first_name"
            key = key if key in self._mapping.columns else "full_name"
            problems.append(self._problem(Reason.NO_NAME, key))
        if not raw.unit:
            problems.append(self._problem(Reason.NO_UNIT, "unit"))

    def _when(self, raw: Raw, record: Employee, problems: list[Problem]) -> None:
        begins = record.begins_on != date.min
        if not begins:
            reason = Reason.BAD_DATE if raw.begins_on else Reason.NO_DATE
            problems.append(self._problem(reason, "begins_on"))
        if not self._leaving:
            return
        if record.ends_on is None:
            reason = Reason.BAD_DATE if raw.ends_on else Reason.NO_DATE
            problems.append(self._problem(reason, "ends_on"))
        elif begins and record.ends_on < record.begins_on:
            problems.append(self._problem(Reason.ENDS_BEFORE_IT_BEGINS, "ends_on"))
        if raw.notice_on and record.notice_on is None:
            problems.append(self._problem(Reason.BAD_DATE, "notice_on"))

    def _why(self, raw: Raw, record: Employee, problems: list[Problem]) -> None:
        if self._leaving and record.exit_ground is None:
            problems.append(self._problem(Reason.UNKNOWN_EXIT_GROUND, "exit_ground"))
        if raw.employment_kind and record.employment_kind is None:
            problems.append(self._problem(Reason.UNKNOWN_EMPLOYMENT_KIND, "employment_kind"))

    def _where(self, raw: Raw, record: Employee, problems: list[Problem]) -> None:
        private = record.private_address
        if not raw.private_address:
            return
        if not private:
            problems.append(self._problem(Reason.BAD_ADDRESS, "private_address"))
        elif private == record.work_address or self._work.own(private):
            problems.append(self._problem(Reason.PRIVATE_IS_WORK, "private_address"))

    def _how_long(self, raw: Raw, problems: list[Problem]) -> None:
        for key, limit in self._limits.items():
            if key != "phone" and len(getattr(raw, key)) > limit:
                problems.append(self._problem(Reason.TOO_LONG, key))

    def _notes(self, raw: Raw, record: Employee) -> list[Note]:
        """Return what is odd, for a row without problems."""
        notes = []
        if raw.phone and not record.phone:
            notes.append(Note.BAD_PHONE)
        if raw.work_address and not record.work_address:
            notes.append(Note.BAD_WORK_ADDRESS)
        if raw.birth_date and not record.birth_date:
            notes.append(Note.BAD_BIRTH_DATE)
        if raw.language and not record.language:
            notes.append(Note.UNKNOWN_LANGUAGE)
        return notes if record.already_left else notes + self._odd_days(record)

    def _odd_days(self, record: Employee) -> list[Note]:
        notes = [Note.BEGINS_LATER] if record.begins_on > self._today else []
        if record.ends_on:
            if record.notice_on and record.notice_on > record.ends_on:
                notes.append(Note.NOTICE_AFTER_LAST_DAY)
            if record.ends_on.year > self._today.year + 2:
                notes.append(Note.ENDS_FAR_AHEAD)
        return notes


def _years_from(today: date, years: int) -> date:
    return date(today.year + years, 12, 31)
