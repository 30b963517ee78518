"""What the columns hold of candidates, read from the database: everybody, or some after a change.

Three statements whatever the number of people. What somebody does not show to recruiters is not
read into the columns, so it can be neither counted nor scored.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.network.models import Audience, PersonSkill, Profile, SearchDoc, Skill
from alumni_portal.people.models import Employment, Person, Unit
from alumni_portal.rehire.models import Interest
from alumni_portal.rehire.rules import FINDABLE

#: A statement names at most so many people.
_AT_ONCE = 5_000
FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass
class Candidate:
    """One person as the columns hold them; who cannot be found has no level."""

    person_id: int
    sort_key: str
    level: str
    answered: int
    #: The moment from which the clock alone says that they cannot be found.
    ends: int
    city: tuple[str, str] | None
    titles: list[str] = field(default_factory=list)
    unit_ids: list[int] = field(default_factory=list)
    skill_ids: list[int] = field(default_factory=list)
    left_year: int = 0
    days_here: int = 0


@dataclass(frozen=True)
class UnitRow:
    """A unit and those above it that are no root: a search for one finds who worked below it."""

    unit_id: int
    public_id: str
    name: str
    with_above: tuple[int, ...]


def candidates(person_ids: Sequence[int] | None = None) -> Iterator[Candidate]:
    """Yield who may be found, ascending by id: all of them, or those of these people."""
    if person_ids is None:
        yield from _read(None)
        return
    for at in range(0, len(person_ids), _AT_ONCE):
        yield from _read(person_ids[at : at + _AT_ONCE])


def _read(ids: Collection[int] | None) -> list[Candidate]:
    rows = db.session.execute(_people(ids)).all()
    found = {row.id: _candidate(row) for row in rows}
    hidden_roles = {row.id for row in rows if row.roles_for is not Audience.RECRUITERS}
    shows_skills = {row.id for row in rows if row.skills_for is Audience.RECRUITERS}
    for job in db.session.execute(_jobs(ids)):
        if job.person_id in found:
            _add_job(found[job.person_id], job, hides_title=job.person_id in hidden_roles)
    for person_id, skill_id in db.session.execute(_skills(ids)):
        if person_id in shows_skills:
            found[person_id].skill_ids.append(skill_id)
    return list(found.values())


def _people(ids: Collection[int] | None) -> Select[Any]:
    member, contact = aliased(StandingConsent), aliased(StandingConsent)
    query: Any = (
        select(
            Person.id,
            Person.sort_key,
            member.until.label("member_until"),
            contact.until.label("contact_until"),
            Interest.level,
            Interest.answered_at,
            Interest.expires_at,
            Profile.city,
            Profile.city_key,
            Profile.city_for,
            Profile.roles_for,
            Profile.skills_for,
        )
        .join(SearchDoc, SearchDoc.person_id == Person.id)
        .join(member, _consent(member, Purpose.MEMBERSHIP))
        .join(contact, _consent(contact, Purpose.RECRUITER_CONTACT))
        .join(Interest, Interest.person_id == Person.id)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(Interest.level.in_(FINDABLE), Person.died_on.is_(None))
        .order_by(Person.id)
    )
    found: Select[Any] = query if ids is None else query.where(Person.id.in_(ids))
    return found


def _consent(row: type[StandingConsent], purpose: Purpose) -> ColumnElement[bool]:
    return and_(row.person_id == Person.id, row.purpose == purpose)


def _candidate(row: Any) -> Candidate:  # noqa: ANN401 - a row of `_people`
    limits = [row.member_until, row.contact_until, row.expires_at]
    ends = min(one for one in limits if one is not None)
    shows_city = row.city_for is Audience.RECRUITERS and row.city_key
    return Candidate(
        row.id,
        row.sort_key,
        str(row.level),
        int(row.answered_at.timestamp()),
        int(ends.timestamp()),
        (row.city_key, row.city) if shows_city else None,
    )


def _jobs(ids: Collection[int] | None) -> Select[Any]:
    job = Employment
    query: Any = select(job.person_id, job.title, job.unit_id, job.begins_on, job.ends_on)
    of = select(SearchDoc.person_id) if ids is None else ids
    query = query.where(job.person_id.in_(of))
    found: Select[Any] = query.order_by(job.person_id, job.begins_on.desc(), job.id)
    return found


def _add_job(one: Candidate, job: Any, *, hides_title: bool) -> None:  # noqa: ANN401 - a row of `_jobs`
    today = clock.today()
    if job.ends_on is None or job.ends_on >= today:
        first = datetime.combine(max(job.begins_on, date(1900, 1, 1)), time(), clock.HOME)
        one.ends = min(one.ends, int(first.timestamp()))
        return
    if job.title and not hides_title and job.title not in one.titles:
        one.titles.append(job.title)
    if job.unit_id and job.unit_id not in one.unit_ids:
        one.unit_ids.append(job.unit_id)
    one.left_year = max(one.left_year, job.ends_on.year)
    one.days_here += (job.ends_on - job.begins_on).days + 1


def _skills(ids: Collection[int] | None) -> Select[Any]:
    one = PersonSkill
    of = select(SearchDoc.person_id) if ids is None else ids
    query: Any = select(one.person_id, one.skill_id).where(one.person_id.in_(of))
    found: Select[Any] = query.order_by(one.person_id, one.place, one.skill_id)
    return found


def units() -> list[UnitRow]:
    """Return all units with those above them."""
    rows = db.session.execute(select(Unit.id, Unit.public_id, Unit.name, Unit.parent_id)).all()
    parents = {row.id: row.parent_id for row in rows}
    return [UnitRow(r.id, r.public_id, r.name, tuple(_with_above(r.id, parents))) for r in rows]


def _with_above(unit_id: int, parents: dict[int, int | None]) -> Iterator[int]:
    """Yield a unit and those above it, the root left out: everybody worked there."""
    yield unit_id
    seen, above = {unit_id}, parents.get(unit_id)
    while above is not None and parents.get(above) is not None and above not in seen:
        yield above
        seen.add(above)
        above = parents.get(above)


def skill_names(skill_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return key and name of skills by row id."""
    wanted = sorted(set(skill_ids))
    found: dict[int, tuple[str, str]] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = Skill.id.in_(wanted[at : at + _AT_ONCE])
        rows = db.session.execute(select(Skill.id, Skill.key, Skill.name).where(some))
        found.update({row.id: (row.key, row.name) for row in rows})
    return found
