"""Who worked in the same unit at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.people.models import Employment, Person, Unit

#: More than this is not read to find the closest few.
_MOST = 2_000


@dataclass(frozen=True)
class Together:
    """A time that two people shared in one unit."""

    person_id: int
    public_id: str
    name: str
    unit: str
    begins_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.begins_on).days + 1


def _pairs(person_id: int) -> tuple[type[Employment], type[Employment], ColumnElement[bool]]:
    theirs, mine = aliased(Employment), aliased(Employment)
    shared = and_(
        mine.person_id == person_id,
        mine.unit_id == theirs.unit_id,
        or_(mine.ends_on.is_(None), theirs.begins_on <= mine.ends_on),
        or_(theirs.ends_on.is_(None), mine.begins_on <= theirs.ends_on),
    )
    return theirs, mine, shared


def overlapping(person_id: int) -> Select[int]:
    """Return the select of ids of people who shared a unit and a time with this person."""
    theirs, mine, shared = _pairs(person_id)
    return select(theirs.person_id).join(mine, shared).distinct()


def from_the_time_of(person_id: int) -> list[Together]:
    """Return members who shared a unit and a time with this person, the longest time first."""
    theirs, mine, shared = _pairs(person_id)
    rows = db.session.execute(
        select(
            theirs.person_id,
            Person.public_id,
            (Person.first_name + " " + Person.last_name).label("name"),
            Unit.name.label("unit"),
            theirs.begins_on,
            theirs.ends_on,
            mine.begins_on.label("my_begin"),
            mine.ends_on.label("my_end"),
        )
        .join(mine, shared)
        .join(Unit, Unit.id == theirs.unit_id)
        .join(Person, Person.id == theirs.person_id)
        .where(
            theirs.person_id != person_id,
            exists(
                agreeing(Purpose.MEMBERSHIP).where(StandingConsent.person_id == theirs.person_id)
            ),
        )
        .limit(_MOST)
    )
    today = clock.today()
    return _longest(
        Together(
            row.person_id,
            row.public_id,
            row.name,
            row.unit,
            max(row.begins_on, row.my_begin),
            min(row.ends_on or today, row.my_end or today),
        )
        for row in rows
    )


def _longest(times: Iterable[Together]) -> list[Together]:
    best: dict[int, Together] = {}
    for time in times:
        if time.person_id not in best or best[time.person_id].days < time.days:
            best[time.person_id] = time
    return sorted(best.values(), key=lambda time: (-time.days, time.person_id))
