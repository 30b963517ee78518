"""The ways in: a mailed link bound to the asking browser, the code beside it, a password."""

import unicodedata
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
from alumni_portal.core.installation import brand
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l

#: No account has this number: for nobody the same statements run and touch no row.
_NOBODY = 0


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


_WEAK = {
    rules.Weakness.LENGTH: _l("Lösenordet ska ha 15 till 256 tecken."),
    rules.Weakness.PLAIN: _l(
        "Det lösenordet är för lätt att gissa. Välj några ord som inte hör ihop."
    ),
}


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
    account, address = found or (None, None)
    _kill_older(account.id if account else _NOBODY)
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
    tries = _count_try(link)
    if tries is None:
        raise Refusal(_wrong_code(0), field="code")
    right = tokens.mac("code-hash", tokens.tidy_code(typed).encode()) == link.code_hash
    account = _use(link) if right and link.account_id is not None else None
    if account is None:
        raise Refusal(_wrong_code(rules.CODE_TRIES - tries), field="code")
    return account


def _count_try(link: SignInLink) -> int | None:
    """Count a try in the database, so that guesses at the same time are each counted."""
    return db.session.scalar(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.tries < rules.CODE_TRIES)
        .values(tries=SignInLink.tries + 1)
        .returning(SignInLink.tries)
        .execution_options(synchronize_session=False)
    )


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
    return queries.let_in_at(link.account_id, link.person_address_id)


def check_password(typed_address: str, password: str) -> Account | None:
    """Return whom address and password let in. Nobody costs as much work as somebody (S6)."""
    found = queries.let_in_by(typed_address)
    account = found[0] if found else None
    stored = account.password_hash if account else None
    try:
        _hasher().verify(stored or _nobodys_hash(), _canonical(password))
    except (VerifyMismatchError, InvalidHashError):
        return None
    if account is None or stored is None:
        return None
    if _hasher().check_needs_rehash(stored):
        account.password_hash = _hasher().hash(_canonical(password))
    return account


def change_password(account: Account, current: str, new: str, *, by: Actor) -> None:
    """Give somebody who knows their password another one; every session ends.

    Raises Refusal (field `current`) when the present password is wrong, and as `set_password`.
    """
    try:
        _hasher().verify(account.password_hash or _nobodys_hash(), _canonical(current))
    except (VerifyMismatchError, InvalidHashError) as error:
        raise Refusal(_l("Det är inte ditt nuvarande lösenord."), field="current") from error
    set_password(account, new, by=by)


def set_password(account: Account, password: str, *, by: Actor) -> None:
    """Give an account a password (argon2id); its sessions end.

    Raises Refusal for what is too short, too long or too easily guessed (S8).
    """
    words = (*brand().name.split(), account.person.first_name, account.person.last_name)
    weakness = rules.weakness_of(_canonical(password), words)
    if weakness is not None:
        raise Refusal(_WEAK[weakness], field="password")
    store_password(account, password, by=by)


def _canonical(password: str) -> str:
    """Return a password as it is hashed: every sign kept, only its composition made one (NFC)."""
    return unicodedata.normalize("NFC", password)


def store_password(account: Account, password: str, *, by: Actor) -> None:
    """Store a password as it is given: for the demo's accounts, whose password everybody knows."""
    account.password_hash = _hasher().hash(_canonical(password))
    db.session.flush()
    end_all_sessions(account, by=by)
    audit.record("password.set", by=by, subject=account.public_id)
