"""Take away the units that an import made and that nobody needs."""

from sqlalchemy import delete, select

from alumni_portal.core.db import db
from alumni_portal.people.models import Unit, UnitVersion
from alumni_portal.people.services.references import pointing_at


def drop_units(ref: str) -> int:
    """Delete the units of an import that nothing points at, lowest first; return how many stay."""
    left = set(db.session.scalars(select(Unit.id).where(Unit.batch == ref)))
    while free := left - _in_use(left):
        db.session.execute(delete(UnitVersion).where(UnitVersion.unit_id.in_(free)))
        db.session.execute(delete(Unit).where(Unit.id.in_(free)))
        left -= free
    return len(left)


def _in_use(unit_ids: set[int]) -> set[int]:
    used: set[int] = set()
    for table, column in pointing_at(Unit):
        query = select(column).where(column.in_(unit_ids)).distinct()
        if table is UnitVersion.__table__:
            if column.name == "unit_id":
                continue
            query = query.where(table.c.unit_id.is_distinct_from(column))
        used.update(db.session.scalars(query))
    return used
