"""Who got a newsletter and has not answered: only those whose answers can be known count."""

from collections.abc import Collection

from sqlalchemy import Select, and_, case, false, func, or_, select, true

from alumni_portal.bounces.models import ReturnedCopy
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreeing, letting_visits_count
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.events.models import Event, EventState, Reply
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.newsletters.models import Newsletter, OpeningVisit
from alumni_portal.newsletters.queries.greetings import ALIKE, LASTS, NEVER_WENT
from alumni_portal.newsletters.queries.picks import dates_of
from alumni_portal.newsletters.rules import Kind, Silent, silent_among
from alumni_portal.newsletters.rules.greetings import APART
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import is_open


def asks_for(newsletter: Newsletter) -> set[Kind]:
    """Return what a newsletter asks for that one can still do: answer to an event, see a job."""
    meetings, jobs = (newsletter.content.refs(kind) for kind in (Kind.EVENTS, Kind.OPENINGS))
    found = set()
    if meetings and db.session.scalar(_dates_ahead(meetings).limit(1)) is not None:
        found.add(Kind.EVENTS)
    if jobs and any(map(is_open, db.session.scalars(_openings(jobs)))):
        found.add(Kind.OPENINGS)
    return found


def silence(newsletter: Newsletter, asked: Collection[Kind]) -> Silent:
    """Return who got a newsletter and did nothing of what it asks for.

    An answer to an event is known of those who agree to invitations, a visit to an opening of
    those who let us count it. Where it asks for both, both must be known.
    """
    knowing = {Kind.EVENTS: agreeing(Purpose.EVENTS), Kind.OPENINGS: letting_visits_count()}
    who = Delivery.person_id
    is_known = and_(true() if asked else false(), *(who.in_(knowing[kind]) for kind in asked))
    has_answered = or_(who.in_(_replied(newsletter)), who.in_(_visited(newsletter)))
    back = select(ReturnedCopy.person_id).where(ReturnedCopy.mailing_id == newsletter.mailing_id)
    rows = db.session.execute(
        select(
            who,
            case((is_known, 1), else_=0).label("known"),
            case((has_answered, 1), else_=0).label("answered"),
        ).where(
            Delivery.mailing_id == newsletter.mailing_id,
            Delivery.state == DeliveryState.SENT,
            who.not_in(back),
        )
    ).all()
    return silent_among(
        [row.person_id for row in rows],
        [row.person_id for row in rows if row.known],
        [row.person_id for row in rows if row.answered],
    )


def got_another(newsletter: Newsletter) -> set[int]:
    """Return who got another newsletter, a reminder or a greeting within a month, or will."""
    since, at = clock.now() - APART, func.coalesce(Delivery.ended_at, Mailing.created_at)
    query = (
        select(Delivery.person_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.purpose.in_(ALIKE),
            Mailing.id != newsletter.mailing_id,
            Mailing.created_at >= since - LASTS,
            Delivery.state.not_in(NEVER_WENT),
            at >= since,
        )
    )
    return set(db.session.scalars(query))


def _dates_ahead(refs: Collection[str]) -> Select[int]:
    return select(Event.id).where(
        Event.id.in_(dates_of(refs)),
        Event.state == EventState.OPEN,
        Event.starts_at > clock.now(),
    )


def _openings(refs: Collection[str]) -> Select[Opening]:
    return select(Opening).where(Opening.public_id.in_(list(refs)))


def _replied(newsletter: Newsletter) -> Select[int]:
    dates = dates_of(newsletter.content.refs(Kind.EVENTS))
    return select(Reply.person_id).where(Reply.event_id.in_(dates))


def _visited(newsletter: Newsletter) -> Select[int | None]:
    return select(OpeningVisit.person_id).where(
        OpeningVisit.newsletter_id == newsletter.id, OpeningVisit.person_id.is_not(None)
    )
