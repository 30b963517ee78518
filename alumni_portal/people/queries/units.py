"""Reads about units and who leads them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.people.models import Employment, Person, Unit, UnitLead, UnitVersion
from alumni_portal.people.queries.people import running_on


@dataclass(frozen=True)
class UnitRow:
    """One unit in the tree: how deep it stands, who leads it, how many work there today."""

    unit: Unit
    depth: int
    leads: tuple[str, ...]
    lead_ids: tuple[int, ...]
    employed: int


def open_units(*, on: date | None = None) -> list[Unit]:
    """Return the units that are open on a day (today), by name."""
    day = on or clock.today()
    return list(
        db.session.scalars(
            select(Unit)
            .where(Unit.opened_on <= day, or_(Unit.closed_on.is_(None), Unit.closed_on >= day))
            .order_by(Unit.search_name, Unit.id)
        )
    )


def unit(public_id: str) -> Unit | None:
    """Return the unit with this public id."""
    return db.session.scalar(select(Unit).where(Unit.public_id == public_id))


def units_led_by(person_id: int, *, on: date | None = None) -> set[int]:
    """Return the ids of units that a person leads or stands in for, with all units below them."""
    day = on or clock.today()
    top = (
        select(UnitLead.unit_id.label("id"))
        .where(
            UnitLead.person_id == person_id,
            UnitLead.from_on <= day,
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day),
        )
        .cte("led", recursive=True)
    )
    below = aliased(Unit)
    led = top.union(select(below.id).where(below.parent_id == top.c.id))
    return set(db.session.scalars(select(led.c.id)))


def leads_of(unit_id: int, *, on: date | None = None) -> list[tuple[Person, bool]]:
    """Return who leads a unit on a day: (person, is deputy), leads first."""
    day = on or clock.today()
    rows = db.session.execute(
        select(Person, UnitLead.is_deputy)
        .join(UnitLead, UnitLead.person_id == Person.id)
        .where(
            UnitLead.unit_id == unit_id,
            UnitLead.from_on <= day,
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day),
        )
        .order_by(UnitLead.is_deputy, Person.sort_key)
    )
    return [(who, is_deputy) for who, is_deputy in rows]


def count_employed(unit_id: int, *, on: date | None = None) -> int:
    """Return how many work in a unit on a day, units below not counted."""
    day = on or clock.today()
    query = (
        select(func.count())
        .select_from(Employment)
        .where(Employment.unit_id == unit_id, running_on(day))
    )
    return db.session.scalar(query) or 0


def unit_tree() -> list[UnitRow]:
    """Return all units as they stand today, each below its parent, closed ones in their place."""
    units = list(db.session.scalars(select(Unit).order_by(Unit.search_name, Unit.id)))
    leads, employed = _leads_today(), _employed_today()
    below: dict[int | None, list[Unit]] = {}
    for one in units:
        below.setdefault(one.parent_id, []).append(one)
    rows: list[UnitRow] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for one in below.get(parent_id, ()):
            who = leads.get(one.id, [])
            names, ids = tuple(lead.name for lead in who), tuple(lead.id for lead in who)
            rows.append(UnitRow(one, depth, names, ids, employed.get(one.id, 0)))
            walk(one.id, depth + 1)

    walk(None, 0)
    return rows


def _leads_today() -> dict[int, list[Person]]:
    day = clock.today()
    found: dict[int, list[Person]] = {}
    for unit_id, who in db.session.execute(
        select(UnitLead.unit_id, Person)
        .join(Person, Person.id == UnitLead.person_id)
        .where(
            UnitLead.from_on <= day,
            UnitLead.is_deputy.is_(False),
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day),
        )
    ):
        found.setdefault(unit_id, []).append(who)
    return found


def _employed_today() -> dict[int, int]:
    rows = db.session.execute(
        select(Employment.unit_id, func.count())
        .where(Employment.unit_id.is_not(None), running_on(clock.today()))
        .group_by(Employment.unit_id)
    )
    return {unit_id: number for unit_id, number in rows if unit_id is not None}


def unit_history(unit_id: int) -> list[tuple[UnitVersion, str]]:
    """Return what a unit was called and under which it stood, latest first."""
    above = aliased(Unit)
    rows = db.session.execute(
        select(UnitVersion, above.name)
        .outerjoin(above, above.id == UnitVersion.parent_id)
        .where(UnitVersion.unit_id == unit_id)
        .order_by(UnitVersion.valid_from.desc())
    )
    return [(version, name or "") for version, name in rows]


def unit_by_id(unit_id: int | None) -> Unit | None:
    """Return the unit with this row id."""
    return db.session.get(Unit, unit_id) if unit_id else None


def all_leads_of(unit_id: int) -> list[tuple[UnitLead, Person]]:
    """Return who leads, led or will lead a unit, latest first."""
    rows = db.session.execute(
        select(UnitLead, Person)
        .join(Person, Person.id == UnitLead.person_id)
        .where(UnitLead.unit_id == unit_id)
        .order_by(UnitLead.from_on.desc(), UnitLead.id.desc())
    )
    return [(lead, who) for lead, who in rows]


def standing_lead(unit_id: int, person_public_id: str) -> UnitLead | None:
    """Return the lead of a unit that a person holds and whose end is not set."""
    return db.session.scalar(
        select(UnitLead)
        .join(Person, Person.id == UnitLead.person_id)
        .where(
            UnitLead.unit_id == unit_id,
            Person.public_id == person_public_id,
            UnitLead.until_on.is_(None),
        )
        .order_by(UnitLead.id.desc())
        .limit(1)
    )


def leads_held_by(person_id: int) -> list[tuple[UnitLead, Unit]]:
    """Return which units a person leads or led, latest first."""
    rows = db.session.execute(
        select(UnitLead, Unit)
        .join(Unit, Unit.id == UnitLead.unit_id)
        .where(UnitLead.person_id == person_id)
        .order_by(UnitLead.from_on.desc())
    )
    return [(lead, where) for lead, where in rows]
