"""The units that a file may name, by code and by name."""

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.records import StoredUnit
from alumni_portal.people.models import Person, Unit, UnitLead


class UnitBook:
    """All units by normalised code and name; where two share a name, the open one counts."""

    def __init__(self, kind: Kind) -> None:
        self.ids: dict[str, int] = {}
        self.keys: set[str] = set()
        self.stored: dict[str, StoredUnit] = {}
        #: Public id → row id.
        self.by_ref: dict[str, int] = {}
        leads = _leads() if kind is Kind.UNITS else {}
        parent = aliased(Unit)
        query = select(Unit, parent.name, parent.code).outerjoin(
            parent, parent.id == Unit.parent_id
        )
        for unit, above, code_above in db.session.execute(
            query.order_by(Unit.closed_on.is_not(None), Unit.id)
        ):
            self._note(unit, above or "", code_above or "", leads.get(unit.id, ({}, {})))

    def _note(
        self,
        unit: Unit,
        parent: str,
        parent_code: str,
        leads: tuple[dict[str, str], dict[str, str]],
    ) -> None:
        self.by_ref[unit.public_id] = unit.id
        row = StoredUnit(
            unit.public_id, unit.name, unit.code or "", parent, parent_code, unit.closed_on, *leads
        )
        for key in filter(None, (normalise(unit.code or ""), unit.search_name)):
            self.ids.setdefault(key, unit.id)
            self.stored.setdefault(key, row)
            self.keys.add(key)

    def add(self, unit: Unit) -> None:
        """Take in a unit that was just made."""
        for key in filter(None, (normalise(unit.code or ""), unit.search_name)):
            self.ids.setdefault(key, unit.id)


def _leads() -> dict[int, tuple[dict[str, str], dict[str, str]]]:
    """Return who leads each unit today, and who stands in: public id → name."""
    day = clock.today()
    query = (
        select(UnitLead.unit_id, UnitLead.is_deputy, Person)
        .join(Person, Person.id == UnitLead.person_id)
        .where(UnitLead.from_on <= day, or_(UnitLead.until_on.is_(None), UnitLead.until_on >= day))
    )
    found: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
    for unit_id, is_deputy, person in db.session.execute(query):
        leads = found.setdefault(unit_id, ({}, {}))
        leads[int(is_deputy)][person.public_id] = person.name
    return found
