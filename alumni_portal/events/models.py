from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type
from alumni_portal.events.rules import (
    MOST_GUESTS,
    OFFER_HOURS,
    Answer,
    EventKind,
    EventState,
    Window,
    window_of,
)
from alumni_portal.people.models import Person, Unit

_REPLY = Personal(
    "know who comes to an event, and invite nobody twice",
    Basis.CONSENT,
    "24 months after the event",
)
_NEEDS = Personal(
    "let the hosts see to food and access (may be about health, GDPR art. 9.2 a)",
    Basis.CONSENT,
    "14 days after the event, or until the person says no",
)
_GUESTS = Personal(
    "know the names of those whom somebody brings to an event",
    Basis.CONSENT,
    "14 days after the event, or until the person says no",
)
_FEED = Personal(
    "show somebody the events they come to in their own calendar",
    Basis.CONSENT,
    "until the person turns it off or is no longer a member",
)
_HOST = Personal(
    "know who receives the guests of an event",
    Basis.LEGITIMATE_INTEREST,
    "24 months after the event",
)


class Event(Base):
    __tablename__ = "event"
    __personal__ = None
    __table_args__ = (
        # The last word on a race for seats: no way of writing gets past it.
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="never_oversold"),
        CheckConstraint("seats_taken >= 0", name="seats_are_counted"),
        CheckConstraint(f"guests_allowed BETWEEN 0 AND {MOST_GUESTS}", name="few_guests"),
        CheckConstraint("offer_hours BETWEEN 1 AND 168", name="offers_last"),
        CheckConstraint("ends_at >= starts_at", name="ends_after_it_starts"),
        CheckConstraint("walk_ins >= 0", name="walk_ins_are_counted"),
        Index("ix_event_coming", "state", "starts_at"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    kind: Mapped[EventKind] = mapped_column(enum_type(EventKind), default=EventKind.MEETING)
    #: The first date of the series that this is a later date of.
    head_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Line]
    #: English edition; empty: the Swedish one is shown.
    title_en: Mapped[Line] = mapped_column(default="")
    #: Markdown.
    text: Mapped[Prose] = mapped_column(default="")
    text_en: Mapped[Prose] = mapped_column(default="")
    #: One point a line, as `rules.agenda_of` reads it.
    agenda: Mapped[Prose] = mapped_column(default="")
    agenda_en: Mapped[Prose] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[Line] = mapped_column(default="")
    #: Street and town, to be copied into a map of the reader's own choice.
    address: Mapped[Line] = mapped_column(default="")
    #: How to find the way and get in.
    directions: Mapped[Prose] = mapped_column(default="")
    place_en: Mapped[Line] = mapped_column(default="")
    address_en: Mapped[Line] = mapped_column(default="")
    directions_en: Mapped[Prose] = mapped_column(default="")
    #: Shown only to those who come.
    online_url: Mapped[str] = mapped_column(String(500), default="")
    capacity: Mapped[int | None]
    #: Seats of those who come, of their guests, and seats kept for somebody who was offered one.
    seats_taken: Mapped[int] = mapped_column(default=0)
    #: The number that the next one on the waiting list gets; it only grows, so ranks hold.
    next_queue_no: Mapped[int] = mapped_column(default=1)
    guests_allowed: Mapped[int] = mapped_column(default=0)
    #: The first and the last day to say yes, and from and until when on them: whole days if empty.
    reply_from: Mapped[date | None]
    reply_from_time: Mapped[time | None]
    reply_by: Mapped[date | None]
    reply_by_time: Mapped[time | None]
    #: How long an offered seat is kept, at most.
    offer_hours: Mapped[int] = mapped_column(default=OFFER_HOURS)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), index=True, info={"personal": _HOST}
    )
    state: Mapped[EventState] = mapped_column(enum_type(EventState), default=EventState.DRAFT)
    #: RFC 5545 3.8.7.4: grows when those who come must be told about a change.
    sequence: Mapped[int] = mapped_column(default=0)
    #: Which of title, agenda and directions the latest letter of a change calls new, by language.
    news: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    #: What those who were coming are told.
    cancel_reason: Mapped[Line] = mapped_column(default="")
    cancel_reason_en: Mapped[Line] = mapped_column(default="")
    #: Markdown for the letter after the event, and whether there is to be one.
    thanks: Mapped[Prose] = mapped_column(default="")
    thanks_en: Mapped[Prose] = mapped_column(default="")
    sends_thanks: Mapped[bool] = mapped_column(default=True)
    #: How many came without a reply: a number, no names.
    walk_ins: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    #: When the invitation (or the word of a new date) goes that waits for the morning, the public
    #: id of the account that sent it, and of the segment that it goes to; none: everybody.
    mails_at: Mapped[datetime | None]
    mails_by: Mapped[Line] = mapped_column(default="")
    mails_to: Mapped[str] = mapped_column(String(20), default="")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    host: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def window(self) -> Window:
        """Return when one can say yes."""
        first, last = self.reply_from, self.reply_by
        return window_of(first, last, opens=self.reply_from_time, closes=self.reply_by_time)

    @property
    def way(self) -> tuple[EventKind, str, str]:
        """Return how and where people meet, to be compared with another date."""
        return self.kind, self.place, self.address

    def words(self, name: str, language: str) -> str:
        """Return a text (`title`, `place`, `thanks` …) in a language, or as written in Swedish."""
        swedish = str(getattr(self, name))
        return (str(getattr(self, f"{name}_en")) if language == "en" else "") or swedish

    def where(self, language: str) -> str:
        """Return where to go, in one line: the place and its address; nothing when digital."""
        if self.kind is EventKind.DIGITAL:
            return ""
        parts = (self.words("place", language), self.words("address", language))
        return ", ".join(filter(None, parts))

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as it was written in Swedish."""
        return self.words("title", language)


class Reply(Base):
    __tablename__ = "event_reply"
    __personal__ = _REPLY
    __table_args__ = (
        CheckConstraint(f"guests BETWEEN 0 AND {MOST_GUESTS}", name="few_guests"),
        Index("ix_event_reply_line", "event_id", "answer", "queue_no"),
        Index("ix_event_reply_offer", "offered_until"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer))
    guests: Mapped[int] = mapped_column(default=0)
    #: Takes part from elsewhere in a hybrid event, and needs no seat.
    remotely: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Place in the waiting list; lower goes first.
    queue_no: Mapped[int | None]
    offered_until: Mapped[datetime | None]
    #: Food and access, encrypted: for the hosts only.
    needs: Mapped[bytes | None] = mapped_column(info={"personal": _NEEDS})
    #: Who the guests are, encrypted, when it was told: for the hosts only.
    guest_names: Mapped[bytes | None] = mapped_column(info={"personal": _GUESTS})
    checked_in_at: Mapped[datetime | None]
    #: Which of the guests are here: a digit for each, 0 for the first.
    guests_here: Mapped[str] = mapped_column(String(MOST_GUESTS), default="")
    #: The event's sequence that this person last heard of.
    told_sequence: Mapped[int] = mapped_column(default=0)
    #: Public id of the letter that last told them of a change or the end.
    told_by: Mapped[str] = mapped_column(String(20), default="", index=True)
    #: Public ids of the letters before that one, the first one first.
    told_before: Mapped[list[Any]] = mapped_column(default=list)
    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def seats(self) -> int:
        """Return how many seats this reply is about."""
        return 0 if self.remotely else 1 + self.guests

    def forget_told(self) -> None:
        """Forget food and access, and who the guests are."""
        self.needs, self.guest_names = None, None


class EventInvitation(Base):
    """Who was asked to come, once; and whom the mailed link to an event stands for."""

    __tablename__ = "event_invitation"
    __personal__ = _REPLY

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    #: What stands in the link, signed.
    public_id: Mapped[PublicId]
    #: Nothing for somebody who answered without being asked by mail.
    invited_at: Mapped[datetime | None]
    #: Which sending it was part of: several when new people are invited later.
    round: Mapped[int] = mapped_column(default=0)
    #: Public id of the mailing that carried it.
    mailing: Mapped[str] = mapped_column(String(20), default="", index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class EventPicture(Base):
    """The picture of an event, drawn anew from what was uploaded."""

    __tablename__ = "event_picture"
    __personal__ = None
    __table_args__ = (UniqueConstraint("event_id"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    #: What it shows, for whoever does not see it.
    alt: Mapped[Line]
    alt_en: Mapped[Line] = mapped_column(default="")
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class EventFeed(Base):
    """The address of somebody's own calendar: renewed, it is another one."""

    __tablename__ = "event_feed"
    __personal__ = _FEED

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: What stands in the address, signed.
    public_id: Mapped[PublicId]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


__all__ = [
    "Answer",
    "Event",
    "EventFeed",
    "EventInvitation",
    "EventKind",
    "EventPicture",
    "EventState",
    "Reply",
]
