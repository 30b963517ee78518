"""Reads about accounts: who an address lets in, who is signed in, which roles stand."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from alumni_portal.accounts import rules
from alumni_portal.accounts.models import (
    Account,
    AddressRecovery,
    RecoveryState,
    RoleGrant,
    SignInLink,
    SignInSession,
)
from alumni_portal.core import clock, tokens
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.queries import BadAddress, canonical_address


def account(public_id: str) -> Account | None:
    """Return an open account with its person."""
    return db.session.scalar(
        select(Account).where(Account.public_id == public_id).options(joinedload(Account.person))
    )


def account_of(person_id: int) -> Account | None:
    """Return the account of a person, if there is one, with the person."""
    return db.session.scalar(
        select(Account).where(Account.person_id == person_id).options(joinedload(Account.person))
    )


def let_in_by(typed: str) -> tuple[Account, EmailAddress] | None:
    """Return the account that a typed address lets in, with the stored address, or nothing."""
    try:
        canonical = canonical_address(typed)
    except BadAddress:
        return None
    row = db.session.execute(
        select(Account, EmailAddress)
        .join(Person, Person.id == Account.person_id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            EmailAddress.canonical == canonical,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
            Account.closed_at.is_(None),
            Person.died_on.is_(None),
        )
        .options(contains_eager(Account.person))
    ).first()
    return (row[0], row[1]) if row else None


def addresses_with_password(canonical: Collection[str]) -> set[str]:
    """Return which of these addresses open an account by password (the demo's sign-in page)."""
    return set(
        db.session.scalars(
            select(EmailAddress.canonical)
            .join(Account, Account.person_id == EmailAddress.person_id)
            .where(
                EmailAddress.canonical.in_(canonical),
                EmailAddress.verified_at.is_not(None),
                EmailAddress.retired_at.is_(None),
                Account.password_hash.is_not(None),
                Account.closed_at.is_(None),
            )
        )
    )


def ways_in(account: Account) -> list[EmailAddress]:
    """Return the proved addresses that let an account in, newest first."""
    return list(
        db.session.scalars(
            select(EmailAddress)
            .where(
                EmailAddress.person_id == account.person_id,
                EmailAddress.verified_at.is_not(None),
                EmailAddress.retired_at.is_(None),
            )
            .order_by(EmailAddress.id.desc())
        )
    )


def let_in_at(account_id: int | None, address_id: int | None) -> Account | None:
    """Return an open account whose proved address is still the one that a link was sent to (S5)."""
    return db.session.scalar(
        select(Account)
        .join(Person, Person.id == Account.person_id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            Account.id == account_id,
            Account.closed_at.is_(None),
            Person.died_on.is_(None),
            EmailAddress.id == address_id,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
        )
    )


def roles_of(account_id: int) -> frozenset[Role]:
    """Return the roles that an account holds now."""
    return frozenset(
        db.session.scalars(
            select(RoleGrant.role).where(
                RoleGrant.account_id == account_id, RoleGrant.revoked_at.is_(None)
            )
        )
    )


def signed_in(session_id: str) -> tuple[Actor, datetime] | None:
    """Return who a session id stands for and when it was last seen, or nothing when it is over."""
    rows = db.session.execute(
        select(SignInSession, Account, Person, RoleGrant.role)
        .join(Account, Account.id == SignInSession.account_id)
        .join(Person, Person.id == Account.person_id)
        .outerjoin(RoleGrant, (RoleGrant.account_id == Account.id) & RoleGrant.revoked_at.is_(None))
        .where(
            SignInSession.id_hash == tokens.digest(session_id),
            SignInSession.ended_at.is_(None),
            Account.closed_at.is_(None),
            Person.died_on.is_(None),
        )
    ).all()
    if not rows:
        return None
    session, who, person, _role = rows[0]
    roles = frozenset(row.role for row in rows if row.role is not None)
    if not rules.is_alive(session.started_at, session.seen_at, roles, clock.now()):
        return None
    actor = Actor(
        account_id=who.id,
        ref=who.public_id,
        person_id=person.id,
        name=person.name,
        roles=roles,
        session=session.id_hash,
        is_fresh=rules.is_fresh(session.started_at, clock.now()),
        language=person.language,
        theme=who.theme,
    )
    return actor, session.seen_at


def sessions_of(account_id: int) -> list[SignInSession]:
    """Return the sessions of an account that are not ended and not too old, latest seen first."""
    roles = roles_of(account_id)
    rows = db.session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.seen_at.desc())
    )
    now = clock.now()
    return [one for one in rows if rules.is_alive(one.started_at, one.seen_at, roles, now)]


