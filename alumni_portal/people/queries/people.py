"""Reads about people, employments and units."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, page
from alumni_portal.core.text import clean_line, words
from alumni_portal.people.models import (
    EmailAddress,
    Employment,
    Person,
    Unit,
    UnitVersion,
    name_keys,
)
from alumni_portal.people.rules import AddressKind, BadAddress, canonical_address


@dataclass(frozen=True)
class Period:
    """One employment on a person's timeline, with the unit's name as it was then."""

    public_id: str
    title: str
    unit: str
    workplace: str
    begins_on: date
    ends_on: date | None


def person(public_id: str) -> Person | None:
    """Return a person with employments, units and addresses loaded."""
    return db.session.scalar(_whole(select(Person).where(Person.public_id == public_id)))


def person_by_id(person_id: int) -> Person | None:
    """Return a person with employments, units and addresses loaded."""
    return db.session.scalar(_whole(select(Person).where(Person.id == person_id)))


def person_and_times(person_id: int) -> Person | None:
    """Return a person with employments and units loaded, addresses not."""
    query = select(Person).where(Person.id == person_id)
    times = selectinload(Person.employments).joinedload(Employment.unit)
    return db.session.scalar(query.options(times))


def _whole(query: Select[Person]) -> Select[Person]:
    return query.options(
        selectinload(Person.employments).joinedload(Employment.unit),
        selectinload(Person.addresses),
    )


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """Return the names of people by id."""
    rows = db.session.execute(
        select(Person.id, Person.first_name, Person.last_name).where(Person.id.in_(person_ids))
    )
    return {row.id: f"{row.first_name} {row.last_name}".strip() for row in rows}


def address_of(person_id: int, kind: AddressKind, *, proved: bool = True) -> EmailAddress | None:
    """Return a person's address of one kind that is theirs now, the newest first."""
    query = select(EmailAddress).where(
        EmailAddress.person_id == person_id,
        EmailAddress.kind == kind,
        EmailAddress.retired_at.is_(None),
    )
    if proved:
        query = query.where(EmailAddress.verified_at.is_not(None))
    return db.session.scalar(query.order_by(EmailAddress.id.desc()).limit(1))


def newest_private_address() -> ScalarSelect[int]:
    """Return, for a query of people, the id of each one's proved private address: the newest."""
    own = aliased(EmailAddress)
    return (
        select(func.max(own.id))
        .where(
            own.person_id == Person.id,
            own.kind == AddressKind.PRIVATE,
            own.verified_at.is_not(None),
            own.retired_at.is_(None),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def owner_of(canonical: str) -> EmailAddress | None:
    """Return the proved address in this canonical form, with its person."""
    return db.session.scalar(
        select(EmailAddress)
        .where(
            EmailAddress.canonical == canonical,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
        )
        .options(joinedload(EmailAddress.person))
    )


def owners_of_typed(typed: str) -> list[Person]:
    """Return the people who have or had the typed address, whatever its state: HR looks closer."""
    try:
        canonical = canonical_address(typed)
    except BadAddress:
        return []
    owned = select(EmailAddress.person_id).where(EmailAddress.canonical == canonical)
    query = _whole(select(Person).where(Person.id.in_(owned)))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id).limit(5)))


