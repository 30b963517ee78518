"""The invitations of Sundmark's coming gatherings as they went out: nearly all arrived."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.events.models import Event, EventInvitation, EventState
from alumni_portal.events.services import INVITATION
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingEdition,
    MailingState,
)
from alumni_portal.people.models import AddressKind, EmailAddress, Person

_MINUTE = timedelta(minutes=1)
_NO, _OK = "550 5.1.1 mailbox unknown", "250 2.0.0 Ok: queued"
#: Of so many copies one is refused at once, and one comes back later.
_REFUSED, _BOUNCED = 61, 97


def seed(found: Sundmark, chance: Random) -> None:
    """Write the mailing of each invitation to something that is ahead, with what came of it."""
    by = found.actor("maria", Role.HR).ref
    ahead = select(Event).where(
        Event.state == EventState.OPEN, Event.head_id.is_(None), Event.starts_at > clock.now()
    )
    for event in db.session.scalars(ahead.order_by(Event.id)):
        _write(event, public_id(chance), by)


def _write(event: Event, ref: str, by: str) -> None:
    rows = db.session.execute(
        select(EmailAddress.address, Person.id, Person.language, EventInvitation.invited_at)
        .join(Person, Person.id == EmailAddress.person_id)
        .join(EventInvitation, EventInvitation.person_id == Person.id)
        .where(
            EventInvitation.event_id == event.id,
            EventInvitation.invited_at.is_not(None),
            EmailAddress.kind == AddressKind.PRIVATE,
            EmailAddress.retired_at.is_(None),
        )
        .order_by(Person.id)
    ).all()
    if not rows:
        return
    at = rows[0].invited_at
    mailing = Mailing(
        public_id=ref,
        kind=INVITATION,
        ref=f"{event.public_id}:1",
        purpose=Purpose.EVENTS,
        state=MailingState.FINISHED,
        total=len(rows),
        rounds=1,
        begun_by=by,
        created_at=at,
        finished_at=at + 2 * _MINUTE,
    )
    db.session.add(mailing)
    db.session.flush()
    words = {"mailing_id": mailing.id, "html": "", "text": ""}
    titles = {"sv": f"Inbjudan: {event.title}", "en": f"Invitation: {event.title_en}"}
    add(MailingEdition, [{**words, "language": at, "subject": s} for at, s in titles.items()])
    add(Delivery, [_copy(mailing.id, number, row) for number, row in enumerate(rows)])
    back = [row.id for number, row in enumerate(rows) if number % _BOUNCED == _BOUNCED - 1]
    came = {"mailing_id": mailing.id, "outcome": Outcome.BOUNCED, "answer": "552 5.2.2 full"}
    add(ReturnedCopy, [{**came, "person_id": one, "at": at + 9 * _MINUTE} for one in back])
    theirs = EventInvitation.event_id == event.id
    db.session.execute(update(EventInvitation).where(theirs).values(mailing=ref))


def _copy(mailing_id: int, number: int, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    lost = number % _REFUSED == _REFUSED - 1
    return {
        "mailing_id": mailing_id,
        "person_id": row.id,
        "chunk": 0,
        "to_address": row.address,
        "language": row.language,
        "sealed": None,
        "state": DeliveryState.FAILED if lost else DeliveryState.SENT,
        "attempts": 1,
        "first_try_at": row.invited_at,
        "next_try_at": row.invited_at,
        "owner": "",
        "ended_at": row.invited_at + _MINUTE,
        "outcome": _NO if lost else _OK,
    }
