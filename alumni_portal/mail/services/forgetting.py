"""Forgetting, after 24 months, to whom mail went; how much went where stays as numbers."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.mail import queries
from alumni_portal.mail.models import (
    Delivery,
    Letter,
    LetterState,
    Mailing,
    MailingState,
    Suppression,
)


def forget_letters(before: datetime, *, limit: int = 500) -> int:
    """Forget to whom letters of before a moment went and return how many.

    The row stays, about nobody: other records may point at it. Call until it returns nothing.
    """
    known = (Letter.person_id.is_not(None)) | (Letter.to_address != "")
    old = select(Letter.id).where(Letter.created_at < before, known).limit(limit)
    ids = list(db.session.scalars(old))
    theirs = update(Letter).where(Letter.id.in_(ids))
    db.session.execute(theirs.values(person_id=None, to_address="", sealed=None, outcome=""))
    waiting = theirs.where(Letter.state.in_((LetterState.QUEUED, LetterState.SENDING)))
    db.session.execute(waiting.values(state=LetterState.DROPPED))
    return len(ids)


def forget_deliveries(before: datetime) -> int:
    """Forget who got the oldest mailing of before a moment and return how many copies it had.

    Its numbers stay with it. What was never decided about it is over. Call until it returns
    nothing.
    """
    has_copies = exists().where(Delivery.mailing_id == Mailing.id)
    old = select(Mailing).where(Mailing.created_at < before, has_copies).order_by(Mailing.id)
    mailing = db.session.scalar(old.limit(1).with_for_update())
    if mailing is None:
        return 0
    mailing.kept_counts = {
        state.value: number for state, number in queries.counts(mailing.id).items()
    }
    if mailing.state is not MailingState.FINISHED:
        mailing.state, mailing.finished_at = MailingState.FINISHED, clock.now()
    gone = db.session.execute(delete(Delivery).where(Delivery.mailing_id == mailing.id))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def forget_suppressions(before: datetime) -> int:
    """Give addresses that were suppressed before a moment another chance; return how many."""
    gone = db.session.execute(delete(Suppression).where(Suppression.at < before))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
