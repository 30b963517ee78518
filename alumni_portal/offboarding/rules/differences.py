"""What a row says otherwise than what is stored of the same employment."""

from collections.abc import Iterator, Mapping
from datetime import date

from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.records import (
    Change,
    Employee,
    KnownPerson,
    StoredEmployment,
    StoredUnit,
    UnitRecord,
)

_TEXTS = ("title", "workplace", "agreement_area")
_CODES = ("exit_ground", "employment_kind")
_DAYS = ("notice_on", "ends_on")


def differences(
    record: Employee, stored: StoredEmployment, people: Mapping[str, KnownPerson]
) -> tuple[Change, ...]:
    """Return the fields that a row would change. An empty cell changes nothing.

    A manager whom nobody knows changes nothing either.
    """
    found = (*_simple(record, stored), *_unit(record, stored), *_manager(record, stored, people))
    if record.private_address and not stored.has_private:
        found = (*found, Change("private_address", "", record.private_address))
    return found


def _simple(record: Employee, stored: StoredEmployment) -> Iterator[Change]:
    for key in (*_DAYS, *_CODES, *_TEXTS):
        wanted, present = getattr(record, key), getattr(stored, key)
        if wanted and wanted != present:
            yield Change(key, _plain(present), _plain(wanted))


def _plain(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _unit(record: Employee, stored: StoredEmployment) -> Iterator[Change]:
    if normalise(record.unit) not in {normalise(stored.unit), normalise(stored.unit_code)}:
        yield Change("unit", stored.unit, record.unit)


def _manager(
    record: Employee, stored: StoredEmployment, people: Mapping[str, KnownPerson]
) -> Iterator[Change]:
    manager = people.get(record.manager_number)
    if manager is not None and manager.ref != stored.manager:
        yield Change("manager_number", stored.manager_name, manager.name)


def unit_differences(
    record: UnitRecord, stored: StoredUnit, people: Mapping[str, KnownPerson]
) -> tuple[Change, ...]:
    """Return the fields that a row would change about a unit, as `differences` does."""
    return (*_named(record, stored), *_led(record, stored, people))


def _named(record: UnitRecord, stored: StoredUnit) -> Iterator[Change]:
    if record.name != stored.name:
        yield Change("name", stored.name, record.name)
    if record.code and not stored.code:
        yield Change("unit_code", "", record.code)
    above = {normalise(stored.parent), normalise(stored.parent_code)}
    if record.parent and normalise(record.parent) not in above:
        yield Change("parent", stored.parent, record.parent)
    if record.closes_on and record.closes_on != stored.closes_on:
        yield Change("closes_on", _plain(stored.closes_on), _plain(record.closes_on))


def _led(
    record: UnitRecord, stored: StoredUnit, people: Mapping[str, KnownPerson]
) -> Iterator[Change]:
    for key, leads in (("lead_number", stored.leads), ("deputy_number", stored.deputies)):
        person = people.get(getattr(record, key))
        if person is not None and person.ref not in leads:
            yield Change(key, ", ".join(leads.values()), person.name)
