"""Sessions as rows: started at the door, touched in use, ended by logout and by every change."""

from datetime import timedelta

from sqlalchemy import update

from alumni_portal.accounts import rules
from alumni_portal.accounts.models import Account, SignInSession
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor

_TOUCH = timedelta(minutes=1)


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
    """End one of the actor's own sessions: the one in use, or another by its public id."""
    mine = update(SignInSession).where(SignInSession.account_id == actor.account_id)
    which = (
        SignInSession.public_id == public_id
        if public_id
        else SignInSession.id_hash == actor.session
    )
    db.session.execute(mine.where(which).values(ended_at=clock.now()))
    audit.record("session.ended", by=actor, subject=actor.ref)


def end_all_sessions(account_id: int, *, by: Actor, keep: str = "") -> None:
    """End every session of an account, save the one to keep: sign out everywhere."""
    db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.id_hash != keep,
        )
        .values(ended_at=clock.now())
    )
    audit.record("session.ended_everywhere", by=by, subject=str(account_id))
