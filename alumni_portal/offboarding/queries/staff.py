"""Reads about who at work has to do with cases."""

from sqlalchemy import select

from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import Person


def holders_of(*roles: Role) -> list[Person]:
    """Return the people who hold one of these roles now, by name."""
    held = (
        select(Account.person_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(roles),
            RoleGrant.revoked_at.is_(None),
            Account.closed_at.is_(None),
        )
    )
    query = select(Person).where(Person.id.in_(held), Person.died_on.is_(None))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id)))
