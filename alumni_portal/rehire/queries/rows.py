"""The candidates on one page, as they show themselves to recruiters at this very moment.

Core, not the mapper: three statements of plain rows. Consent, membership, employment, death and the
age of the answer are asked for in the statement that fetches the names, so whoever has changed
their mind since the columns were filled is not shown (S24).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, select

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_day
from alumni_portal.network.models import Audience, PersonSkill, Profile, Since, Skill
from alumni_portal.people.models import Employment, Person
from alumni_portal.rehire.models import Interest
from alumni_portal.rehire.queries.columns import Columns
from alumni_portal.rehire.queries.interest import is_answer_findable
from alumni_portal.rehire.rules import FRESH, Known, Level, Reason, Role, Shown, Sought, reasons
from alumni_portal.rehire.rules import total as sum_of

#: Whom the statements here are about; they are built once and asked with other people.
IDS: BindParameter[Any] = bindparam("ids", expanding=True)


@dataclass(frozen=True)
class Job:
    """One employment here, without what is not shown."""

    begins_on: date
    ends_on: date | None
    title: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One candidate as a recruiter sees them, and why."""

    person_id: int
    public_id: str
    name: str
    headline: str
    work: Sequence[str]
    jobs: Sequence[Job]
    level: Level
    answered_at: datetime
    skills: Sequence[tuple[str, bool]]
    reasons: Sequence[Reason]

    @property
    def points(self) -> int:
        """Return the sum of the reasons."""
        return sum_of(self.reasons)


def hits(columns: Columns, person_ids: Sequence[int], sought: Sought) -> list[Hit]:
    """Return those of these people who may be found now, in the order given."""
    rows = {row.id: row for row in db.session.execute(findable_rows(), {"ids": list(person_ids)})}
    if not rows:
        return []
    jobs, skills = _jobs(rows), _skills(rows)
    return [
        _hit(columns, rows[i], jobs.get(i, []), skills.get(i, []), sought)
        for i in person_ids
        if i in rows
    ]


@cache
def findable_rows() -> Select[Any]:
    """Return the select of who of `ids` may be found when it is asked, with what they show."""
    consent = agreeing(Purpose.RECRUITER_CONTACT)
    profile = [column for column in Profile.__table__.columns if column.name != "person_id"]
    query: Select[Any] = (
        select(
            Person.id,
            Person.public_id,
            Person.first_name,
            Person.last_name,
            Interest.level,
            Interest.answered_at,
            *profile,
        )
        .join(Interest, Interest.person_id == Person.id)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(
            Person.id.in_(IDS),
            is_answer_findable(),
            exists(consent.where(StandingConsent.person_id == Person.id)),
        )
    )
    return query


@cache
def _asked_jobs() -> Select[int, str, int | None, date, date | None]:
    job = Employment
    return (
        select(job.person_id, job.title, job.unit_id, job.begins_on, job.ends_on)
        .where(job.person_id.in_(IDS), job.begins_on <= this_day())
        .order_by(job.begins_on.desc(), job.id)
    )


def _jobs(person_ids: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(_asked_jobs(), {"ids": list(person_ids)}):
        found.setdefault(row.person_id, []).append(row)
    return found


@cache
def _asked_skills() -> Select[int, int, Since, str]:
    return (
        select(PersonSkill.person_id, PersonSkill.skill_id, PersonSkill.since, Skill.name)
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .where(PersonSkill.person_id.in_(IDS))
        .order_by(PersonSkill.place, PersonSkill.skill_id)
    )


def _skills(person_ids: Collection[int]) -> dict[int, list[Known]]:
    found: dict[int, list[Known]] = {}
    for row in db.session.execute(_asked_skills(), {"ids": list(person_ids)}):
        known = Known(row.skill_id, row.name, row.since is Since.SINCE_LEFT)
        found.setdefault(row.person_id, []).append(known)
    return found


def _hit(
    columns: Columns,
    row: Any,  # noqa: ANN401 - a row of `findable_rows`
    jobs: Sequence[Any],
    skills: Sequence[Known],
    sought: Sought,
) -> Hit:
    shown = shown_of(columns, row, jobs, skills)
    works = _is_open(row.work_for)
    return Hit(
        person_id=row.id,
        public_id=row.public_id,
        name=f"{row.first_name} {row.last_name}".strip(),
        headline=row.headline if _is_open(row.headline_for) else "",
        work=[
            word
            for word in (
                row.now_title if works else "",
                row.now_employer if works else "",
                shown.city,
            )
            if word
        ],
        jobs=[_job(columns, one, shows_title=_is_open(row.roles_for)) for one in reversed(jobs)],
        level=row.level,
        answered_at=row.answered_at,
        skills=[(one.name, sought.skills.get(one.skill_id, 0) > 0) for one in shown.skills],
        reasons=reasons(shown, sought),
    )


def _is_open(audience: Audience | None) -> bool:
    return audience is Audience.RECRUITERS


def _job(columns: Columns, row: Any, *, shows_title: bool) -> Job:  # noqa: ANN401 - a row of `_jobs`
    units = columns.units_of([row.unit_id] if row.unit_id else [])
    unit = next(iter(units.values()), "")
    return Job(row.begins_on, row.ends_on, row.title if shows_title else "", unit)


def shown_of(
    columns: Columns,
    row: Any,  # noqa: ANN401 - a row of `findable_rows`
    jobs: Sequence[Any],
    skills: Sequence[Known],
) -> Shown:
    """Return what can give points, of a person whose jobs are given latest first."""
    shows_city = _is_open(row.city_for) and row.city_key
    return Shown(
        roles=_roles(jobs) if _is_open(row.roles_for) else [],
        skills=skills if _is_open(row.skills_for) else [],
        units=columns.units_of([one.unit_id for one in jobs if one.unit_id]),
        city=row.city if shows_city else "",
        city_key=row.city_key if shows_city else "",
        level=row.level,
        answer_is_old=row.answered_at < clock.now() - FRESH,
    )


def _roles(jobs: Sequence[Any]) -> list[Role]:
    return [Role(one.title, _years(one.begins_on, one.ends_on)) for one in jobs if one.title]


def _years(begins: date, ends: date | None) -> str:
    last = (ends or clock.today()).year
    return str(last) if begins.year == last else f"{begins.year}–{last}"


def own_shown(columns: Columns, person_id: int) -> Shown | None:
    """Return what a person shows to recruiters now; nothing for who cannot be found."""
    row = db.session.execute(findable_rows(), {"ids": [person_id]}).first()
    if row is None:
        return None
    jobs, skills = _jobs([person_id]), _skills([person_id])
    return shown_of(columns, row, jobs.get(person_id, []), skills.get(person_id, []))
