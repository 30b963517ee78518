"""Opening accounts and giving roles."""

from sqlalchemy import func, select

from alumni_portal.accounts import queries, rules
from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.accounts.services.sessions import end_all_sessions
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.people.models import Person


def open_account(person: Person, *, by: Actor) -> Account:
    """Return the person's account, opened when there was none, reopened when it was closed."""
    account = queries.account_of(person.id)
    if account is None:
        account = Account(person_id=person.id)
        account.person = person
        db.session.add(account)
        audit.record("account.opened", by=by, subject=person.public_id)
    account.closed_at = None
    db.session.flush()
    return account


def close_account(account: Account, *, by: Actor) -> None:
    """Close an account: nobody comes in by it and its sessions end."""
    account.closed_at = clock.now()
    end_all_sessions(account.id, by=by)
    audit.record("account.closed", by=by, subject=account.public_id)


def grant(account: Account, role: Role, *, by: Actor) -> None:
    """Give an account a role. Its sessions end, so that new rights begin with a new sign-in (S1).

    Raises Refusal when the granter may not give this role, or gives it to themselves (S20).
    """
    _check(account, role, by)
    if role in queries.roles_of(account.id):
        return
    db.session.add(RoleGrant(account_id=account.id, role=role, granted_by=by.ref))
    db.session.flush()
    end_all_sessions(account.id, by=by, keep=by.session)
    audit.record("role.granted", by=by, subject=account.public_id, role=role)


def revoke(account: Account, role: Role, *, by: Actor) -> None:
    """Take a role from an account; its sessions end.

    Raises NotFound when it does not hold the role, Refusal when the last admin would go.
    """
    _check(account, role, by)
    found = db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account.id,
            RoleGrant.role == role,
            RoleGrant.revoked_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    if role is Role.ADMIN and _standing_admins() == 1:
        raise Refusal(_l("Det måste finnas minst en administratör."), field="role")
    found.revoked_at = clock.now()
    db.session.flush()
    end_all_sessions(account.id, by=by, keep=by.session)
    audit.record("role.revoked", by=by, subject=account.public_id, role=role)


def _check(account: Account, role: Role, by: Actor) -> None:
    if by in {SYSTEM, COMMAND_LINE}:
        return
    if not rules.may_grant(by.roles, role, to_self=account.id == by.account_id):
        raise Refusal(_l("Den rollen kan du inte ge eller ta."), field="role")


def _standing_admins() -> int:
    query = (
        select(func.count())
        .select_from(RoleGrant)
        .where(RoleGrant.role == Role.ADMIN, RoleGrant.revoked_at.is_(None))
    )
    return db.session.scalar(query) or 0


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language in which a person reads, for pages and letters."""
    person = db.session.get_one(Person, actor.person_id)
    person.language = language


def choose_theme(actor: Actor, theme: str) -> None:
    """Remember whether a person reads on light or dark."""
    account = db.session.get_one(Account, actor.account_id)
    account.theme = theme
