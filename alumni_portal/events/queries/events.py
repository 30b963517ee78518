"""Reads about events themselves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload, undefer

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, decode, encode
from alumni_portal.events.models import (
    Answer,
    Event,
    EventInvitation,
    EventPicture,
    EventState,
    Reply,
)
from alumni_portal.events.rules import IN_LINE, no_show_share

#: States that somebody who plans no events may know of.
ALL_PUBLIC = (EventState.OPEN, EventState.CANCELLED, EventState.PAST)
_MOST = 100
_HOSTS = (joinedload(Event.unit), joinedload(Event.host))


def event(public_id: str) -> Event | None:
    """Return an event with its host and host unit."""
    return db.session.scalar(select(Event).where(Event.public_id == public_id).options(*_HOSTS))


def event_by_id(event_id: int) -> Event | None:
    """Return an event with its host and host unit."""
    return db.session.scalar(select(Event).where(Event.id == event_id).options(*_HOSTS))


def dates_of(event: Event) -> list[Event]:
    """Return all dates of the series of an event with their hosts, or itself when it has none.

    The first comes first. A date that is called off is among them, a draft only in a draft.
    """
    head_id = event.head_id or event.id
    query = select(Event).where(or_(Event.id == head_id, Event.head_id == head_id))
    if event.state is not EventState.DRAFT:
        query = query.where(Event.state != EventState.DRAFT)
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).options(*_HOSTS)))


def first_date(event: Event) -> Event:
    """Return the first date of the series of an event, which invitations belong to, or itself."""
    return (event_by_id(event.head_id) if event.head_id is not None else None) or event


def dates_ahead(event: Event) -> list[Event]:
    """Return the dates of the series of an event that one can still come to, the first first."""
    now = clock.now()
    return [
        one
        for one in dates_of(event)
        if one.state is not EventState.CANCELLED and one.starts_at > now
    ]


def to_remind(moment: datetime) -> list[int]:
    """Return the events whose invited people may have to be reminded: not yet, and a date ahead.

    A series is reminded of once, whichever of its dates is the next.
    """
    date = aliased(Event)
    is_ahead = exists().where(
        or_(date.id == Event.id, date.head_id == Event.id),
        date.state == EventState.OPEN,
        date.starts_at > moment,
    )
    query = select(Event.id).where(Event.head_id.is_(None), Event.reminded_at.is_(None), is_ahead)
    return list(db.session.scalars(query.order_by(Event.starts_at).limit(_MOST)))


def to_thank(ended_after: datetime) -> list[int]:
    """Return events that are over since a moment and whose guests were not thanked."""
    query = select(Event.id).where(
        Event.state == EventState.PAST,
        Event.ends_at > ended_after,
        Event.sends_thanks.is_(True),
        Event.thanked_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Event.ends_at).limit(_MOST)))


def picture_of(event: Event) -> EventPicture | None:
    """Return the picture of an event, without its data: all dates of a series share one."""
    shown_by = event.head_id or event.id
    return db.session.scalar(select(EventPicture).where(EventPicture.event_id == shown_by))


def picture(public_id: str) -> EventPicture | None:
    """Return a picture with its data."""
    return db.session.scalar(
        select(EventPicture)
        .where(EventPicture.public_id == public_id)
        .options(undefer(EventPicture.data))
    )


def coming(limit: int = _MOST, *, cancelled: bool = False) -> list[Event]:
    """Return events that are open and not over, the next first; cancelled ones when asked for."""
    states = [EventState.OPEN, EventState.CANCELLED] if cancelled else [EventState.OPEN]
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.state.in_(states), Event.ends_at > clock.now())
            .order_by(Event.starts_at, Event.id)
            .limit(limit)
        )
    )


def one_per_series(events: Iterable[Event]) -> dict[Event, list[Event]]:
    """Return the first of these events of each series, with all dates of it that are among them."""
    found: dict[int, list[Event]] = {}
    for one in events:
        found.setdefault(one.head_id or one.id, []).append(one)
    return {dates[0]: dates for dates in found.values()}


def drafts() -> list[Event]:
    """Return events that nobody outside has seen yet, the next first."""
    query = select(Event).where(Event.state == EventState.DRAFT)
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(_MOST)))


def past(*, older_than: str | None = None, size: int = 20) -> Page[Event]:
    """Return one page of events that took place, latest first; the mark says where it begins."""
    query = select(Event).where(
        Event.state.in_((EventState.OPEN, EventState.PAST)), Event.ends_at <= clock.now()
    )
    mark = _read(older_than)
    if mark is not None:
        query = query.where(tuple_(Event.starts_at, Event.id) < tuple_(*mark))
    order = query.order_by(Event.starts_at.desc(), Event.id.desc())
    rows = list(db.session.scalars(order.limit(size + 1)))
    last = rows[size - 1] if len(rows) > size else None
    following = encode([last.starts_at.isoformat(), last.id]) if last else None
    return Page(rows[:size], following, None)


def _read(mark: str | None) -> tuple[Any, Any] | None:
    """Return where a page begins; a mark that is not ours counts as the first page."""
    key = decode(mark)
    try:
        moment = datetime.fromisoformat(str(key[0])) if key else None
    except ValueError:
        return None
    if not key or moment is None or moment.tzinfo is None or not isinstance(key[-1], int):
        return None
    return literal(moment, Event.starts_at.type), key[-1]


def over(moment: datetime, *, limit: int) -> list[Event]:
    """Return open events that have ended."""
    query = select(Event).where(Event.state == EventState.OPEN, Event.ends_at <= moment)
    return list(db.session.scalars(query.order_by(Event.id).limit(limit)))


@dataclass(frozen=True)
class Line:
    """One event in a list, with how it stands."""

    event: Event
    coming: int
    guests: int
    waiting: int
    offered: int
    declined: int
    invited: int
    checked_in: int
    #: Of those who come, how many take part from elsewhere.
    remotely: int = 0
    #: Who was let in without a seat, with their guests: no part of those expected.
    walked_in: int = 0
    #: Guests of those who come who were ticked off.
    guests_here: int = 0

    @property
    def here(self) -> int:
        """Return how many of those expected were ticked off, guests and all."""
        return self.checked_in + self.guests_here

    @property
    def no_show(self) -> float | None:
        """Return which share of those expected at the door stayed away, when that is known."""
        return no_show_share(self.coming - self.remotely + self.guests, self.here)

    @property
    def is_list_used(self) -> bool:
        """Say whether somebody was ticked off at the door: else nobody knows who stayed away."""
        return bool(self.here or self.walked_in)

    @property
    def came(self) -> int:
        """Return how many were there: those who were ticked off, or all who said yes."""
        return self.here + self.remotely + self.walked_in if self.is_list_used else self.seats

    def was_there(self, reply: Reply | None) -> bool:
        """Say whether somebody was there, as far as is known: no word of it to who stayed away."""
        if reply is None or (reply.answer is Answer.NO and reply.checked_in_at is None):
            return False
        if reply.checked_in_at is not None or reply.answer is Answer.WALKED_IN:
            return True
        return reply.answer is Answer.YES and (reply.remotely or not self.is_list_used)

    @property
    def seats(self) -> int:
        """Return how many seats those who come and their guests take."""
        return self.coming + self.guests


def lines_of(events: Collection[Event]) -> list[Line]:
    """Return these events with their counts, in the same order, in two statements."""
    if not events:
        return []
    ids = [one.id for one in events]
    answers = _answers(ids)
    invited = _invited(ids)
    return [_line(one, answers.get(one.id, {}), invited.get(one.id, 0)) for one in events]


def counts_of(event: Event) -> Line:
    """Return one event with its counts."""
    return lines_of([event])[0]


_Counts = dict[Answer, tuple[int, int, int, int, int]]
_LET_IN = (Answer.WALKED_IN, *IN_LINE)


def _line(event: Event, found: _Counts, invited: int) -> Line:
    nobody = (0, 0, 0, 0, 0)
    coming, guests, here, remotely, guests_here = found.get(Answer.YES, nobody)
    let_in = [found.get(one, nobody) for one in _LET_IN]
    return Line(
        event=event,
        coming=coming,
        guests=guests,
        waiting=found.get(Answer.WAITING, nobody)[0],
        offered=found.get(Answer.OFFERED, nobody)[0],
        declined=found.get(Answer.NO, nobody)[0],
        invited=invited,
        checked_in=here,
        remotely=remotely,
        walked_in=sum(here + guests for _all, _guests, here, _far, guests in let_in),
        guests_here=guests_here,
    )


def _answers(ids: list[int]) -> dict[int, _Counts]:
    rows = db.session.execute(
        select(
            Reply.event_id,
            Reply.answer,
            func.count(),
            func.coalesce(func.sum(Reply.guests), 0),
            func.count(Reply.checked_in_at),
            func.count(case((Reply.remotely.is_(True), 1))),
            func.coalesce(func.sum(func.length(Reply.guests_here)), 0),
        )
        .where(Reply.event_id.in_(ids))
        .group_by(Reply.event_id, Reply.answer)
    )
    found: dict[int, _Counts] = {}
    for event_id, answer, number, guests, here, remotely, guests_here in rows:
        counts = (number, int(guests), here, remotely, int(guests_here))
        found.setdefault(event_id, {})[answer] = counts
    return found


def _invited(ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(EventInvitation.event_id, func.count(EventInvitation.invited_at).label("number"))
        .where(EventInvitation.event_id.in_(ids))
        .group_by(EventInvitation.event_id)
    )
    return {row.event_id: row.number for row in rows}
