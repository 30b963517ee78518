"""The ways in: a mailed link bound to the asking browser, the code beside it, a password."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import update

from alumni_portal.accounts import emails, queries, rules
from alumni_portal.accounts.models import Account, LinkPurpose, SignInLink
from alumni_portal.accounts.services.sessions import end_all_sessions
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l


@dataclass(frozen=True)
class Asked:
    """A link was asked for. `browser` goes into the asking browser's cookie and nowhere else."""

    browser: str


class DoorState(StrEnum):
    """What the holder of a link sees."""

    OPEN = "open"
    #: The link is good, but was opened in another browser than the one that asked.
    ELSEWHERE = "elsewhere"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Door:
    """A looked-at link. `code` is there only elsewhere, to be typed where one began."""

    state: DoorState
    code: str = ""


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher().hash(tokens.new_token())


def ask_for_link(typed: str, *, language: str) -> Asked:
    """Send a sign-in link to the stored address, if somebody is behind it.

    The same rows are written and the same letter is rendered when nobody is (S6).
    """
    found = queries.let_in_by(typed)
    token, browser = tokens.new_token(), tokens.new_token()
    account, address = found if found else (None, None)
    if account is not None:
        _kill_older(account.id)
    expires_at = clock.now() + rules.LINK_LIVES
    db.session.add(
        SignInLink(
            account_id=account.id if account else None,
            purpose=LinkPurpose.SIGN_IN,
            token_hash=tokens.digest(token),
            code_hash=tokens.mac("code-hash", tokens.code_of(token).encode()),
            browser_hash=tokens.digest(browser),
            expires_at=expires_at,
            person_address_id=address.id if address else None,
        )
    )
    db.session.flush()
    emails.sign_in(account, address, token, expires_at=expires_at, language=language)
    return Asked(browser)


def _kill_older(account_id: int) -> None:
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.account_id == account_id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
    )


def look_at_link(token: str, browser: str) -> Door:
    """Return what the holder of a link sees, changing nothing: mail scanners look too (S4)."""
    link = queries.link_by_token(token)
    if link is None or link.account_id is None:
        return Door(DoorState.UNKNOWN)
    if link.used_at is not None or link.tries >= rules.CODE_TRIES:
        return Door(DoorState.USED)
    if link.expires_at <= clock.now():
        return Door(DoorState.EXPIRED)
    if tokens.digest(browser) != link.browser_hash:
        return Door(DoorState.ELSEWHERE, tokens.code_of(token))
    return Door(DoorState.OPEN)


def enter_by_link(token: str, browser: str) -> Account | None:
    """Use a link up and return whom it lets in; nothing when it is not open here."""
    if look_at_link(token, browser).state is not DoorState.OPEN:
        return None
    link = queries.link_by_token(token)
    return _use(link) if link else None


def enter_by_code(typed: str, browser: str) -> Account:
    """Use the code of a link in the browser that asked for it and return whom it lets in.

    Raises Refusal (field `code`) with the tries that are left; a try counts also when refused.
    """
    link = queries.open_link_of_browser(browser)
    if link is None:
        raise Refusal(_l("Koden gäller inte längre. Begär en ny länk."), field="code")
    link.tries += 1
    db.session.flush()
    right = tokens.mac("code-hash", tokens.tidy_code(typed).encode()) == link.code_hash
    account = _use(link) if right and link.account_id is not None else None
    if account is None:
        raise Refusal(_wrong_code(rules.CODE_TRIES - link.tries), field="code")
    return account


def _wrong_code(left: int) -> object:
    if left <= 0:
        return _l("Koden stämmer inte, och försöken är slut. Begär en ny länk.")
    return _l("Koden stämmer inte. Du har %(left)s försök kvar.", left=left)


def _use(link: SignInLink) -> Account | None:
    taken = db.session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an update has a row count
        return None
    account = db.session.get(Account, link.account_id)
    return account if account and account.closed_at is None else None


def check_password(typed_address: str, password: str) -> Account | None:
    """Return whom address and password let in. Nobody costs as much work as somebody (S6)."""
    found = queries.let_in_by(typed_address)
    account = found[0] if found else None
    stored = account.password_hash if account else None
    try:
        _hasher().verify(stored or _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    if account is None or stored is None:
        return None
    if _hasher().check_needs_rehash(stored):
        account.password_hash = _hasher().hash(password)
    return account


def set_password(account: Account, password: str, *, by: Actor) -> None:
    """Give an account a password (argon2id); its other sessions end.

    Raises Refusal outside 15–256 signs: length is what counts (NIST SP 800-63B-4).
    """
    if not rules.SHORTEST_PASSWORD <= len(password) <= rules.LONGEST_PASSWORD:
        raise Refusal(_l("Lösenordet ska ha 15 till 256 tecken."), field="password")
    store_password(account, password, by=by)


def store_password(account: Account, password: str, *, by: Actor) -> None:
    """Store a password as it is given: for the demo's accounts, whose password everybody knows."""
    account.password_hash = _hasher().hash(password)
    db.session.flush()
    end_all_sessions(account.id, by=by, keep=by.session)
    audit.record("password.set", by=by, subject=account.public_id)
