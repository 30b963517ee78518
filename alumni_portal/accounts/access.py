"""Who may do what to which account."""

from sqlalchemy import select

from alumni_portal.accounts import rules
from alumni_portal.accounts.models import Account, Recusal
from alumni_portal.accounts.queries import account as account_by
from alumni_portal.accounts.queries import roles_of
from alumni_portal.core.db import db
from alumni_portal.core.permissions import STAFF, Actor, Permission, Role


def grantable(actor: Actor, account: Account | None) -> list[Role]:
    """Return the roles that an actor may give to an account or take from it (S20)."""
    to_self = account is not None and account.id == actor.account_id
    return [role for role in Role if rules.may_grant(actor.roles, role, to_self=to_self)]


def may_close(actor: Actor, account: Account, roles: frozenset[Role]) -> bool:
    """Say whether an actor may close an account with these roles, or open it again."""
    if account.id == actor.account_id:
        return False
    may = grantable(actor, account)
    return bool(may) and all(role in may for role in roles & STAFF)


def may_not_decide_on(person_id: int | None, about_id: int) -> bool:
    """Say whether somebody is kept out of decisions on a person. Why is not told here."""
    query = select(Recusal.about_id).where(
        Recusal.person_id == person_id, Recusal.about_id == about_id
    )
    return db.session.scalar(query) is not None


def still_may(ref: str, permission: Permission) -> Actor | None:
    """Return who planned something (public id of the account), with the roles of now.

    Nothing when the account is closed or may do it no longer.
    """
    found = account_by(ref)
    if found is None or found.closed_at is not None:
        return None
    actor = Actor(
        account_id=found.id,
        ref=found.public_id,
        person_id=found.person_id,
        name=found.person.name,
        roles=roles_of(found.id),
        language=found.person.language,
    )
    return actor if actor.may(permission) else None
