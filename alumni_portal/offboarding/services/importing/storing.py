"""Store the accepted rows of leavers and staff, in the transaction under way."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, select, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding.queries.known import Lookup
from alumni_portal.offboarding.rules.codes import ExitGround
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.records import Accepted, Effect, Employee
from alumni_portal.offboarding.services.importing.changes import Resolver, change_employment
from alumni_portal.offboarding.services.importing.known_people import employ_known
from alumni_portal.offboarding.services.importing.lookalikes import propose
from alumni_portal.offboarding.services.opening import open_cases
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, EmploymentKind, Person, Unit, UnitLead
from alumni_portal.people.services.bulk import Hire, Writer, hire_many, tell_of

#: How many people are stored by one statement per table.
BLOCK = 2_000


@dataclass
class Made:
    """What an import made, counted."""

    persons: int = 0
    employments: int = 0
    changed: int = 0
    units: int = 0
    cases: int = 0
    matches: int = 0
    #: What a row asked for and could not be done, by name: a unit in use that was to close.
    left_out: list[str] = field(default_factory=list)


class Storing:
    """Takes accepted rows one by one; everything is stored when `finish` has returned."""

    def __init__(self, batch: str, kind: Kind, lookup: Lookup, *, by: Actor) -> None:
        self.made = Made()
        self._batch, self._kind, self._lookup, self._by = batch, kind, lookup, by
        self._writer = Writer()
        self._waiting: list[tuple[Accepted, Hire]] = []
        self._numbers: set[str] = set()
        #: Employee number, and row of the file → row id of the person.
        self._person_ids: dict[str, int] = {}
        self._by_row: dict[int, int] = {}
        self._work: set[str] = set()
        self._leaving: list[int] = []
        self._began: list[int] = []
        self._unled: list[tuple[int, str]] = []
        self._leads: list[tuple[str, str, bool, date]] = []
        self._alike: list[Accepted] = []
        self._resolver = Resolver(self._unit_id, self._person_id)

    def add(self, accepted: Accepted) -> None:
        """Take one accepted row in."""
        record = accepted.record
        assert isinstance(record, Employee)  # noqa: S101 - units are stored elsewhere
        if accepted.effect is Effect.CHANGE:
            self._change(accepted, record)
        elif record.employee_number in self._lookup.person_ids:
            self._employ_known(accepted, record)
        else:
            self._hire(accepted, record)
        if accepted.match is not None:
            self._alike.append(accepted)
        for unit, is_deputy in ((record.leads_unit, False), (record.deputy_for_unit, True)):
            if unit:
                self._leads.append((unit, record.employee_number, is_deputy, record.begins_on))

    def finish(self) -> Made:
        """Store what waits, and what only the whole file can tell: managers, leads, cases."""
        self._flush()
        self._writer.rest()
        self._name_managers()
        self._appoint()
        tell_of(self._began)
        self.made.cases = open_cases(self._leaving, by=self._by, batch=self._batch)
        self.made.matches = propose(
            self._alike, self._by_row, self._lookup.person_ids, batch=self._batch
        )
        return self.made

    def _hire(self, accepted: Accepted, record: Employee) -> None:
        number = record.employee_number
        if number in self._numbers:
            self._flush()
        self._numbers.add(number)
        self._waiting.append((accepted, self._as_hire(record, self._person_ids.get(number))))
        if len(self._waiting) >= BLOCK:
            self._flush()

    def _as_hire(self, r: Employee, person_id: int | None) -> Hire:
        is_dead = r.exit_ground is ExitGround.DEATH and r.ends_on is not None
        return Hire(
            person_id,
            r.first_name,
            r.last_name,
            r.language.value if r.language else "sv",
            r.phone,
            min(r.ends_on, clock.today()) if is_dead and r.ends_on else None,
            r.employee_number,
            r.title,
            self._unit_id(r),
            r.workplace,
            r.agreement_area,
            r.employment_kind.value if r.employment_kind else EmploymentKind.PERMANENT.value,
            self._person_id(r.manager_number),
            r.begins_on,
            r.notice_on,
            r.ends_on,
            r.exit_ground.value if r.exit_ground else None,
            self._free_work_address(r),
            r.private_address if person_id is None else "",
            r.birth_date,
        )

    def _free_work_address(self, record: Employee) -> str:
        """Return the work address to keep: of those who work here, when nobody else has it."""
        address = record.work_address
        if not address or record.already_left:
            return ""
        if address in self._work or address in self._lookup.owners:
            return ""
        self._work.add(address)
        return address

    def _flush(self) -> None:
        stored = hire_many(self._writer, [hire for _, hire in self._waiting], batch=self._batch)
        self.made.persons += sum(1 for _, hire in self._waiting if hire.person_id is None)
        for (accepted, hire), (person_id, employment_id) in zip(self._waiting, stored, strict=True):
            self._person_ids[hire.number] = person_id
            self._note(accepted, person_id, employment_id)
            if hire.manager_id is None:
                self._lacks_manager(accepted, employment_id)
        self._waiting.clear()
        self._numbers.clear()

    def _note(
        self, accepted: Accepted, person_id: int, employment_id: int, *, is_told: bool = False
    ) -> None:
        """Remember whose row this was, and what has to follow at the end."""
        self.made.employments += 1
        self._by_row[accepted.row] = person_id
        record = accepted.record
        if isinstance(record, Employee) and not record.already_left:
            if not is_told:
                self._began.append(person_id)
            if self._kind is Kind.LEAVERS:
                self._leaving.append(employment_id)

    def _lacks_manager(self, accepted: Accepted, employment_id: int) -> None:
        record = accepted.record
        if isinstance(record, Employee) and record.manager_number:
            self._unled.append((employment_id, record.manager_number))

    def _employ_known(self, accepted: Accepted, record: Employee) -> None:
        person_id = self._lookup.person_ids[record.employee_number]
        employment = employ_known(
            db.session.get_one(Person, person_id),
            self._as_hire(record, person_id),
            record,
            batch=self._batch,
            by=self._by,
        )
        self._note(accepted, person_id, employment.id, is_told=True)
        if employment.manager_id is None:
            self._lacks_manager(accepted, employment.id)

    def _change(self, accepted: Accepted, record: Employee) -> None:
        key = (record.employee_number, record.begins_on)
        employment = db.session.get_one(Employment, self._lookup.employment_ids[key])
        change_employment(
            employment, record, accepted.changes, self._resolver, batch=self._batch, by=self._by
        )
        self.made.changed += 1
        self._by_row[accepted.row] = employment.person_id
        if self._kind is Kind.LEAVERS and not record.already_left:
            self._leaving.append(employment.id)

    def _person_id(self, number: str) -> int | None:
        if not number:
            return None
        return self._lookup.person_ids.get(number) or self._person_ids.get(number)

    def _unit_id(self, record: Employee) -> int:
        known = self._lookup.unit_id(record.unit)
        return known or self._open_unit(record.unit, record.begins_on).id

    def _open_unit(self, name: str, on: date) -> Unit:
        unit = people.open_unit(name, by=self._by, on=min(on, clock.today()))
        unit.batch = self._batch
        db.session.flush()
        self._lookup.units.add(unit)
        self.made.units += 1
        return unit

    def _name_managers(self) -> None:
        """Set the managers who stand further down in the file than their people."""
        rows = [
            {"which": employment_id, "who": self._person_ids[number]}
            for employment_id, number in self._unled
            if number in self._person_ids
        ]
        if rows:
            table = Employment.__table__
            setting = update(table).where(table.c.id == bindparam("which"))  # type: ignore[arg-type]  # a table
            db.session.connection().execute(setting.values(manager_id=bindparam("who")), rows)

    def _appoint(self) -> None:
        for name, number, is_deputy, begins_on in self._leads:
            unit_id = self._lookup.unit_id(name)
            unit = (
                db.session.get_one(Unit, unit_id) if unit_id else self._open_unit(name, begins_on)
            )
            person = db.session.get_one(Person, self._person_id(number))
            if not leads_already(unit, person, is_deputy=is_deputy):
                from_on = max(unit.opened_on, min(begins_on, clock.today()))
                lead = people.appoint_lead(
                    unit, person, is_deputy=is_deputy, from_on=from_on, by=self._by
                )
                lead.batch = self._batch


def leads_already(unit: Unit, person: Person, *, is_deputy: bool) -> bool:
    """Say whether a person leads a unit, or stands in there, already."""
    query = select(UnitLead.id).where(
        UnitLead.unit_id == unit.id,
        UnitLead.person_id == person.id,
        UnitLead.is_deputy.is_(is_deputy),
        UnitLead.until_on.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None
