from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.consents.rules import Act, DepartureReason, How, LetterTopic, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Personal, Prose, enum_type

_PROOF = Personal(
    "show that a consent was given, to which text, and when it ended (GDPR art. 7.1)",
    Basis.LEGAL_OBLIGATION,
    "24 months after the consent ended",
)


class Wording(Base):
    """A text that people have said yes to; kept as it was, whatever the code says today."""

    __tablename__ = "wording"
    __personal__ = None

    id: Mapped[PK]
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    language: Mapped[str] = mapped_column(String(2))
    version: Mapped[int]
    text: Mapped[Prose]
    #: The hash that proves which text it was; a text that differs is another wording.
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    first_used_at: Mapped[datetime] = mapped_column(default=clock.now)


class ConsentEntry(Base):
    """One line of the ledger. Rows are added, never changed."""

    __tablename__ = "consent_entry"
    __personal__ = _PROOF
    __table_args__ = (Index("ix_consent_entry_person", "person_id", "purpose", "id"),)

    id: Mapped[PK]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    act: Mapped[Act] = mapped_column(enum_type(Act))
    how: Mapped[How] = mapped_column(enum_type(How))
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When a yes lapses by itself.
    until: Mapped[datetime | None]
    wording: Mapped[Wording] = relationship(lazy="raise")


class StandingConsent(Base):
    """What stands now, derived from the ledger in the same transaction, for quick reading."""

    __tablename__ = "standing_consent"
    __personal__ = _PROOF
    __table_args__ = (
        Index("ix_standing_consent_purpose", "purpose", "person_id"),
        Index("ix_standing_consent_until", "until"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose), primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    entry_id: Mapped[int] = mapped_column(ForeignKey("consent_entry.id"), index=True)
    #: When the letter went out that asks whether it should go on.
    reminded_at: Mapped[datetime | None]
    entry: Mapped[ConsentEntry] = relationship(lazy="raise")


class Wish(Base):
    """A tick made before the last day. Not a consent: it asks to be asked."""

    __tablename__ = "wish"
    __personal__ = Personal(
        "ask again, from the private address after the last day",
        Basis.CONSENT,
        "60 days after the last day, or until answered",
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose), primary_key=True)
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    #: From when the 60 days run: when the confirmation letter was sent.
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


_CHOSEN = Personal(
    "send a person only what the person wants to read, and nothing while they pause",
    Basis.CONSENT,
    "until changed, while a member; a pause until it ends",
)


class MutedTopic(Base):
    """What a person who gets newsletters does not want to read about."""

    __tablename__ = "muted_topic"
    __personal__ = _CHOSEN

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    topic: Mapped[LetterTopic] = mapped_column(enum_type(LetterTopic), primary_key=True)


class MailPause(Base):
    """Until when a person gets no mailings, though the yes stands."""

    __tablename__ = "mail_pause"
    __personal__ = _CHOSEN

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)


class CountedVisits(Base):
    """Somebody lets us count that they came to an opening from a newsletter. Nobody: off."""

    __tablename__ = "counted_visits"
    __personal__ = Personal(
        "count visits from newsletters for those who let us",
        Basis.CONSENT,
        "until changed, while a member",
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class Departure(Base):
    """Somebody said no to a purpose from a mailing; why, when they wanted to say."""

    __tablename__ = "departure"
    __personal__ = Personal(
        "know which mailings make people say no, and why when they tell us",
        Basis.LEGITIMATE_INTEREST,
        "90 days with the person, then only as a number",
    )
    __table_args__ = (Index("ix_departure_mailing", "mailing", "purpose"),)

    id: Mapped[PK]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    #: Public id of the mailing or the thing mailed, as it stands in the link.
    mailing: Mapped[str] = mapped_column(String(20))
    reason: Mapped[DepartureReason | None] = mapped_column(enum_type(DepartureReason))
    at: Mapped[datetime] = mapped_column(default=clock.now)


__all__ = [
    "Act",
    "ConsentEntry",
    "CountedVisits",
    "Departure",
    "DepartureReason",
    "How",
    "LetterTopic",
    "MailPause",
    "MutedTopic",
    "Purpose",
    "StandingConsent",
    "Wish",
    "Wording",
]
