"""Reads about letters to those who come: which one told whom of a change or the end."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, or_, select, union
from sqlalchemy.orm import joinedload

from alumni_portal.bounces.models import Kind, ReturnedMail
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.paging import Page, page
from alumni_portal.events.models import Answer, Event, EventInvitation, Reply
from alumni_portal.events.queries.events import dates_of
from alumni_portal.events.queries.invitations import invitations_open, reachable
from alumni_portal.events.rules import IN_LINE
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.people.models import Person

#: The job that tells of a change or the end, and the one that tells again in the morning.
TELL = "events.tell"
TELL_AGAIN = "events.tell_again"
#: What a letter that was sent and came back is asked for as.
BOUNCED = "bounced"
_ENDS = frozenset({"events/cancelled", "events/cancelled_dates"})


@dataclass(frozen=True)
class Told:
    """One letter about a change or the end, and whether it came back."""

    letter: Letter
    bounced: bool

    @property
    def is_off(self) -> bool:
        """Say whether it is about the end."""
        return self.letter.kind in _ENDS


@dataclass(frozen=True)
class ToldLine:
    """The letters to somebody who comes or waits: the latest, and those before, latest first."""

    person_id: int
    name: str
    latest: Told
    earlier: list[Told]


def told_page(event: Event, asked: str, *, after: str | None, before: str | None) -> Page[ToldLine]:
    """Return one page of those who were told of a change or the end, by name, with all letters.

    `asked` narrows it to a state of the latest letter, or to those that bounced; anything else
    shows all.
    """
    query = (
        select(Reply, Person, Letter)
        .join(Person, Person.id == Reply.person_id)
        .join(Letter, Letter.public_id == Reply.told_by)
        .where(Reply.event_id == event.id)
    )
    if asked == BOUNCED:
        query = query.where(_came_back())
    elif asked in set(LetterState):
        query = query.where(Letter.state == LetterState(asked))
    found = page(
        cast("Select[Any]", query),
        [Person.sort_key, Person.id],
        lambda row: [row.Person.sort_key, row.Person.id],
        after=after,
        before=before,
    )
    return Page(_lines(found.rows), found.next, found.previous)


def _lines(rows: Sequence[Any]) -> list[ToldLine]:
    refs = [ref for row in rows for ref in row.Reply.told_before]
    before = db.session.scalars(select(Letter).where(Letter.public_id.in_(refs))).all()
    back = _bounced([*(row.Letter.id for row in rows), *(one.id for one in before)])
    known = {one.public_id: Told(one, one.id in back) for one in before}
    return [
        ToldLine(
            row.Person.id,
            row.Person.name,
            Told(row.Letter, row.Letter.id in back),
            [known[ref] for ref in reversed(row.Reply.told_before) if ref in known],
        )
        for row in rows
    ]


def _bounced(letter_ids: Collection[int]) -> set[int | None]:
    query = select(ReturnedMail.letter_id).where(
        ReturnedMail.letter_id.in_(letter_ids), ReturnedMail.kind == Kind.BOUNCE
    )
    return set(db.session.scalars(query))


def _came_back() -> ColumnElement[bool]:
    return exists().where(ReturnedMail.letter_id == Letter.id, ReturnedMail.kind == Kind.BOUNCE)


@dataclass(frozen=True)
class Readers:
    """Who would be told of a change made now to dates of one series: what each reads, and comes to.

    Whoever was asked and has not answered comes to no date, and hears of each.
    """

    languages: Mapping[int, str]
    comes_to: Mapping[int, Collection[int]]

    def count(self, told: Mapping[int, Collection[str]]) -> Counter[str]:
        """Return how many are told, by language; `told` is who is told of which date, by its id."""
        return Counter(
            language
            for person_id, language in self.languages.items()
            if any(language in told.get(one, ()) for one in self.comes_to.get(person_id, told))
        )


def readers(dates: Sequence[Event]) -> Readers:
    """Return who would be told of a change made now to these dates of one series."""
    coming = select(Reply.person_id).where(
        Reply.event_id.in_([one.id for one in dates]), Reply.answer.in_({Answer.YES, *IN_LINE})
    )
    comes_to: dict[int, list[int]] = {}
    for person_id, event_id in db.session.execute(coming.add_columns(Reply.event_id)):
        comes_to.setdefault(person_id, []).append(event_id)
    asked = invitations_open(dates[0], asked_before=clock.now())
    people = reachable(union(coming, asked.with_only_columns(EventInvitation.person_id)))
    return Readers({one.person_id: one.language for one in people.values()}, comes_to)


def dates_untold(dates: Collection[Event]) -> set[int]:
    """Return which of these dates have a change, or the end, that is yet to be told of."""
    under_way = Job.state.in_({JobState.QUEUED, JobState.RUNNING})
    found = db.session.scalars(select(Job).where(Job.name == TELL, under_way))
    return {one.id for one in dates} & {date for job in found for date in dates_in(job)}


@dataclass(frozen=True)
class Waits:
    """When letters go that wait for the morning: first ones of a change or the end, and again."""

    first: datetime | None
    again: datetime | None


def waits_of(event: Event) -> Waits:
    """Return when letters about a change or the end go that wait; nothing when none do."""
    if not event.sequence:  # never changed
        return Waits(None, None)
    found = db.session.scalars(select(Job).where(_is_telling())).all()
    waiting = [one for one in found if event.id in dates_in(one) and is_waiting(one)]
    first = (one.run_at for one in waiting if one.name == TELL)
    again = (one.run_at for one in waiting if one.name == TELL_AGAIN)
    return Waits(min(first, default=None), min(again, default=None))


def _is_telling() -> ColumnElement[bool]:
    live = {JobState.QUEUED, JobState.RUNNING}
    return Job.name.in_({TELL, TELL_AGAIN}) & Job.state.in_(live)


def held_tellings(event: Event) -> list[Job]:
    """Return the jobs that are to tell of an event, and keep workers from those not begun.

    Of a series all that tell of dates that are called off, or of those that are not, as the event
    is; and of the event alone those that write to who was missed.
    """
    alike = {one.id for one in dates_of(event) if one.state is event.state}
    found = db.session.scalars(select(Job).where(_is_telling())).all()
    own = [one for one in found if dates_in(one) & (alike if one.name == TELL else {event.id})]
    held = select(Job).where(_is_telling(), Job.id.in_([one.id for one in own]))
    held = held.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(held.order_by(Job.id)))


def dates_in(job: Job) -> set[int]:
    """Return the ids of the dates that a job tells of."""
    return {job.args["event"], *job.args.get("dates", ())}


def is_waiting(job: Job) -> bool:
    """Say whether nothing of it has gone yet and it is not due."""
    return job.state is JobState.QUEUED and not job.attempts and job.run_at > clock.now()


def again_key(event: Event, at: datetime) -> str:
    """Return the key of the job that tells again of a change, or the end, at a moment."""
    return f"{_again(event)}{at.isoformat()}"


def _again(event: Event) -> str:
    return f"event-again:{event.public_id}:"


def told_again_at(event: Event) -> datetime | None:
    """Return when letters go that HR sent again at night; nothing when none wait."""
    query = select(Job.run_at).where(
        Job.name == TELL_AGAIN, Job.state == JobState.QUEUED, Job.key.startswith(_again(event))
    )
    return db.session.scalar(query.limit(1))


def not_reached(event: Event) -> list[Reply]:
    """Return who comes or waits and was not reached by the letter about the latest change or end.

    Who has not been told of it yet is about to be, in another letter.
    """
    query = (
        select(Reply)
        .join(Letter, Letter.public_id == Reply.told_by)
        .where(
            Reply.event_id == event.id,
            Reply.answer.in_({Answer.YES, *IN_LINE}),
            Reply.told_sequence >= event.sequence,
            or_(Letter.state == LetterState.FAILED, _came_back()),
        )
    )
    return list(db.session.scalars(query.options(joinedload(Reply.person))))
