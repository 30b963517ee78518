"""Reads about who is too near an interview to read it, whatever they were named as (I2)."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from alumni_portal.core.moments import this_day
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.people.models import Employment, UnitLead


def manages(person_id: int | None) -> ColumnElement[bool]:
    """Return the condition that somebody manages who said it: at the exit, or their unit now.

    Answers without a name are of a unit too: who leads it reads none of its texts.
    """
    leads = select(UnitLead.unit_id).where(
        UnitLead.person_id == person_id,
        UnitLead.from_on <= this_day(),
        or_(UnitLead.until_on.is_(None), UnitLead.until_on >= this_day()),
    )
    job = aliased(Employment)  # the query around this may join it too
    is_of_job = exists().where(
        job.id == Interview.employment_id,
        or_(job.manager_id == person_id, job.unit_id.in_(leads)),
    )
    return or_(is_of_job, and_(Interview.unit_id.is_not(None), Interview.unit_id.in_(leads)))
