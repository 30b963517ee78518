"""What is stored about the people and units of a file, looked up a block of rows ahead of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.offboarding.queries.known_units import UnitBook
from alumni_portal.offboarding.rules.addresses import canonical
from alumni_portal.offboarding.rules.cleaning import Row
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import Known, KnownPerson, StoredEmployment
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person, Unit

#: How many rows are looked up at once: few statements, and few enough values in each.
BLOCK = 500

_NUMBERS = ("employee_number", "manager_number", "lead_number", "deputy_number")
_ADDRESSES = ("private_address", "work_address")


class Lookup:
    """What the check of one file knows; it grows while the file is read.

    What the import itself has stored so far (`batch`) does not count as known.
    """

    def __init__(self, kind: Kind, *, batch: str = "") -> None:
        self._batch = batch
        self._people: dict[str, KnownPerson] = {}
        self._employments: dict[tuple[str, date], date | None] = {}
        self._stored: dict[tuple[str, date], StoredEmployment] = {}
        self._addresses: dict[str, list[KnownPerson]] = {}
        self._asked: set[str] = set()
        #: Employee number, and public id → row id of the person.
        self.person_ids: dict[str, int] = {}
        #: Employee number and first day → row id of the employment.
        self.employment_ids: dict[tuple[str, date], int] = {}
        #: Proved address → row id of its owner.
        self.owners: dict[str, int] = {}
        self.units = UnitBook(kind)
        anybody = select(Employment.id).where(self._not_ours(Employment)).limit(1)
        self._is_empty = db.session.scalar(anybody) is None
        self.known = Known(
            people=self._people,
            employments=self._employments,
            stored=self._stored,
            addresses=self._addresses,
            units=self.units.keys,
            stored_units=self.units.stored,
        )

    def ahead_of(self, table: Table, mapping: Mapping) -> Table:
        """Return the table, whose rows are looked up while they are read."""
        if self._is_empty:
            return table
        places = mapping.places(table.headings)
        numbers = [places[key] for key in _NUMBERS if key in places]
        addresses = [places[key] for key in _ADDRESSES if key in places]
        return replace(table, rows=self._ahead(table.rows, numbers, addresses))

    def _ahead(
        self, rows: Iterator[Row], numbers: Sequence[int], addresses: Sequence[int]
    ) -> Iterator[Row]:
        while block := list(islice(rows, BLOCK)):
            self._look_up_numbers({cells[place] for _, cells in block for place in numbers})
            written = {cells[place] for _, cells in block for place in addresses}
            self._look_up_addresses({canonical(one) or "" for one in written if one})
            yield from block

    def _not_ours(self, model: type[Employment | EmailAddress]) -> ColumnElement[bool]:
        return or_(model.batch.is_(None), model.batch != self._batch)

    def _look_up_numbers(self, numbers: Collection[str]) -> None:
        wanted = set(numbers) - self._asked - {""}
        if not wanted:
            return
        self._asked |= wanted
        manager = aliased(Person)
        has_private = exists().where(
            EmailAddress.person_id == Person.id,
            EmailAddress.kind == AddressKind.PRIVATE,
            EmailAddress.retired_at.is_(None),
        )
        query = (
            select(Employment, Person, Unit.name, Unit.code, manager, has_private)
            .join(Person, Person.id == Employment.person_id)
            .outerjoin(Unit, Unit.id == Employment.unit_id)
            .outerjoin(manager, manager.id == Employment.manager_id)
            .where(Employment.number.in_(wanted), self._not_ours(Employment))
            .order_by(Employment.begins_on)
        )
        for employment, person, unit, code, boss, can_write in db.session.execute(query):
            self._note_person(employment, person)
            self._stored[employment.number, employment.begins_on] = _stored(
                employment, (unit or "", code or ""), boss, has_private=bool(can_write)
            )

    def _note_person(self, employment: Employment, person: Person) -> None:
        key = (employment.number, employment.begins_on)
        self._people[employment.number] = _known(person)
        self._employments[key] = employment.ends_on
        self.employment_ids[key] = employment.id
        self.person_ids[employment.number] = self.person_ids[person.public_id] = person.id

    def _look_up_addresses(self, addresses: Collection[str]) -> None:
        wanted = set(addresses) - {""}
        if not wanted:
            return
        query = (
            select(EmailAddress, Person)
            .join(Person, Person.id == EmailAddress.person_id)
            .where(EmailAddress.canonical.in_(wanted), self._not_ours(EmailAddress))
            .order_by(EmailAddress.id)
        )
        for address, person in db.session.execute(query):
            self._note_address(address, person)

    def _note_address(self, address: EmailAddress, person: Person) -> None:
        self.person_ids[person.public_id] = person.id
        if address.kind is AddressKind.PRIVATE:
            owners = self._addresses.setdefault(address.canonical, [])
            if _known(person) not in owners:
                owners.append(_known(person))
        if address.verified_at is not None and address.retired_at is None:
            self.owners[address.canonical] = person.id

    def unit_id(self, name: str) -> int | None:
        """Return the row id of a unit, by name or code."""
        return self.units.ids.get(normalise(name))


def _known(person: Person) -> KnownPerson:
    return KnownPerson(person.public_id, person.first_name, person.last_name)


def _stored(
    employment: Employment, unit: tuple[str, str], boss: Person | None, *, has_private: bool
) -> StoredEmployment:
    return StoredEmployment(
        ends_on=employment.ends_on,
        notice_on=employment.notice_on,
        exit_ground=employment.exit_ground,
        employment_kind=employment.kind,
        title=employment.title,
        workplace=employment.workplace,
        agreement_area=employment.agreement_area,
        unit=unit[0],
        unit_code=unit[1],
        manager=boss.public_id if boss else "",
        manager_name=boss.name if boss else "",
        has_private=has_private,
    )
