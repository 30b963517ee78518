"""Reads about the mailings of an event: how far they are, whom they missed, what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, or_, select, union

from alumni_portal.bounces.models import Outcome
from alumni_portal.bounces.queries import counts_of_all, who_came_back
from alumni_portal.core.db import db
from alumni_portal.events.models import Event, EventInvitation
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingEdition, MailingState
from alumni_portal.mail.queries import Progress, progress_of

#: What the kind of every mailing about an event begins with.
_ABOUT_EVENTS = "events/"


@dataclass(frozen=True)
class Sent:
    """A mailing about an event, how far it is, and how many of its copies bounced later."""

    mailing: Mailing
    progress: Progress
    bounced: int


def mailings_about(event: Event, dates: Sequence[Event]) -> Sequence[Mailing]:
    """Return all mailings of a date, and of the first of all dates, the first one first."""
    query = select(Mailing).where(_is_about(event, dates)).order_by(Mailing.id)
    return db.session.scalars(query).all()


def unfinished(about: Sequence[Mailing]) -> list[tuple[Mailing, Progress]]:
    """Return those of these mailings that have not ended, and how far they are."""
    found = [one for one in about if one.state is not MailingState.FINISHED]
    stands = progress_of([one.id for one in found]) if found else {}
    return [(one, stands[one.id]) for one in found]


def sent(event: Event, dates: Sequence[Event]) -> list[Sent]:
    """Return all mailings of a date, and of the first of all dates, with what became of them."""
    found = mailings_about(event, dates)
    if not found:
        return []
    ids = [one.id for one in found]
    stands, back = progress_of(ids), counts_of_all(ids)
    return [Sent(one, stands[one.id], back[one.id].bounced) for one in found]


def mailing(event: Event, dates: Sequence[Event], ref: str) -> Mailing | None:
    """Return one mailing of a date, or of the first of all dates, by its public id."""
    query = select(Mailing).where(_is_about(event, dates), Mailing.public_id == ref)
    return db.session.scalar(query)


def _is_about(event: Event, dates: Sequence[Event]) -> ColumnElement[bool]:
    own = {event.public_id, *(one.public_id for one in dates if one.head_id is None)}
    return Mailing.kind.startswith(_ABOUT_EVENTS) & or_(
        Mailing.ref.in_(own),
        *(Mailing.ref.startswith(f"{one}:", autoescape=True) for one in own),
    )


def missed_by(mailing_id: int) -> set[int]:
    """Return whom a mailing failed: at once, or by a bounce that came later."""
    return set(db.session.scalars(_missed_by(mailing_id)))


def _missed_by(mailing_id: int) -> CompoundSelect[int]:
    failed = select(Delivery.person_id).where(
        Delivery.mailing_id == mailing_id, Delivery.state == DeliveryState.FAILED
    )
    return union(failed, who_came_back(mailing_id, Outcome.BOUNCED))


def missed_invitations(head: Event, mailing: Mailing) -> set[int]:
    """Return whom an invitation failed, but for those who were sent another since."""
    query = select(EventInvitation.person_id).where(
        EventInvitation.event_id == head.id,
        EventInvitation.mailing == mailing.public_id,
        EventInvitation.person_id.in_(_missed_by(mailing.id)),
    )
    return set(db.session.scalars(query))


def words_of(mailing_id: int) -> set[str]:
    """Return what a mailing says, in each of its languages."""
    query = select(MailingEdition.text).where(MailingEdition.mailing_id == mailing_id)
    return set(db.session.scalars(query))
