"""Opening accounts and giving roles."""

from sqlalchemy import select

from alumni_portal.accounts import queries, rules
from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.accounts.services.sessions import end_all_sessions
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import COMMAND_LINE, STAFF, SYSTEM, Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.people import queries as people
from alumni_portal.people.models import Person


def open_account(person: Person, *, by: Actor) -> Account:
    """Return the person's account, opened when there was none, reopened when it was closed."""
    account = queries.account_of(person.id)
    if account is None:
        account = Account(person_id=person.id)
        account.person = person
        db.session.add(account)
        audit.record("account.opened", by=by, subject=person.public_id)
    elif account.closed_at is not None:
        account.closed_at = None
        audit.record("account.reopened", by=by, subject=account.public_id)
    db.session.flush()
    return account


def close_account(account: Account, *, by: Actor) -> None:
    """Close an account: nobody comes in by it and its sessions end.

    Raises Refusal for one's own account, for roles that one could not take away, and for the last
    administrator (S20).
    """
    roles = queries.roles_of(account.id)
    for role in sorted(roles & STAFF):
        _check(account, role, by)
    if account.id == by.account_id:
        raise Refusal(_l("Ditt eget konto kan någon annan stänga åt dig."))
    if Role.ADMIN in roles:
        _refuse_without_admin()
    account.closed_at = clock.now()
    db.session.flush()
    end_all_sessions(account, by=by)
    audit.record("account.closed", by=by, subject=account.public_id)


def reopen_account(account: Account, *, by: Actor) -> None:
    """Open a closed account again, with the roles it had.

    Raises Refusal for roles that one could not give.
    """
    for role in sorted(queries.roles_of(account.id) & STAFF):
        _check(account, role, by)
    account.closed_at = None
    db.session.flush()
    audit.record("account.reopened", by=by, subject=account.public_id)


def grant(account: Account, role: Role, *, by: Actor) -> None:
    """Give an account a role. Its sessions end, so that new rights begin with a new sign-in (S1).

    Raises Refusal when the granter may not give this role, or gives it to themselves (S20).
    """
    _check(account, role, by)
    _lock(account)
    if role in queries.roles_of(account.id):
        return
    db.session.add(RoleGrant(account_id=account.id, role=role, granted_by=by.ref))
    db.session.flush()
    end_all_sessions(account, by=by)
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
    if role is Role.ADMIN and account.closed_at is None:
        _refuse_without_admin()
    found.revoked_at = clock.now()
    db.session.flush()
    end_all_sessions(account, by=by)
    audit.record("role.revoked", by=by, subject=account.public_id, role=role)


def end_rights_of_leavers() -> int:
    """Take every staff role from those whose last employment has ended, and return how many.

    Whoever never had an employment here (a consultant with an account) keeps the roles. The last
    administrator goes too: the command line makes a new one.
    """
    rows = list(
        db.session.execute(
            select(RoleGrant, Account)
            .join(Account, Account.id == RoleGrant.account_id)
            .where(
                RoleGrant.role.in_(STAFF),
                RoleGrant.revoked_at.is_(None),
                Account.person_id.in_(people.leavers()),
            )
            .with_for_update()
        )
    )
    for found, account in rows:
        found.revoked_at = clock.now()
        audit.record("role.revoked", by=SYSTEM, subject=account.public_id, role=found.role)
    for account in {account for _found, account in rows}:
        end_all_sessions(account, by=SYSTEM)
    return len(rows)


def _check(account: Account, role: Role, by: Actor) -> None:
    if by in {SYSTEM, COMMAND_LINE}:
        return
    if not rules.may_grant(by.roles, role, to_self=account.id == by.account_id):
        raise Refusal(_l("Den rollen kan du inte ge eller ta."), field="role")


def _lock(account: Account) -> None:
    """Let one change of an account's roles wait for another (double click)."""
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())


def _refuse_without_admin() -> None:
    """Refuse what would leave no administrator; two who do it at once wait for each other."""
    standing = db.session.scalars(
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.ADMIN,
            RoleGrant.revoked_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    if len(standing) <= 1:
        raise Refusal(_l("Det måste finnas minst en administratör."), field="role")


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language in which a person reads, for pages and letters."""
    person = db.session.get_one(Person, actor.person_id)
    person.language = language


def choose_theme(actor: Actor, theme: str) -> None:
    """Remember whether a person reads on light or dark."""
    account = db.session.get_one(Account, actor.account_id)
    account.theme = theme
