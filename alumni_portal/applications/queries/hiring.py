"""What the last step asks: seats, the number that returns with the person, who leads."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from alumni_portal.applications.models import Application
from alumni_portal.applications.rules import Stage
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.people.models import Employment, Person, Unit, UnitLead


@dataclass(frozen=True)
class Lead:
    """Somebody who leads a unit today."""

    id: int
    public_id: str
    name: str
    unit: str


def hired_for(opening_id: int) -> int:
    """Return how many were hired for an opening."""
    query = select(func.count()).where(
        Application.opening_id == opening_id, Application.stage == Stage.HIRED
    )
    return db.session.scalar(query) or 0


def last_number(person_id: int) -> str:
    """Return the employee number of a person's latest employment."""
    query = select(Employment.number).where(Employment.person_id == person_id)
    return db.session.scalar(query.order_by(Employment.begins_on.desc()).limit(1)) or ""


def leads() -> list[Lead]:
    """Return who leads a unit today, by name."""
    today = clock.today()
    rows = db.session.execute(
        select(
            Person.id,
            Person.public_id,
            Person.first_name,
            Person.last_name,
            Unit.name.label("unit"),
        )
        .join(UnitLead, UnitLead.person_id == Person.id)
        .join(Unit, Unit.id == UnitLead.unit_id)
        .where(
            UnitLead.is_deputy.is_(False),
            UnitLead.from_on <= today,
            or_(UnitLead.until_on.is_(None), UnitLead.until_on >= today),
        )
        .order_by(Person.sort_key, Unit.search_name)
    )
    found: dict[int, Lead] = {}
    for row in rows:
        name = f"{row.first_name} {row.last_name}".strip()
        found.setdefault(row.id, Lead(row.id, row.public_id, name, row.unit))
    return list(found.values())
