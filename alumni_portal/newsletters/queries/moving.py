"""How a mailing under way moves."""

from sqlalchemy import case, func, select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.mail.queries import Progress
from alumni_portal.newsletters.rules import WHILE, Pace, pace, with_nights


def pace_of(mailing: Mailing, progress: Progress) -> Pace | None:
    """Return how fast a mailing goes now; nothing for one that rests, is paused or over."""
    is_going = mailing.state is MailingState.SENDING and mailing.rests_until is None
    if not is_going or not progress.waiting:
        return None
    now = clock.now()
    gone = Delivery.state.in_([DeliveryState.SENT, DeliveryState.FAILED])
    is_later = (
        (Delivery.state == DeliveryState.QUEUED)
        & (Delivery.attempts > 0)
        & (Delivery.next_try_at > now)
    )
    found = db.session.execute(
        select(
            func.sum(case((gone & (Delivery.ended_at >= now - WHILE), 1), else_=0)).label("ended"),
            func.sum(case((is_later, 1), else_=0)).label("later"),
            func.min(case((is_later, Delivery.next_try_at))).label("next_try_at"),
        ).where(Delivery.mailing_id == mailing.id)
    ).one()
    known = pace(
        int(found.ended or 0),
        progress.waiting,
        begun_at=mailing.created_at,
        now=now,
        later=int(found.later or 0),
        next_try_at=found.next_try_at,
    )
    return with_nights(known, now=now, quiet=mailing.quiet)
