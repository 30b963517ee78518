import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.consents.models import LetterTopic
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.newsletters.rules import (
    WAITING,
    Content,
    HeldWhy,
    LinkState,
    NewsletterState,
    content_of,
)
from alumni_portal.newsletters.rules.greetings import StopWhy
from alumni_portal.newsletters.rules.left_out import LeftOut


def version_of(title: str, stored: dict[str, Any], segment_id: int | None) -> str:
    """Return the mark of a draft that holds this."""
    saved = json.dumps([title, stored, segment_id], sort_keys=True)
    return hashlib.sha256(saved.encode()).hexdigest()[:20]


class Newsletter(Base):
    """One issue: a draft until it is sent, then as it was sent."""

    __tablename__ = "newsletter"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: What HR calls it; readers see the subject.
    title: Mapped[Line]
    #: Heads and blocks in both languages.
    stored: Mapped[dict[str, Any]]
    state: Mapped[NewsletterState] = mapped_column(
        enum_type(NewsletterState), default=NewsletterState.DRAFT, index=True
    )
    #: What it is about: whoever turned that off does not get it.
    topic: Mapped[LetterTopic] = mapped_column(enum_type(LetterTopic), default=LetterTopic.NEWS)
    #: Who gets it; nothing: everybody who agreed.
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("segment.id"), index=True)
    #: Members who did not get it read it in the archive, though it went to a segment.
    shown_to_all: Mapped[bool] = mapped_column(default=False)
    #: Where answers go; empty: to whom the mail is from.
    reply_to: Mapped[str] = mapped_column(String(320), default="")
    #: Who got a mailing in the last seven days does not get this one.
    spares_recent: Mapped[bool] = mapped_column(default=False)
    #: Who got a newsletter in the last month does not get this one: that is what is promised.
    spares_second: Mapped[bool] = mapped_column(default=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"), index=True)
    #: Public id of the account that changed it last.
    changed_by: Mapped[Line]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When it goes by itself, and the public id of the account that said so.
    planned_at: Mapped[datetime | None]
    planned_by: Mapped[Line] = mapped_column(default="")
    #: Why it did not go then.
    held_why: Mapped[HeldWhy | None] = mapped_column(enum_type(HeldWhy))
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    #: When its mailing was broken off.
    cancelled_at: Mapped[datetime | None]
    #: The copy to those who had not answered, once at most, and when that was broken off.
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"), index=True)
    reminder_cancelled_at: Mapped[datetime | None]

    @property
    def version(self) -> str:
        """Return a mark of what is saved: a form that began with another one is out of date."""
        return version_of(self.title, self.stored, self.segment_id)

    @property
    def is_waiting(self) -> bool:
        """Say whether it is planned, or was and waits for an answer."""
        return self.state in WAITING

    @property
    def content(self) -> Content:
        """Return what it holds."""
        return content_of(self.stored)


class Picture(Base):
    """A picture in a newsletter: made anew from what was uploaded, so nothing hides in it."""

    __tablename__ = "newsletter_picture"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    newsletter_id: Mapped[int] = mapped_column(ForeignKey("newsletter.id"), index=True)
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class OpeningVisit(Base):
    """Somebody who lets us count it went from a newsletter to an opening, counted once."""

    __tablename__ = "opening_visit"
    __personal__ = Personal(
        "count visits from newsletters for those who let us",
        Basis.CONSENT,
        "30 days with the person, then only as a number",
    )
    __table_args__ = (UniqueConstraint("newsletter_id", "opening", "person_id"),)

    id: Mapped[PK]
    newsletter_id: Mapped[int] = mapped_column(ForeignKey("newsletter.id"), index=True)
    #: Public id of the opening.
    opening: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class LinkCheck(Base):
    """What came of looking at a link that stands in newsletters."""

    __tablename__ = "link_check"
    __personal__ = None

    id: Mapped[PK]
    url: Mapped[str] = mapped_column(String(500), unique=True)
    state: Mapped[LinkState] = mapped_column(enum_type(LinkState))
    #: The status, or what kind of fault it was.
    answer: Mapped[Line] = mapped_column(default="")
    checked_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class Tester(Base):
    """Somebody on the staff whom newsletters are tried on before they go."""

    __tablename__ = "newsletter_tester"
    __personal__ = Personal(
        "try newsletters on colleagues before they go",
        Basis.LEGITIMATE_INTEREST,
        "until taken off the list, or the account is closed",
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


_GREETED = Personal(
    "greet members after their last day, each greeting once, and stop when they answer",
    Basis.CONSENT,
    "24 months",
)


class GreetingPlan(Base):
    """Whether greetings go after somebody's last day, and what they say; one row, or none yet."""

    __tablename__ = "greeting_plan"
    __personal__ = None

    id: Mapped[PK]
    is_on: Mapped[bool] = mapped_column(default=False)
    #: From when: a greeting whose day was before that goes to nobody.
    on_since: Mapped[date | None]
    #: The day on which they were turned off; nothing while they are on.
    off_since: Mapped[date | None]
    #: What HR wrote, by greeting and language; the others say what they say from the start.
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Where answers go; empty: to whom the mail is from.
    reply_to: Mapped[str] = mapped_column(String(320), default="")
    #: The last day on which it was looked whose turn it is, or who was left out: once a day.
    ran_on: Mapped[date | None]


class Greeting(Base):
    """One greeting to somebody about one time here; never a second one."""

    __tablename__ = "greeting"
    __personal__ = _GREETED

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), primary_key=True)
    #: So many days after the last day.
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class GreetingStop(Base):
    """Somebody gets no more greetings about one time here."""

    __tablename__ = "greeting_stop"
    __personal__ = _GREETED

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    why: Mapped[StopWhy] = mapped_column(enum_type(StopWhy))
    #: After which greeting; nothing when none had gone.
    step: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class GreetingsLeftOut(Base):
    """How many of one greeting had their last chance on a day and why they did not go.

    Only numbers: a pause or an address is not kept to tell later what was the matter with it.
    """

    __tablename__ = "greeting_left_out"
    __personal__ = None

    on: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    why: Mapped[LeftOut] = mapped_column(enum_type(LeftOut), primary_key=True)
    number: Mapped[int]


__all__ = [
    "Greeting",
    "GreetingPlan",
    "GreetingStop",
    "GreetingsLeftOut",
    "LinkCheck",
    "Newsletter",
    "NewsletterState",
    "OpeningVisit",
    "Picture",
    "StopWhy",
    "Tester",
]