def running_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that an employment runs on a day; the last day counts."""
    return and_(
        Employment.begins_on <= day, or_(Employment.ends_on.is_(None), Employment.ends_on >= day)
    )


def leavers(*, on: date | None = None) -> Select[int]:
    """Return the query of ids of people who have worked here and do not on a day (today)."""
    employed = select(Employment.person_id).where(running_on(on or clock.today()))
    return select(Employment.person_id).where(Employment.person_id.not_in(employed))


def is_employed(person_id: int, *, on: date | None = None) -> bool:
    """Say whether a person is employed on a day (today)."""
    day = on or clock.today()
    query = select(exists().where(Employment.person_id == person_id, running_on(day)))
    return bool(db.session.scalar(query))


def timeline(person_id: int) -> list[Period]:
    """Return all employments of a person, first to last, units named as they were at the end."""
    return timelines([person_id]).get(person_id, [])


def timelines(person_ids: Collection[int]) -> dict[int, list[Period]]:
    """Return the timelines of many people by id, in two statements."""
    employments = db.session.scalars(
        select(Employment)
        .where(Employment.person_id.in_(person_ids))
        .options(joinedload(Employment.unit))
        .order_by(Employment.begins_on)
    ).all()
    found: dict[int, list[Period]] = {}
    for one, period in zip(employments, timeline_of(employments), strict=True):
        found.setdefault(one.person_id, []).append(period)
    return found


def timeline_of(employments: Sequence[Employment]) -> list[Period]:
    """Return employments that are loaded with their units as periods, as `timeline` does."""
    names = _unit_names_then([(one.unit_id, one.ends_on) for one in employments])
    return [
        Period(
            one.public_id,
            one.title,
            names.get((one.unit_id, one.ends_on), one.unit.name if one.unit else ""),
            one.workplace,
            one.begins_on,
            one.ends_on,
        )
        for one in employments
    ]


def _unit_names_then(wanted: Iterable[tuple[int | None, date | None]]) -> dict[object, str]:
    pairs = [(unit_id, day) for unit_id, day in wanted if unit_id is not None and day is not None]
    if not pairs:
        return {}
    versions = db.session.scalars(
        select(UnitVersion)
        .where(UnitVersion.unit_id.in_({unit_id for unit_id, _day in pairs}))
        .order_by(UnitVersion.valid_from)
    ).all()
    return {
        (unit_id, day): version.name
        for unit_id, day in pairs
        for version in versions
        if version.unit_id == unit_id and version.valid_from <= day
    }


def find_people(text: str, *, limit: int = 20) -> list[Person]:
    """Return people whose name has all the typed beginnings of words, or this employee number."""
    found = _found_by(text)
    if found is None:
        return []
    query = _whole(select(Person).where(found))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id).limit(limit)))


def _found_by(text: str) -> ColumnElement[bool] | None:
    by_name = is_named(text)
    if by_name is None:
        return None
    return by_name | exists().where(
        Employment.person_id == Person.id, Employment.number == text.strip()
    )


def is_named(text: str) -> ColumnElement[bool] | None:
    """Return the condition that a person's name has all these beginnings of words; none without."""
    parts = words(text)
    if not parts:
        return None
    return and_(
        *(
            or_(
                Person.search_name.startswith(part, autoescape=True),
                Person.search_name.contains(" " + part, autoescape=True),
            )
            for part in parts
        )
    )


def people_page(
    text: str = "", *, unit: Unit | None = None, after: str | None = None, before: str | None = None
) -> Page[Person]:
    """Return one page of people in Swedish order: found by a text, or working in a unit today."""
    query = _whole(select(Person))
    found = _found_by(text)
    if found is not None:
        query = query.where(found)
    if unit is not None:
        inside = and_(Employment.unit_id == unit.id, running_on(clock.today()))
        query = query.where(exists().where(Employment.person_id == Person.id, inside))
    found_page = page(
        query,
        [Person.sort_key, Person.id],
        lambda row: [row.Person.sort_key, row.Person.id],
        after=after,
        before=before,
    )
    return Page([row.Person for row in found_page.rows], found_page.next, found_page.previous)


def namesakes(first_name: str, last_name: str) -> list[Person]:
    """Return the people who have this very name, accents and case aside."""
    _sort_key, name = name_keys(clean_line(first_name), clean_line(last_name))
    query = _whole(select(Person).where(Person.search_name == name))
    return list(db.session.scalars(query.order_by(Person.id).limit(10)))


def person_by_number(number: str) -> Person | None:
    """Return whom an employee number belongs to now or belonged to last."""
    return db.session.scalar(
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.number == number.strip())
        .order_by(Employment.begins_on.desc())
        .limit(1)
    )
