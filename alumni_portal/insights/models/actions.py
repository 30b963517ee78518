from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import (
    PK,
    Base,
    Basis,
    Line,
    Personal,
    Prose,
    PublicId,
    enum_type,
    new_public_id,
)
from alumni_portal.insights.rules.actions import ActionState
from alumni_portal.people.models import Person, Unit

_QUOTE = Personal(
    "tell everybody what a leaver has said and lets us quote",
    Basis.CONSENT,
    "as long as the answer is kept that it stands in",
)


class Action(Base):
    """What is done about a theme: somebody's, by a day, with a measure."""

    __tablename__ = "action"
    __personal__ = Personal(
        "know who answers for an action and remind them", Basis.LEGITIMATE_INTEREST, "five years"
    )
    __table_args__ = (Index("ix_action_state", "state", "due_on"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: A theme of the code book.
    theme: Mapped[str] = mapped_column(String(40), index=True)
    #: What was heard, in HR's own words; never what somebody wrote.
    heard: Mapped[Prose]
    goal: Mapped[Line]
    measure: Mapped[Prose] = mapped_column(default="")
    #: Where it is done; everywhere when empty.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(enum_type(ActionState), default=ActionState.PLANNED)
    #: From then on it may have an effect: what was published before is what it is compared with.
    begun_on: Mapped[date]
    closed_on: Mapped[date | None]
    #: What came of it, written when it is closed, for those who asked to be told.
    done_sv: Mapped[Prose] = mapped_column(default="")
    done_en: Mapped[Prose] = mapped_column(default="")
    reminded_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    owner: Mapped[Person] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    publication: Mapped["Publication | None"] = relationship(lazy="raise", back_populates="action")


class Publication(Base):
    """What was heard and what was done, in both languages: a draft, and what everybody reads of it.

    The draft may change at any time. What everybody reads is a copy of what a second person has
    approved (A9), so no word of it is one that only its writer has read.
    """

    __tablename__ = "publication"
    __personal__ = None

    id: Mapped[PK]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), unique=True)
    heard_sv: Mapped[Prose] = mapped_column(default="")
    heard_en: Mapped[Prose] = mapped_column(default="")
    done_sv: Mapped[Prose] = mapped_column(default="")
    done_en: Mapped[Prose] = mapped_column(default="")
    #: What one leaver lets us quote, without names and dates; as long as the answer is kept.
    quote: Mapped[Prose] = mapped_column(default="", info={"personal": _QUOTE})
    #: Whether the share before and after stands beside the words.
    with_effect: Mapped[bool] = mapped_column(default=True)
    #: The account's public id of whoever changed the draft last.
    written_by: Mapped[Line] = mapped_column(default="")
    #: Set while a second person is asked to read the draft.
    asked_at: Mapped[datetime | None]
    #: The words that were approved, the quote among them, whether the effect is shown, and the
    #: quarter and the division whose figures stand behind the theme; nothing while nobody reads it.
    told: Mapped[dict[str, Any] | None] = mapped_column(info={"personal": _QUOTE})
    approved_by: Mapped[Line] = mapped_column(default="")
    #: Empty while it is a draft, and again once it was taken down.
    published_at: Mapped[datetime | None]
    action: Mapped[Action] = relationship(lazy="raise", back_populates="publication")


class FollowUp(Base):
    """A leaver's wish to be told when something changes about a theme.

    Nothing in it leads to an interview: no key, no moment, and its own key is random, so that not
    even the order of the rows says who asked after whom. Read by the job that writes, only.
    """

    __tablename__ = "follow_up"
    __personal__ = Personal(
        "tell a leaver who asked to know when something changes",
        Basis.CONSENT,
        "until the letter has gone; three years at most",
    )
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_public_id)
    theme: Mapped[str] = mapped_column(String(40), index=True)
    #: Encrypted.
    address: Mapped[bytes]
    #: Keyed hash of theme and address: who asks twice is told once.
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2), default="sv")
    #: The quarter of asking, for forgetting: never the moment.
    asked_in: Mapped[str] = mapped_column(String(6), index=True)
