"""Who got something lately."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from alumni_portal.audiences.models import RECENTLY
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing

#: Longer than this no mailing takes, however often it is paused.
_LASTS = timedelta(days=30)
_MAY_ARRIVE = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


def mailed_recently() -> Select[int]:
    """Return the select of the ids of people who got a mailing in the last days."""
    since = clock.now() - RECENTLY
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
