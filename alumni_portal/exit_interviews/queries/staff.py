"""Reads about who at HR can read or hold an interview."""

from sqlalchemy import select

from alumni_portal.accounts.queries import holders_of
from alumni_portal.core import clock
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews.models import Seat, UsualReader
from alumni_portal.people.models import Employment, Person
from alumni_portal.people.queries import leads_of, running_on


def manager_of(employment: Employment) -> Person | None:
    """Return the nearest manager at an employment, or who leads its unit."""
    if employment.manager_id is not None:
        return db.session.get(Person, employment.manager_id)
    leads = leads_of(employment.unit_id) if employment.unit_id else []
    return next((who for who, _deputy in leads if who.id != employment.person_id), None)


def neutral(
    employment: Employment, *, roles: tuple[Role, ...] = (Role.HR, Role.HR_LEAD)
) -> list[Person]:
    """Return who may read or hold without being near: not the leaver's team, not the manager.

    HR staff who leave are so read by others than their own team.
    """
    found = {who.id: who for role in roles for who in holders_of(role)}
    too_near = near(employment)
    return [who for who in found.values() if who.id not in too_near]


@once_per_page
def near(employment: Employment) -> set[int | None]:
    """Return the leaver, the managers over the unit, and who works in it now."""
    found = {employment.person_id, employment.manager_id}
    if employment.unit_id is not None:
        found |= {who.id for who, _deputy in leads_of(employment.unit_id)}
        found |= set(
            db.session.scalars(
                select(Employment.person_id).where(
                    Employment.unit_id == employment.unit_id, running_on(clock.today())
                )
            )
        )
    return found


def is_manager_of(person_id: int | None, employment: Employment) -> bool:
    """Say whether somebody is the nearest manager at an employment, or leads its unit."""
    leads = leads_of(employment.unit_id) if employment.unit_id else []
    return person_id in {employment.manager_id, *(who.id for who, _deputy in leads)}


def at_hr() -> list[Person]:
    """Return who works at HR, by name: whom HR lead can choose from."""
    found = {who.id: who for role in (Role.HR, Role.HR_LEAD) for who in holders_of(role)}
    return sorted(found.values(), key=lambda who: who.sort_key)


def usual_readers() -> set[tuple[int, Seat]]:
    """Return who reads and codes by HR lead's choice."""
    rows = db.session.execute(select(UsualReader.person_id, UsualReader.seat))
    return {(person_id, seat) for person_id, seat in rows}


def interviewers(employment: Employment) -> list[Person]:
    """Return the neutral people who can hold a talk, trained interviewers first."""
    return neutral(employment, roles=(Role.INTERVIEWER, Role.HR, Role.HR_LEAD))