def link_by_token(token: str) -> SignInLink | None:
    """Return the sign-in link of a token, whatever its state."""
    return db.session.scalar(
        select(SignInLink).where(SignInLink.token_hash == tokens.digest(token))
    )


def open_link_of_browser(browser: str) -> SignInLink | None:
    """Return the newest link that this browser asked for and that can still be used."""
    return db.session.scalar(
        select(SignInLink)
        .where(
            SignInLink.browser_hash == tokens.digest(browser),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
            SignInLink.tries < rules.CODE_TRIES,
        )
        .order_by(SignInLink.id.desc())
        .limit(1)
    )


def waiting_recovery(canonical: str) -> AddressRecovery | None:
    """Return the undecided request for this new address."""
    return db.session.scalar(
        select(AddressRecovery)
        .where(
            AddressRecovery.state == RecoveryState.ASKED,
            AddressRecovery.new_canonical == canonical,
        )
        .limit(1)
    )


def recoveries() -> list[AddressRecovery]:
    """Return what waits for HR or for the person, oldest first."""
    return list(
        db.session.scalars(
            select(AddressRecovery)
            .where(
                AddressRecovery.state.in_({RecoveryState.ASKED, RecoveryState.CONFIRMED}),
            )
            .order_by(AddressRecovery.id)
            .limit(200)
        )
    )


@once_per_page
def count_recoveries() -> int:
    """Return how many requests wait for HR's decision."""
    query = select(func.count()).where(AddressRecovery.state == RecoveryState.ASKED)
    return db.session.scalar(query) or 0


def recovery(public_id: str) -> AddressRecovery | None:
    """Return the recovery with this public id."""
    return db.session.scalar(select(AddressRecovery).where(AddressRecovery.public_id == public_id))


def recovery_by_token(token: str) -> AddressRecovery | None:
    """Return the recovery whose link holds this token."""
    return db.session.scalar(
        select(AddressRecovery).where(AddressRecovery.token_hash == tokens.digest(token))
    )


def recovery_in_use(recovery_id: int) -> tuple[Person, EmailAddress] | None:
    """Return whom a recovery is for, with all addresses, and the new address."""
    row = db.session.execute(
        select(Person, EmailAddress)
        .join(AddressRecovery, AddressRecovery.person_id == Person.id)
        .join(EmailAddress, EmailAddress.id == AddressRecovery.email_address_id)
        .where(AddressRecovery.id == recovery_id, EmailAddress.retired_at.is_(None))
        .options(selectinload(Person.addresses))
    ).first()
    return (row[0], row[1]) if row else None


def names_behind(refs: Collection[str]) -> dict[str, str]:
    """Return the names behind accounts' public ids (access log, audit)."""
    rows = db.session.execute(
        select(Account.public_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.public_id.in_(refs))
    )
    return {row.public_id: f"{row.first_name} {row.last_name}".strip() for row in rows}


def holders_of(role: Role) -> list[Person]:
    """Return the people who hold a role now, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Account, Account.person_id == Person.id)
            .join(RoleGrant, RoleGrant.account_id == Account.id)
            .where(
                RoleGrant.role == role,
                RoleGrant.revoked_at.is_(None),
                Account.closed_at.is_(None),
            )
            .order_by(Person.sort_key)
        )
    )


def account_with_roles(person_id: int) -> tuple[Account | None, frozenset[Role]]:
    """Return the account of a person, if there is one, and its roles, in one question."""
    rows = db.session.execute(
        select(Account, RoleGrant.role)
        .outerjoin(RoleGrant, (RoleGrant.account_id == Account.id) & RoleGrant.revoked_at.is_(None))
        .where(Account.person_id == person_id)
    ).all()
    roles = frozenset(row.role for row in rows if row.role is not None)
    return (rows[0][0] if rows else None), roles


def users(text: str = "") -> list[tuple[Account, frozenset[Role]]]:
    """Return the accounts that hold a staff role, by name, with all their roles."""
    rows = db.session.execute(
        select(Account, RoleGrant.role)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Person, Person.id == Account.person_id)
        .where(RoleGrant.revoked_at.is_(None), Person.search_name.contains(text, autoescape=True))
        .options(contains_eager(Account.person))
        .order_by(Person.sort_key, Account.id)
    )
    found: dict[Account, set[Role]] = {}
    for who, role in rows:
        found.setdefault(who, set()).add(role)
    return [(who, frozenset(roles)) for who, roles in found.items() if roles - {Role.ALUMNUS}]
