"""Reads about replies: who comes, who waits in which order, whose offer has lapsed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.events.models import Answer, Event, EventState, Reply
from alumni_portal.events.rules import IN_LINE, party_of
from alumni_portal.people.models import Person

NEEDS, GUESTS = "event-needs", "event-guests"


#: Answers that stand on the list at the door.
_AT_THE_DOOR = frozenset({Answer.YES, Answer.WALKED_IN, *IN_LINE})


def reply(event_id: int, person_id: int) -> Reply | None:
    """Return what somebody answered to an event."""
    return db.session.get(Reply, (event_id, person_id))


def replies_of(person_id: int, event_ids: Collection[int]) -> dict[int, Reply]:
    """Return what somebody answered to these events, by event."""
    query = select(Reply).where(Reply.person_id == person_id, Reply.event_id.in_(event_ids))
    return {one.event_id: one for one in db.session.scalars(query)}


def standing_in(
    series: Mapping[Event, Collection[Event]], replies: Mapping[int, Reply]
) -> dict[int, Reply]:
    """Return how somebody stands to each series, by the date that it is shown as.

    A yes or a place in line to any date says more than a no.
    """
    found = {}
    for shown, dates in series.items():
        given = [replies[one.id] for one in dates if one.id in replies]
        given.sort(key=lambda one: one.answer not in {Answer.YES, *IN_LINE})
        if given:
            found[shown.id] = given[0]
    return found


def waiting(event_id: int) -> list[Reply]:
    """Return the waiting list of an event, the next first, with its people."""
    return list(
        db.session.scalars(
            select(Reply)
            .where(Reply.event_id == event_id, Reply.answer == Answer.WAITING)
            .order_by(Reply.queue_no)
            .options(joinedload(Reply.person))
            .execution_options(populate_existing=True)
        )
    )


def some_take_part_remotely(dates: Collection[Event]) -> bool:
    """Say whether somebody said yes from elsewhere to one of these dates that is still ahead."""
    query = (
        select(Reply.event_id)
        .join(Event, Event.id == Reply.event_id)
        .where(
            Event.id.in_([one.id for one in dates]),
            Event.state == EventState.OPEN,
            Event.starts_at > clock.now(),
            Reply.answer == Answer.YES,
            Reply.remotely.is_(True),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def number_waiting(event_id: int) -> int:
    """Return how many people stand on the waiting list."""
    query = select(func.count()).where(Reply.event_id == event_id, Reply.answer == Answer.WAITING)
    return db.session.scalar(query) or 0


def rank(of: Reply) -> int | None:
    """Return which number somebody is on the waiting list: 1 is next. Nothing for others."""
    if of.answer is not Answer.WAITING or of.queue_no is None:
        return None
    ahead = select(func.count()).where(
        Reply.event_id == of.event_id,
        Reply.answer == Answer.WAITING,
        Reply.queue_no < of.queue_no,
    )
    return (db.session.scalar(ahead) or 0) + 1


def ranks(person_id: int, event_ids: Collection[int]) -> dict[int, int]:
    """Return which number somebody is on the waiting lists of these events, by event."""
    mine, ahead = aliased(Reply), aliased(Reply)
    rows = db.session.execute(
        select(mine.event_id, func.count().label("number"))
        .join(ahead, (ahead.event_id == mine.event_id) & (ahead.queue_no <= mine.queue_no))
        .where(
            mine.person_id == person_id,
            mine.event_id.in_(event_ids),
            mine.answer == Answer.WAITING,
            ahead.answer == Answer.WAITING,
        )
        .group_by(mine.event_id)
    )
    return {row.event_id: row.number for row in rows}


def expired_offers(moment: datetime, *, limit: int) -> list[tuple[int, int]]:
    """Return events and people whose offered seat was not taken in time."""
    rows = db.session.execute(
        select(Reply.event_id, Reply.person_id)
        .join(Event, Event.id == Reply.event_id)
        .where(
            Reply.answer == Answer.OFFERED,
            Reply.offered_until <= moment,
            Event.state == EventState.OPEN,
        )
        .order_by(Reply.offered_until, Reply.person_id)
        .limit(limit)
    )
    return [(row.event_id, row.person_id) for row in rows]


def untold(events: Collection[Event], *, limit: int) -> list[Reply]:
    """Return who comes or waits and has not been told of the latest change or the end.

    All that so many people said to these events, one person after the other.
    """
    due = (
        Reply.event_id.in_([one.id for one in events]),
        Reply.answer.in_({Answer.YES, *IN_LINE}),
        Reply.told_sequence < Event.sequence,
    )
    some = select(Reply.person_id).join(Event, Event.id == Reply.event_id).where(*due).distinct()
    people = list(db.session.scalars(some.order_by(Reply.person_id).limit(limit)))
    query = select(Reply).join(Event, Event.id == Reply.event_id)
    query = query.where(*due, Reply.person_id.in_(people))
    found = query.order_by(Reply.person_id, Event.starts_at).options(joinedload(Reply.person))
    return list(db.session.scalars(found))


@dataclass(frozen=True)
class Guest:
    """One line of the list at the door."""

    person_id: int
    ref: str
    name: str
    answer: Answer
    guests: int
    needs: str
    #: Who the guests are, as it was told.
    names: str
    is_here: bool
    queue_no: int | None
    remotely: bool
    guests_here: str = ""

    @property
    def guest_refs(self) -> list[str]:
        """Return what the list at the door calls each guest."""
        return [f"{self.ref}:{place}" for place in range(self.guests)]

    @property
    def party(self) -> list[tuple[str, str, bool]]:
        """Return of each guest what the list calls them, the name if told, and who is here."""
        called = party_of(self.guests, self.names)
        here = [str(place) in self.guests_here for place in range(self.guests)]
        return list(zip(self.guest_refs, called, here, strict=True))


def told(what: str, sealed: bytes | None) -> str:
    """Return what somebody told the hosts (NEEDS or GUESTS), for the hosts."""
    return tokens.unseal(what, sealed) if sealed else ""


def attendance(event_id: int, *, with_needs: bool) -> list[Guest]:
    """Return who comes, was let in, is offered a seat or waits, in Swedish order of names."""
    rows = db.session.execute(
        select(Reply, Person.public_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Reply.person_id)
        .where(Reply.event_id == event_id, Reply.answer.in_(_AT_THE_DOOR))
        .order_by(Person.sort_key, Person.id)
    )
    return [
        Guest(
            person_id=one.person_id,
            ref=ref,
            name=f"{first} {last}".strip(),
            answer=one.answer,
            guests=one.guests,
            needs=told(NEEDS, one.needs if with_needs else None),
            names=told(GUESTS, one.guest_names if with_needs else None),
            is_here=one.checked_in_at is not None,
            queue_no=one.queue_no,
            remotely=one.remotely,
            guests_here=one.guests_here,
        )
        for one, ref, first, last in rows
    ]
