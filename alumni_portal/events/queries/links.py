"""Reads about links and codes: which event, and whom, what was mailed stands for."""

from dataclasses import dataclass

from sqlalchemy import select

from alumni_portal.core import tokens
from alumni_portal.core.db import db
from alumni_portal.events.models import Event, EventInvitation
from alumni_portal.events.queries.events import event_by_id
from alumni_portal.people.models import Person
from alumni_portal.people.queries import person_by_id

_LINK, _PASS = "event-reply", "event-door"


@dataclass(frozen=True)
class Door:
    """Whom a mailed link stands for, and which event it is about."""

    event: Event
    person: Person


def key_of(invitation: EventInvitation) -> str:
    """Return what stands in the mailed link of an invitation: its id, signed."""
    return tokens.sign(_LINK, invitation.public_id)


def door(token: str) -> Door | None:
    """Return what a mailed link leads to, changing nothing; nothing for a link that is not ours."""
    return _door(tokens.unsign(_LINK, token))


def _door(found: object) -> Door | None:
    row = db.session.scalar(
        select(EventInvitation).where(EventInvitation.public_id == str(found or ""))
    )
    event = event_by_id(row.event_id) if row else None
    person = person_by_id(row.person_id) if row else None
    return Door(event, person) if event and person else None


def pass_of(invitation: EventInvitation) -> str:
    """Return what stands in the code that its holder shows at the door."""
    return tokens.sign(_PASS, invitation.public_id)


def guest_with(token: str) -> Door | None:
    """Return whom a code at the door stands for; nothing for a code that is not ours."""
    return _door(tokens.unsign(_PASS, token))
