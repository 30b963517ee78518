"""Reads for the door: members who stand there without a name on the list."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreeing
from alumni_portal.core.db import db
from alumni_portal.core.text import normalise
from alumni_portal.events.models import Answer, Reply
from alumni_portal.people.models import Person

_SHOWN = 10
#: Fewer signs than this would list half of all members.
_FEWEST_SIGNS = 2


@dataclass(frozen=True)
class Caller:
    """A member who may be the one at the door, and what they have answered."""

    person_id: int
    ref: str
    name: str
    answer: Answer | None
    is_here: bool


def callers(event_id: int, text: str) -> list[Caller]:
    """Return members who agree to invitations and whose names begin so, a few, by name.

    Each word begins a name or a part of one. Fewer than two signs find nobody.
    """
    words = normalise(text).split()
    if len("".join(words)) < _FEWEST_SIGNS:
        return []
    found = [
        or_(
            Person.search_name.startswith(word, autoescape=True),
            Person.search_name.contains(f" {word}", autoescape=True),
        )
        for word in words
    ]
    rows = db.session.execute(
        select(
            Person.id,
            Person.public_id,
            Person.first_name,
            Person.last_name,
            Reply.answer,
            Reply.checked_in_at,
        )
        .outerjoin(Reply, and_(Reply.person_id == Person.id, Reply.event_id == event_id))
        .where(Person.id.in_(agreeing(Purpose.EVENTS)), *found)
        .order_by(Person.sort_key, Person.id)
        .limit(_SHOWN)
    )
    return [
        Caller(person_id, ref, f"{first} {last}".strip(), answer, here is not None)
        for person_id, ref, first, last, answer, here in rows
    ]
