"""Who got something lately."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, case, func, select

from alumni_portal.audiences.models import RECENTLY, Sparing, month_over
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing

#: Longer than this no mailing takes, however often it is paused.
_LASTS = timedelta(days=30)
_MAY_ARRIVE = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


def mailed_recently(at: datetime) -> Select[int]:
    """Return the select of the ids of people who got a mailing in the days before a moment."""
    since = at - RECENTLY
    return (
        select(Delivery.person_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.created_at >= since - _LASTS,
            Delivery.state == DeliveryState.SENT,
            Delivery.ended_at >= since,
        )
    )


def got_newsletter(since: datetime) -> Select[int]:
    """Return the select of the ids of people who got a newsletter since then, or will get one."""
    has_gone = (Delivery.state == DeliveryState.SENT) & (Delivery.ended_at >= since)
    return (
        select(Delivery.person_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.purpose == Purpose.NEWSLETTER,
            Mailing.created_at >= since - _LASTS,
            has_gone | Delivery.state.in_(_MAY_ARRIVE),
        )
    )


def free_from(spared: Select[int], sparing: Sparing) -> date | None:
    """Return the first day on which nobody of these ids has to be spared; nothing of nobody.

    A copy that is still on its way counts as one of today.
    """
    got_at = func.coalesce(Delivery.ended_at, clock.now(), type_=Delivery.ended_at.type)
    last_newsletter = func.max(case((Mailing.purpose == Purpose.NEWSLETTER, got_at)))
    row = db.session.execute(
        select(last_newsletter, func.max(got_at))
        .select_from(Delivery)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Delivery.person_id.in_(spared),
            Delivery.state.in_((DeliveryState.SENT, *_MAY_ARRIVE)),
        )
    ).one()
    days = []
    if sparing.second and row[0]:
        days.append(month_over(clock.local(row[0]).date()))
    if sparing.recent and row[1]:
        days.append(clock.local(row[1] + RECENTLY).date() + timedelta(days=1))
    return max(days, default=None)
