"""Forgetting what came back: its text after a month, the rest after two years."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from alumni_portal.bounces.models import (
    BounceScore,
    Outcome,
    ReturnedCopy,
    ReturnedMail,
    ReturnedTally,
    SuppressionDraft,
)
from alumni_portal.bounces.rules.scoring import STALE_AFTER
from alumni_portal.core import clock
from alumni_portal.core.db import db


def forget_texts(before: datetime) -> int:
    """Forget the text of what came in before a moment and return of how many."""
    return _number(
        update(ReturnedMail)
        .where(ReturnedMail.received_at < before, ReturnedMail.sealed.is_not(None))
        .values(sealed=None)
    )


def forget_rows(before: datetime) -> int:
    """Forget what came in before a moment and return how much that was."""
    return _number(delete(ReturnedMail).where(ReturnedMail.received_at < before))


def forget_copies(before: datetime) -> int:
    """Forget whose copies of old mailings came back and return how many; their number stays."""
    old = ReturnedCopy.at < before
    rows = db.session.execute(
        select(ReturnedCopy.mailing_id, ReturnedCopy.outcome, func.count().label("number"))
        .where(old)
        .group_by(ReturnedCopy.mailing_id, ReturnedCopy.outcome)
    ).all()
    for row in rows:
        tally = db.session.get(ReturnedTally, row.mailing_id)
        if tally is None:
            tally = ReturnedTally(mailing_id=row.mailing_id, bounced=0, complained=0)
            db.session.add(tally)
        if row.outcome is Outcome.BOUNCED:
            tally.bounced += row.number
        else:
            tally.complained += row.number
    db.session.flush()
    return _number(delete(ReturnedCopy).where(old))


def forget_stale_scores() -> int:
    """Forget the scores of addresses that have not bounced lately and return how many."""
    return _number(delete(BounceScore).where(BounceScore.last_on < clock.today() - STALE_AFTER))


def forget_drafts(before: datetime) -> int:
    """Forget files that nobody stored and return how many."""
    return _number(delete(SuppressionDraft).where(SuppressionDraft.at < before))


def _number(statement: object) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[call-overload]  # delete or update: both have a row count
