"""Reads for the staff start page: what is under way, in few statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from alumni_portal.accounts.models import Account
from alumni_portal.bounces import queries as bounces
from alumni_portal.consents import queries as consents
from alumni_portal.consents.models import Act, ConsentEntry, Purpose, StandingConsent
from alumni_portal.core import clock
from alumni_portal.core.access_log import Access, AccessSubject, Seen, seen_in
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.offboarding.models import (
    UNFINISHED,
    Case,
    CaseKind,
    CaseState,
    ImportBatch,
    ImportMatch,
    MatchState,
)
from alumni_portal.people.models import (
    AddressKind,
    EmailAddress,
    Employment,
    Person,
    Unit,
    UnitLead,
)
from alumni_portal.people.queries import running_on

LATELY = timedelta(days=30)


def latest_looks(person_id: int, *, limit: int = 3) -> tuple[int, list[tuple[str, Seen]]]:
    """Return how many looks at a person are on record, and the latest with the name of who looked.

    The name is empty for an account that is gone. One statement, since the home page gathers much.
    """
    rows = db.session.execute(
        select(Access, Person.first_name, Person.last_name, func.count().over().label("times"))
        .join(AccessSubject, AccessSubject.access_id == Access.id)
        .outerjoin(Account, Account.public_id == Access.actor)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(AccessSubject.person_id == person_id)
        .order_by(Access.id.desc())
        .limit(limit)
    ).all()
    looks = [
        (f"{row.first_name or ''} {row.last_name or ''}".strip(), seen_in(row.Access))
        for row in rows
    ]
    return (rows[0].times if rows else 0), looks


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Somebody whose last day is near."""

    case: str
    person_id: int
    ref: str
    name: str
    title: str
    unit: str
    last_day: date


def leaving(visible: ColumnElement[bool], *, until: date) -> list[Leaving]:
    """Return whose last day is from today until a day, among the cases that one may know of."""
    rows = db.session.execute(
        select(
            Case.public_id,
            Case.person_id,
            Person.public_id.label("ref"),
            Person.first_name,
            Person.last_name,
            Employment.title,
            Unit.name,
            Case.last_day,
        )
        .join(Person, Person.id == Case.person_id)
        .join(Employment, Employment.id == Case.employment_id)
        .outerjoin(Unit, Unit.id == Employment.unit_id)
        .where(visible, *_under_way(), Case.last_day.between(clock.today(), until))
        .order_by(Case.last_day, Person.sort_key)
    )
    return [_leaving(row) for row in rows]


def _leaving(row: Any) -> Leaving:  # noqa: ANN401 - a row of columns
    return Leaving(
        case=row.public_id,
        person_id=row.person_id,
        ref=row.ref,
        name=f"{row.first_name} {row.last_name}".strip(),
        title=row.title,
        unit=row.name or "",
        last_day=row.last_day,
    )


def _under_way() -> tuple[ColumnElement[bool], ...]:
    return Case.state == CaseState.OPEN, Case.kind != CaseKind.DEATH


def without_private_address(visible: ColumnElement[bool], *, until: date) -> int:
    """Return how many leave by a day and cannot be reached at a proved private address."""
    proved = exists().where(
        EmailAddress.person_id == Case.person_id,
        EmailAddress.kind == AddressKind.PRIVATE,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.retired_at.is_(None),
    )
    query = select(func.count()).select_from(Case)
    query = query.where(visible, *_under_way(), Case.last_day <= until, ~proved)
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Loose:
    """Loose ends in the register of people and units, and in the mail that comes back."""

    units_without_lead: int
    matches: int
    imports: int
    unreachable: int
    unread: int


