"""A form that came after its session had ended comes back to who typed it, when they sign in."""

import json
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from alumni_portal.accounts.models import Account, KeptForm, SignInSession
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.typed import Fields

_PURPOSE = "kept-form"
#: How long it can be had back.
OPENS_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Kept:
    """Where a form was sent to, and what it held."""

    address: str
    fields: Fields


def keep_form(session_id: str, address: str, fields: Fields) -> str | None:
    """Keep a form for whose session this was; return the key to it, which only a cookie holds.

    Nothing is kept for a session that never was, or of an account that is closed.
    """
    account_id = db.session.scalar(
        select(SignInSession.account_id)
        .join(Account, Account.id == SignInSession.account_id)
        .where(SignInSession.id_hash == tokens.digest(session_id), Account.closed_at.is_(None))
    )
    if account_id is None or not fields:
        return None
    key = tokens.new_token()
    content = tokens.seal(_PURPOSE, json.dumps([address, fields]), secret=key)
    db.session.execute(delete(KeptForm).where(KeptForm.account_id == account_id))
    db.session.add(KeptForm(key_hash=tokens.digest(key), account_id=account_id, content=content))
    db.session.flush()
    return key


def kept_form(key: str, account_id: int | None) -> Kept | None:
    """Return the form that a key opens, to the account that it was typed in and to no other."""
    found = db.session.scalar(
        select(KeptForm).where(
            KeptForm.key_hash == tokens.digest(key),
            KeptForm.account_id == account_id,
            KeptForm.kept_at > clock.now() - OPENS_FOR,
        )
    )
    if found is None:
        return None
    address, fields = json.loads(tokens.unseal(_PURPOSE, found.content, secret=key))
    return Kept(address, [(name, value) for name, value in fields])


def forget_form(key: str) -> None:
    """Forget a form that was sent again or that nobody wants back."""
    db.session.execute(delete(KeptForm).where(KeptForm.key_hash == tokens.digest(key)))


def forget_forms() -> int:
    """Forget what nobody can have back any more and return how many."""
    old = delete(KeptForm).where(KeptForm.kept_at < clock.now() - OPENS_FOR)
    return db.session.execute(old).rowcount or 0  # type: ignore[attr-defined]  # of a delete
