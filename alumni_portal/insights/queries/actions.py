"""Reads about actions and about what is published of them. No number about exits is read here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.core import clock
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.permissions import MATRIX, Permission
from alumni_portal.insights.models import Action, Publication
from alumni_portal.insights.rules.actions import OPEN, SOON
from alumni_portal.people.models import Person
from alumni_portal.people.queries import running_on

#: An employer has dozens of actions, not thousands; what was closed longest ago is left out.
MOST = 200


class Show(StrEnum):
    """Which actions a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


def _whole() -> Select[Action]:
    return select(Action).options(
        joinedload(Action.owner), joinedload(Action.unit), joinedload(Action.publication)
    )


def action(public_id: str) -> Action | None:
    """Return an action with owner, unit and publication."""
    return db.session.scalar(_whole().where(Action.public_id == public_id))


def locked(action_id: int) -> Action:
    """Return an action that nobody else changes meanwhile, as it is now."""
    query = select(Action).where(Action.id == action_id).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def publication_of(action_id: int) -> Publication | None:
    """Return what is or will be told of an action."""
    return db.session.scalar(select(Publication).where(Publication.action_id == action_id))


def _shown(show: Show, today: date) -> ColumnElement[bool]:
    if show is Show.CLOSED:
        return Action.state.not_in(OPEN)
    if show is Show.OVERDUE:
        return overdue(today)
    return Action.state.in_(OPEN)


def overdue(today: date) -> ColumnElement[bool]:
    """Return what holds for an open action whose day has passed."""
    return Action.state.in_(OPEN) & (Action.due_on < today)


def listed(show: Show) -> list[Action]:
    """Return actions: open ones by their day, closed ones latest first."""
    order = Action.closed_on.desc() if show is Show.CLOSED else Action.due_on
    query = _whole().where(_shown(show, clock.today())).order_by(order, Action.id).limit(MOST)
    return list(db.session.scalars(query))


def counts() -> dict[Show, int]:
    """Return how many actions each list has."""
    today = clock.today()
    columns = [func.count(case((_shown(show, today), 1))) for show in Show]
    row = db.session.execute(select(*columns)).one()
    return dict(zip(Show, row, strict=True))


@once_per_page
def count_overdue() -> int:
    """Return how many actions should have been closed before today."""
    return db.session.scalar(select(func.count()).where(overdue(clock.today()))) or 0


def overdue_first(*, limit: int) -> list[Action]:
    """Return the actions that have been late the longest."""
    query = _whole().where(overdue(clock.today())).order_by(Action.due_on, Action.id)
    return list(db.session.scalars(query.limit(limit)))


def count_near(person_id: int) -> int:
    """Return how many open actions somebody answers for that are late or due within a week."""
    query = select(func.count()).where(
        Action.owner_id == person_id,
        Action.state.in_(OPEN),
        Action.due_on <= clock.today() + SOON,
    )
    return db.session.scalar(query) or 0


def maybe_reminded(*, after: int, limit: int) -> list[Action]:
    """Return open actions that are late or due within a week, with their owners, by row."""
    query = (
        _whole()
        .where(Action.state.in_(OPEN), Action.due_on <= clock.today() + SOON, Action.id > after)
        .order_by(Action.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def published() -> list[Action]:
    """Return the actions that everybody may read about, the latest told first."""
    query = (
        _whole()
        .join(Publication, Publication.action_id == Action.id)
        .where(Publication.published_at.is_not(None))
        .order_by(Publication.published_at.desc(), Action.id.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Owner:
    """Somebody who may answer for an action."""

    id: int
    public_id: str
    name: str


def owners() -> list[Owner]:
    """Return who may answer for an action: who works here and may see actions, in name order."""
    roles = [
        role
        for role, held in MATRIX.items()
        if held & {Permission.EXIT_ACTIONS_READ, Permission.EXIT_ACTIONS_WRITE}
    ]
    grants = (
        select(Account.person_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.revoked_at.is_(None), RoleGrant.role.in_(roles), Account.closed_at.is_(None)
        )
    )
    query = select(Person).where(Person.id.in_(grants), _works_here()).order_by(Person.sort_key)
    return [Owner(one.id, one.public_id, one.name) for one in db.session.scalars(query)]


def owner(public_id: str) -> Person | None:
    """Return somebody who works here, by public id."""
    return db.session.scalar(select(Person).where(Person.public_id == public_id, _works_here()))


def _works_here() -> ColumnElement[bool]:
    return Person.employments.any(running_on(clock.today()))