def loose_ends(actor_ref: str) -> Loose:
    """Return how many units lack a lead, rows look like somebody known, files lie half imported.

    And how many addresses nobody reads, and how many returned mails no machine understood.
    """
    row = db.session.execute(
        select(
            _units_without_lead().scalar_subquery(),
            select(func.count()).where(ImportMatch.state == MatchState.OPEN).scalar_subquery(),
            select(func.count())
            .where(ImportBatch.state.in_(UNFINISHED), ImportBatch.actor == actor_ref)
            .scalar_subquery(),
            bounces.count_unreachable().scalar_subquery(),
            bounces.count_unread().scalar_subquery(),
        )
    ).one()
    return Loose(*row)


def _units_without_lead() -> Select[int]:
    today = clock.today()
    led = exists().where(
        UnitLead.unit_id == Unit.id,
        UnitLead.is_deputy.is_(False),
        UnitLead.from_on <= today,
        or_(UnitLead.until_on.is_(None), UnitLead.until_on >= today),
    )
    peopled = exists().where(Employment.unit_id == Unit.id, running_on(today))
    is_open = or_(Unit.closed_on.is_(None), Unit.closed_on > today)
    return select(func.count()).select_from(Unit).where(is_open, peopled, ~led)


def members() -> int:
    """Return how many are members of the network now."""
    query = select(func.count()).select_from(consents.agreeing(Purpose.MEMBERSHIP).subquery())
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Network:
    """How many agree to each purpose, and what became of memberships in a month."""

    agreed: dict[Purpose, int]
    said: dict[Act, int]


def network() -> Network:
    """Return how the network stands."""
    unended = or_(StandingConsent.until.is_(None), StandingConsent.until > clock.now())
    standing = (
        select(literal("agreed"), cast(StandingConsent.purpose, String), func.count())
        .where(unended)
        .group_by(StandingConsent.purpose)
    )
    lately = (
        select(literal("said"), cast(ConsentEntry.act, String), func.count())
        .where(ConsentEntry.purpose == Purpose.MEMBERSHIP, ConsentEntry.at >= clock.now() - LATELY)
        .group_by(ConsentEntry.act)
    )
    found = Network({}, {})
    for kind, value, number in db.session.execute(union_all(standing, lately)):
        if kind == "agreed":
            found.agreed[Purpose(value)] = number
        else:
            found.said[Act(value)] = number
    return found


@dataclass(frozen=True)
class Group:
    """How many members last worked in a unit."""

    unit: str
    name: str
    number: int


def members_by_unit(purpose: Purpose, *, limit: int = 6) -> list[Group]:
    """Return from where those come who agree to a purpose, the largest units first."""
    job, later = aliased(Employment), aliased(Employment)
    is_followed = exists().where(later.person_id == job.person_id, later.begins_on > job.begins_on)
    rows = db.session.execute(
        select(Unit.public_id, Unit.name, func.count())
        .join(job, job.unit_id == Unit.id)
        .where(job.person_id.in_(consents.agreeing(purpose)), ~is_followed)
        .group_by(Unit.id)
        .order_by(func.count().desc(), Unit.name)
        .limit(limit)
    )
    return [Group(*row) for row in rows]


def units_of(unit_ids: Collection[int]) -> list[tuple[Unit, int]]:
    """Return units with how many work in each today, by name."""
    here = and_(Employment.unit_id == Unit.id, running_on(clock.today()))
    rows = db.session.execute(
        select(Unit, func.count(Employment.id))
        .outerjoin(Employment, here)
        .where(Unit.id.in_(unit_ids), Unit.closed_on.is_(None))
        .group_by(Unit.id)
        .order_by(Unit.search_name)
    )
    return [(unit, number) for unit, number in rows]


@once_per_page
def letters_by_state() -> dict[LetterState, int]:
    """Return how many letters of the last month stand in each state."""
    rows = db.session.execute(
        select(Letter.state, func.count())
        .where(Letter.created_at >= clock.now() - LATELY)
        .group_by(Letter.state)
    )
    return {state: number for state, number in rows}  # noqa: C416 - rows are not pairs to mypy
