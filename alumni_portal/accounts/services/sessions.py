"""Sessions as rows: started at the door, touched in use, ended by logout and by every change."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from alumni_portal.accounts import rules
from alumni_portal.accounts.models import Account, SignInLink, SignInSession
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor

_TOUCH = timedelta(minutes=1)
_LONGEST = timedelta(days=31)
_LINKS_KEPT = timedelta(days=2)


def start_session(account: Account, *, user_agent: str, way: str) -> str:
    """Sign an account in and return the new session id, which only the cookie will hold."""
    session_id = tokens.new_token()
    db.session.add(
        SignInSession(
            id_hash=tokens.digest(session_id),
            account_id=account.id,
            device=rules.device_words(user_agent),
        )
    )
    db.session.flush()
    actor = Actor(account_id=account.id, ref=account.public_id)
    audit.record("session.started", by=actor, subject=account.public_id, way=way)
    return session_id


def touch(id_hash: str) -> None:
    """Note that a session is in use."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id_hash == id_hash, SignInSession.seen_at < clock.now() - _TOUCH)
        .values(seen_at=clock.now())
    )


def end_session(actor: Actor, public_id: str | None = None) -> None:
    """End one of the actor's own sessions: the one in use, or another by its public id.

    Raises NotFound for a session that is not the actor's.
    """
    which = (
        SignInSession.public_id == public_id
        if public_id
        else SignInSession.id_hash == actor.session
    )
    mine = update(SignInSession).where(SignInSession.account_id == actor.account_id, which)
    ended = db.session.execute(mine.values(ended_at=clock.now()))
    if ended.rowcount != 1:  # type: ignore[attr-defined]  # an update has a row count
        raise NotFound
    audit.record("session.ended", by=actor, subject=actor.ref)


def end_all_sessions(account: Account, *, by: Actor) -> None:
    """End every session of an account, the one in use with them: sign out everywhere."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account.id, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    audit.record("session.ended_everywhere", by=by, subject=account.public_id)


def forget_sessions(before: datetime) -> int:
    """Delete sessions that were over before a moment, and links of two days, return how many."""
    old = db.session.execute(
        delete(SignInSession).where(
            or_(SignInSession.ended_at < before, SignInSession.started_at < before - _LONGEST)
        )
    )
    links = db.session.execute(
        delete(SignInLink).where(SignInLink.expires_at < clock.now() - _LINKS_KEPT)
    )
    return int(old.rowcount + links.rowcount)  # type: ignore[attr-defined]  # deletes have row counts
