"""What is known to have come of a sent newsletter; who opened it nobody knows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, distinct, func, select

from alumni_portal.bounces.queries import counts_of
from alumni_portal.consents.models import DepartureReason, Purpose
from alumni_portal.consents.queries import departures
from alumni_portal.core.db import db
from alumni_portal.events.models import Reply
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.newsletters.models import Newsletter, OpeningVisit
from alumni_portal.newsletters.queries.picks import dates_of
from alumni_portal.newsletters.rules import COUNTED, Kind, told


@dataclass(frozen=True)
class Outcome:
    """How a newsletter went, in numbers that are true."""

    #: Refused by the receiving server at once; accepted and sent back later; reported as spam.
    refused: int
    bounced: int
    complained: int
    left: int
    #: Why they left, as far as enough people said the same.
    reasons: dict[DepartureReason, int]
    #: Who got it and whose last answer to one of its events came after it went to them.
    replies: int
    #: Visits from it to openings, each reader once per opening, of those who let us count it.
    visitors: int


def outcome(newsletter: Newsletter, mailing: Mailing) -> Outcome:
    """Return what came back of a sent newsletter, who left and how many did what it asks for.

    `mailing` is its own or that of its reminder, of which only its own share is told.
    """
    returned = counts_of(mailing.id)
    refs = [mailing.public_id]
    if mailing.id != newsletter.reminder_id:
        refs += [newsletter.public_id, *_reminder_ref(newsletter)]
    left = departures(Purpose.NEWSLETTER, refs)
    row = db.session.execute(
        select(
            _refused(mailing).label("refused"),
            _replies(newsletter, mailing).label("replies"),
            _visitors(newsletter).label("visitors"),
        )
    ).one()
    return Outcome(
        refused=row.refused,
        bounced=returned.bounced,
        complained=returned.complained,
        left=sum(left.values()),
        reasons=told(left),
        replies=row.replies,
        visitors=row.visitors,
    )


def _reminder_ref(newsletter: Newsletter) -> list[str]:
    if newsletter.reminder_id is None:
        return []
    return [db.session.get_one(Mailing, newsletter.reminder_id).public_id]


def _refused(mailing: Mailing) -> ScalarSelect[Any]:
    return (
        select(func.count())
        .select_from(Delivery)
        .where(
            Delivery.mailing_id == mailing.id,
            Delivery.state == DeliveryState.FAILED,
            Delivery.outcome.like("5%"),
        )
        .scalar_subquery()
    )


def _replies(newsletter: Newsletter, mailing: Mailing) -> ScalarSelect[Any]:
    """Return the query of how many got it and then answered in time, to any date of its events.

    Their last answer counts, whichever way it came, when it is later than the copy that went to
    them.
    """
    dates = dates_of(newsletter.content.refs(Kind.EVENTS))
    begun = newsletter.sent_at or newsletter.created_at
    if mailing.id == newsletter.reminder_id:
        begun = mailing.created_at
    return (
        select(func.count(distinct(Reply.person_id)))
        .select_from(Reply)
        .join(Delivery, Delivery.person_id == Reply.person_id)
        .where(
            Reply.event_id.in_(dates),
            Delivery.mailing_id == mailing.id,
            Delivery.state == DeliveryState.SENT,
            Reply.answered_at >= func.coalesce(Delivery.ended_at, begun),
            Reply.answered_at < begun + COUNTED,
        )
        .scalar_subquery()
    )


def _visitors(newsletter: Newsletter) -> ScalarSelect[Any]:
    return (
        select(func.count())
        .select_from(OpeningVisit)
        .where(OpeningVisit.newsletter_id == newsletter.id)
        .scalar_subquery()
    )
