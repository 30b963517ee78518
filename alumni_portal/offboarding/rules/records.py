"""What comes out of checking a row: a record, a rejection or a repetition, and why."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from alumni_portal.offboarding.rules.codes import EmploymentKind, ExitGround, Language


class Reason(StrEnum):
    """Why a row is rejected. In the order in which they win."""

    DOES_NOT_FIT = "does_not_fit_the_headings"
    NO_EMPLOYEE_NUMBER = "no_employee_number"
    NATIONAL_ID = "national_id_as_employee_number"
    NO_NAME = "no_name"
    NO_UNIT = "no_unit"
    NO_DATE = "no_date"
    BAD_DATE = "bad_date"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    UNKNOWN_EXIT_GROUND = "unknown_exit_ground"
    UNKNOWN_EMPLOYMENT_KIND = "unknown_employment_kind"
    BAD_ADDRESS = "bad_address"
    PRIVATE_IS_WORK = "private_address_is_the_work_address"
    TOO_LONG = "too_long"
    OWN_PARENT = "unit_is_its_own_parent"
    SOMEBODY_ELSES_NUMBER = "number_belongs_to_somebody_else"
    OTHER_LAST_DAY = "same_employment_with_another_last_day"


class Attention(StrEnum):
    """A warning: HR has to do something about it although the row is accepted."""

    NO_PRIVATE_ADDRESS = "no_private_address"


class Note(StrEnum):
    """What is worth a look in an accepted row; nothing has to be done."""

    BAD_PHONE = "bad_phone"
    BAD_WORK_ADDRESS = "bad_work_address"
    BAD_BIRTH_DATE = "bad_birth_date"
    UNKNOWN_LANGUAGE = "unknown_language"
    NOTICE_AFTER_LAST_DAY = "notice_after_last_day"
    BEGINS_LATER = "begins_later"
    ENDS_FAR_AHEAD = "ends_far_ahead"
    NAME_DIFFERS = "name_differs"
    ADDRESS_OF_SOMEBODY_ELSE = "address_of_somebody_else"


class Effect(StrEnum):
    """What an accepted row does."""

    NEW_PERSON = "new_person"
    #: A known person, by employee number, gets one more employment.
    NEW_EMPLOYMENT = "new_employment"
    #: A stored employment gets its last day, ground or whatever the row says.
    CHANGE = "change"
    NEW_UNIT = "new_unit"


class Employee(NamedTuple):
    """A leaver or a colleague who stays (then without notice, last day and ground)."""

    employee_number: str
    first_name: str
    last_name: str
    work_address: str
    private_address: str
    phone: str
    unit: str
    workplace: str
    title: str
    manager_number: str
    employment_kind: EmploymentKind | None
    begins_on: date
    notice_on: date | None
    ends_on: date | None
    exit_ground: ExitGround | None
    agreement_area: str
    birth_date: date | None
    language: Language | None
    leads_unit: str
    deputy_for_unit: str
    #: The last day has passed: person and employment only, no case, no tasks, no mail.
    already_left: bool


class UnitRecord(NamedTuple):
    """A unit of the organisation; its parent is named by code or name."""

    code: str
    name: str
    parent: str
    lead_number: str
    deputy_number: str
    valid_from: date | None
    closes_on: date | None


class Problem(NamedTuple):
    """One thing wrong with a row, under which heading."""

    reason: Reason
    column: str


class MatchProposal(NamedTuple):
    """Somebody we seem to know: equal private address and name, other employee number.

    Either an earlier row of the file or a stored person. HR decides; nothing merges by itself.
    """

    row: int
    other_row: int | None
    person: str | None


class Change(NamedTuple):
    """One field of a stored employment that a row says otherwise, as it was and as it will be.

    Days stand as ISO dates, codes as their meaning, a manager by name.
    """

    field: str
    before: str
    after: str


class Accepted(NamedTuple):
    """A row that is stored."""

    row: int
    record: Employee | UnitRecord
    effect: Effect
    warnings: tuple[Attention, ...] = ()
    notes: tuple[Note, ...] = ()
    match: MatchProposal | None = None
    changes: tuple[Change, ...] = ()


class Rejected(NamedTuple):
    """A row that is never stored; the first problem is the one that is told."""

    row: int
    problems: tuple[Problem, ...]

    @property
    def reason(self) -> Reason:
        """Return the reason that wins."""
        return self.problems[0].reason

    @property
    def column(self) -> str:
        """Return the heading of the column that is to blame."""
        return self.problems[0].column


class Repeated(NamedTuple):
    """A row that says again what an earlier row said (or, without one, what is stored)."""

    row: int
    of_row: int | None


Checked = Accepted | Rejected | Repeated


class KnownPerson(NamedTuple):
    """A stored person; `ref` is a public id."""

    ref: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """Return the name as it is written."""
        return f"{self.first_name} {self.last_name}".strip()


class StoredEmployment(NamedTuple):
    """A stored employment, as far as a file may change it."""

    ends_on: date | None = None
    notice_on: date | None = None
    exit_ground: str | None = None
    employment_kind: str | None = None
    title: str = ""
    workplace: str = ""
    agreement_area: str = ""
    unit: str = ""
    unit_code: str = ""
    #: Public id and name of the manager.
    manager: str = ""
    manager_name: str = ""
    #: The person has a private address, which no file replaces.
    has_private: bool = True


class StoredUnit(NamedTuple):
    """A stored unit, as far as a file may change it."""

    ref: str
    name: str
    code: str = ""
    parent: str = ""
    parent_code: str = ""
    closes_on: date | None = None
    #: Public id → name of who leads it, and of who stands in.
    leads: Mapping[str, str] = {}
    deputies: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored already, as far as the file may touch it."""

    #: Employee number → person.
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    #: Employee number and first day → last day, None while it runs.
    employments: Mapping[tuple[str, date], date | None] = field(default_factory=dict)
    #: The same, with what a row is compared with to see what it changes.
    stored: Mapping[tuple[str, date], StoredEmployment] = field(default_factory=dict)
    #: Private address in its canonical form → the people who have it.
    addresses: Mapping[str, Sequence[KnownPerson]] = field(default_factory=dict)
    #: Normalised names and codes of units (`core.text.normalise`).
    units: Container[str] = frozenset()
    #: Normalised code, and name, of a unit → the unit; for files of units.
    stored_units: Mapping[str, StoredUnit] = field(default_factory=dict)
