from datetime import datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type
from alumni_portal.core.night import Quiet
from alumni_portal.mail.rules import (
    NOBODY_READS,
    SUPPRESSED_FOR,
    DeliveryState,
    LetterState,
    MailingState,
    Policy,
    SuppressedBy,
    Why,
    nobody_is_there,
    without_addresses,
)
from alumni_portal.mail.rules.meaning import meaning

#: What the relay is called among those that have a speed; all others are domains.
RELAY = "relay"


class Letter(Base):
    __tablename__ = "letter"
    __personal__ = Personal(
        "send one person one letter and show that it went",
        Basis.LEGITIMATE_INTEREST,
        "text until sent (30 days at most), the rest 24 months",
        recipients="the mail relay",
    )
    __table_args__ = (Index("ix_letter_due", "state", "next_try_at"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: Which letter: `accounts/sign_in`.
    kind: Mapped[Line]
    person_id: Mapped[int | None] = mapped_column(index=True)
    to_address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    #: Subject and both bodies, encrypted: they may hold links that open doors.
    sealed: Mapped[bytes | None]
    state: Mapped[LetterState] = mapped_column(enum_type(LetterState), default=LetterState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: After this moment the letter is of no use (a sign-in link) and is not sent.
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    #: It went again when nobody knew whether it had arrived: that happens once (S73).
    was_in_doubt: Mapped[bool] = mapped_column(default=False)
    #: The server's answer or why it was not sent.
    outcome: Mapped[Line] = mapped_column(default="")


class Mailing(Base):
    """The same mail to many people: made once, sent in chunks, each person at most once."""

    __tablename__ = "mailing"
    __personal__ = None
    __table_args__ = (UniqueConstraint("kind", "ref"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: What was sent (`newsletters/issue`) and which one of them; asked for twice, it is one.
    kind: Mapped[Line]
    ref: Mapped[Line]
    #: What its receivers have agreed to; asked again before each mail.
    purpose: Mapped[str] = mapped_column(String(40))
    state: Mapped[MailingState] = mapped_column(
        enum_type(MailingState), default=MailingState.SENDING
    )
    #: Which of what they agreed to it is about, where they choose among that; asked again, too.
    about: Mapped[str] = mapped_column(String(40), default="")
    #: Between these, by the employer's clock, it rests; nothing: it goes at any hour.
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    policy: Mapped[Policy] = mapped_column(enum_type(Policy), default=Policy.HOLD)
    total: Mapped[int] = mapped_column(default=0)
    #: How often its sending was set going, so that each round has jobs of its own.
    rounds: Mapped[int] = mapped_column(default=0)
    #: What keeps it waiting, in the relay's words; nothing when all is well.
    trouble: Mapped[Line] = mapped_column(default="")
    #: Public id of the account that sent it.
    begun_by: Mapped[Line]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    #: Broken off: what comes back of it goes no more, and it ends by itself.
    cancelled_at: Mapped[datetime | None]
    #: A person has said that those whom the relay does not know are gone.
    believes_relay: Mapped[bool] = mapped_column(default=False)
    #: How many copies ended how, once it is forgotten whose they were.
    kept_counts: Mapped[dict[str, Any] | None]

    @property
    def quiet(self) -> Quiet | None:
        """Return the hours in which it rests."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return Quiet(self.quiet_from, self.quiet_until)

    @property
    def rests_until(self) -> datetime | None:
        """Return when it goes on by itself that rests now; nothing when it does not rest."""
        is_going = self.state is MailingState.SENDING and self.quiet is not None
        return self.quiet.over_at(clock.now()) if is_going and self.quiet else None

    @property
    def shown_trouble(self) -> str:
        """Return what keeps it waiting, without the address that it may be about."""
        return without_addresses(self.trouble)

    @property
    def is_in_doubt(self) -> bool:
        """Say whether it waits because the relay says of nearly everybody that nobody is there."""
        return self.state is MailingState.PAUSED and nobody_is_there(self.trouble)


class MailingEdition(Base):
    """A mailing in one language, ready but for its slots."""

    __tablename__ = "mailing_edition"
    __personal__ = None

    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    subject: Mapped[Line]
    html: Mapped[Prose]
    text: Mapped[Prose]
    #: Files that go with every copy, packed as a letter's.
    files: Mapped[list[Any]] = mapped_column(default=list)
    #: Where answers go; empty: to whom the mail is from.
    reply_to: Mapped[str] = mapped_column(String(320), default="")


class Pace(Base):
    """How fast the relay, or one domain behind it, is sent to now: shared by all processes."""

    __tablename__ = "mail_pace"
    __personal__ = None

    #: `relay`, or a domain.
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    #: Mails a second; none is unlimited.
    per_second: Mapped[float | None]
    tokens: Mapped[float] = mapped_column(default=0.0)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When it was last slowed down, and by which words; nothing once it is as fast as before.
    slowed_at: Mapped[datetime | None]
    said: Mapped[Line] = mapped_column(default="")


class Delivery(Base):
    """One person's copy of a mailing."""

    __tablename__ = "delivery"
    __personal__ = Personal(
        "send what a person agreed to receive once, and show that it went",
        Basis.CONSENT,
        "what stands in the slots until sent or the mailing is over, the rest 24 months",
        recipients="the mail relay",
    )
    __table_args__ = (
        # One for all that asks by state: each is written three times for each copy.
        Index("ix_delivery_state", "mailing_id", "state", "chunk"),
    )

    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    chunk: Mapped[int]
    to_address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    #: What goes into the slots, encrypted: it may hold links that answer for the person.
    sealed: Mapped[bytes | None]
    state: Mapped[DeliveryState] = mapped_column(
        enum_type(DeliveryState), default=DeliveryState.QUEUED
    )
    #: Why it was not sent, when the portal itself decided so.
    why: Mapped[Why | None] = mapped_column(enum_type(Why))
    attempts: Mapped[int] = mapped_column(default=0)
    first_try_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: It went again when nobody knew whether it had arrived: that happens once (S73).
    was_in_doubt: Mapped[bool] = mapped_column(server_default=false())
    #: The run that has it in hand; a later run that finds it so does not know what became of it.
    owner: Mapped[str] = mapped_column(String(32), default="")
    ended_at: Mapped[datetime | None]
    #: The server's answer.
    outcome: Mapped[Line] = mapped_column(default="")

    @property
    def meaning(self) -> str:
        """Return why it failed, in the reader's words; nothing when it did not."""
        return meaning(self.outcome) if self.state is DeliveryState.FAILED else ""


class Suppression(Base):
    """An address that nothing is mailed to in bulk: its server said that nobody is there."""

    __tablename__ = "suppression"
    __personal__ = Personal(
        "write no more to an address that does not exist or complained",
        Basis.LEGITIMATE_INTEREST,
        "until the address is proved anew; 24 months at most",
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    canonical: Mapped[str] = mapped_column(String(320), unique=True)
    #: The server's words, or somebody's.
    reason: Mapped[Line]
    source: Mapped[SuppressedBy] = mapped_column(
        enum_type(SuppressedBy), default=SuppressedBy.RELAY
    )
    #: Public id of the account that wrote it down; empty: nobody did.
    by: Mapped[Line] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


__all__ = [
    "NOBODY_READS",
    "RELAY",
    "SUPPRESSED_FOR",
    "Delivery",
    "DeliveryState",
    "Letter",
    "LetterState",
    "Mailing",
    "MailingEdition",
    "MailingState",
    "Pace",
    "Policy",
    "SuppressedBy",
    "Suppression",
    "Why",
]
