"""Write invented units, people, employments and addresses: few statements, whatever the number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from alumni_portal.core.db import Base, db
from alumni_portal.core.text import normalise
from alumni_portal.demo.inventing import Company
from alumni_portal.demo.organisation import (
    DEPUTIES,
    LED_BY,
    UNITS,
    WITHOUT_LEAD,
    PlannedUnit,
    ago,
)
from alumni_portal.people.models import (
    EmailAddress,
    Employment,
    Person,
    Unit,
    UnitLead,
    UnitVersion,
    name_keys,
)
from alumni_portal.people.rules import AddressKind

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_DAY = timedelta(days=1)


def public_id(chance: Random) -> str:
    """Return a public id that the same seed gives again, so that links in the README hold."""
    return "".join(chance.choices(_SIGNS, k=14))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour, minute), UTC)


def write(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows and return their ids in the same order.

    Into the table, not the class: the mapper would make a statement of its own for every set of
    columns that happen to be filled.
    """
    if not rows:
        return []
    table = model.__table__
    found = db.session.execute(
        insert(model.metadata.tables[str(table.description)]).returning(
            table.c.id, sort_by_parameter_order=True
        ),
        [dict(row) for row in rows],
    )
    return list(found.scalars())


def add(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows whose ids nobody asks for."""
    if rows:
        table = model.metadata.tables[str(model.__table__.description)]
        db.session.execute(insert(table), [dict(row) for row in rows])


def write_units(today: date, chance: Random) -> dict[str, int]:
    """Write the tree of units with its history and return their ids by code."""
    ids: dict[str, int] = {}
    waiting = list(UNITS)
    while waiting:  # parents first, one statement per level of the tree
        ready = [unit for unit in waiting if not unit.parent or unit.parent in ids]
        rows = [_unit_row(unit, ids, today, chance) for unit in ready]
        ids.update(zip((unit.code for unit in ready), write(Unit, rows), strict=True))
        waiting = [unit for unit in waiting if unit.code not in ids]
    add(UnitVersion, [row for unit in UNITS for row in _versions(unit, ids, today)])
    return ids


def _unit_row(
    unit: PlannedUnit, ids: dict[str, int], today: date, chance: Random
) -> dict[str, Any]:
    return {
        "public_id": public_id(chance),
        "code": unit.code,
        "name": unit.name,
        "search_name": normalise(unit.name),
        "parent_id": ids.get(unit.parent),
        "opened_on": ago(today, unit.opened),
        "closed_on": ago(today, unit.closed) if unit.closed else None,
    }


def _versions(unit: PlannedUnit, ids: dict[str, int], today: date) -> Iterable[dict[str, Any]]:
    since = ago(today, unit.opened)
    for was in unit.was:
        parent = ids.get(was.parent or unit.parent)
        yield _version(ids[unit.code], was.name or unit.name, parent, since)
        since = ago(today, was.years_ago)
    yield _version(ids[unit.code], unit.name, ids.get(unit.parent), since)


def _version(unit_id: int, name: str, parent_id: int | None, since: date) -> dict[str, Any]:
    return {"unit_id": unit_id, "name": name, "parent_id": parent_id, "valid_from": since}


def write_people(company: Company, chance: Random) -> list[int]:
    """Write the people and return their ids in the company's order."""
    rows = []
    for one in company.people:
        sort_key, search_name = name_keys(one.first, one.last)
        rows.append(
            {
                "public_id": public_id(chance),
                "first_name": one.first,
                "last_name": one.last,
                "sort_key": sort_key,
                "search_name": search_name,
                "language": one.language,
                "phone": one.phone,
                "created_at": at(one.stays[0].begins_on),
            }
        )
    return write(Person, rows)


def write_leads(company: Company, ids: Sequence[int], units: Mapping[str, int]) -> dict[str, int]:
    """Write who leads which open unit, with deputies, and return the leads' places by code."""
    leads: dict[str, int] = {}
    rows = []
    for unit in UNITS:
        crew = _crew(company, unit.code)
        told = company.by_key.get(LED_BY.get(unit.code, ""))
        if unit.closed is not None or unit.code == WITHOUT_LEAD or not (crew or told is not None):
            continue
        leads[unit.code] = crew[0] if told is None else told
        rows.append(_lead(company, ids, units[unit.code], leads[unit.code], is_deputy=False))
        deputy = company.by_key.get(DEPUTIES.get(unit.code, ""))
        if deputy is None and len(crew) > 25:
            deputy = crew[1]
        if deputy is not None:
            rows.append(_lead(company, ids, units[unit.code], deputy, is_deputy=True))
    add(UnitLead, rows)
    return leads


def _crew(company: Company, code: str) -> list[int]:
    """Return who works in a unit without an end in sight, longest first."""
    here = [
        n
        for n, one in enumerate(company.people)
        if one.last_day is None and one.stays[-1].unit == code
    ]
    return sorted(here, key=lambda n: company.people[n].stays[0].begins_on)


def _lead(
    company: Company, ids: Sequence[int], unit_id: int, place: int, *, is_deputy: bool
) -> dict[str, Any]:
    begun = company.people[place].stays[-1].begins_on
    return {
        "unit_id": unit_id,
        "person_id": ids[place],
        "is_deputy": is_deputy,
        "from_on": min(begun + 400 * _DAY, company.today - 60 * _DAY),
    }


def write_employments(
    company: Company, ids: Sequence[int], units: Mapping[str, int], leads: Mapping[str, int],
    chance: Random,
) -> dict[int, int]:  # fmt: skip
    """Write every employment and return the latest one of each place in the company."""
    rows, places = [], []
    for place, one in enumerate(company.people):
        for stay in one.stays:
            lead = leads.get(stay.unit)
            rows.append(
                {
                    "public_id": public_id(chance),
                    "person_id": ids[place],
                    "number": stay.number,
                    "title": stay.title,
                    "unit_id": units[stay.unit],
                    "workplace": stay.place,
                    "agreement_area": stay.agreement,
                    "kind": stay.kind,
                    "manager_id": ids[lead] if lead is not None and lead != place else None,
                    "begins_on": stay.begins_on,
                    "notice_on": stay.notice_on,
                    "ends_on": stay.ends_on,
                    "exit_ground": stay.ground,
                }
            )
            places.append(place)
    return dict(zip(places, write(Employment, rows), strict=True))


def write_work_addresses(company: Company, ids: Sequence[int], special: Mapping[int, str]) -> None:
    """Write the work address of everybody: proved while employed, released afterwards."""
    rows = []
    for place, one in enumerate(company.people):
        begun, last = one.stays[0].begins_on, one.last_day
        address = special.get(place, one.work_address)
        over = last is not None and last < company.today
        rows.append(
            {
                "person_id": ids[place],
                "kind": AddressKind.WORK,
                "address": address,
                "canonical": address,
                "verified_at": at(begun),
                "retired_at": at(last + _DAY, 2) if over and last else None,
                "created_at": at(begun),
            }
        )
    add(EmailAddress, rows)
