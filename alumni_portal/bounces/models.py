from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.bounces.rules import Kind, Outcome, Severity, Verdict, Way
from alumni_portal.bounces.rules.feedback import told
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type

_WHY = "learn from mail that comes back which addresses do not work"


class ReturnedMail(Base):
    """One thing that came back: a bounce, a complaint, an answer of a machine, or nobody knows."""

    __tablename__ = "returned_mail"
    __personal__ = Personal(
        _WHY, Basis.LEGITIMATE_INTEREST, "its text 30 days, what it said 24 months"
    )
    __table_args__ = (
        Index("ix_returned_mail_waits", "waits", "id"),
        Index("ix_returned_mail_kind", "kind", "id"),
        Index("ix_returned_mail_received_at", "received_at"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: Hash of what came: the same thing told again is the same row.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    way: Mapped[Way] = mapped_column(enum_type(Way))
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    severity: Mapped[Severity] = mapped_column(enum_type(Severity), default=Severity.NONE)
    #: What it is about, when a mark that only we can make says so.
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    #: The address that we wrote to, or that the report names.
    canonical: Mapped[str] = mapped_column(String(320), default="")
    status: Mapped[str] = mapped_column(String(12), default="")
    answer: Mapped[Line] = mapped_column(default="")
    #: As it came, encrypted.
    sealed: Mapped[bytes | None]
    size: Mapped[int]
    #: Nobody's machine may decide: a person reads it.
    waits: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    #: Public id of the account that settled it.
    settled_by: Mapped[Line] = mapped_column(default="")
    verdict: Mapped[Verdict | None] = mapped_column(enum_type(Verdict))


class BounceScore(Base):
    """How often mail to an address came back lately."""

    __tablename__ = "bounce_score"
    __personal__ = Personal(_WHY, Basis.LEGITIMATE_INTEREST, "seven days after the last time")

    canonical: Mapped[str] = mapped_column(String(320), primary_key=True)
    points: Mapped[float]
    last_on: Mapped[date] = mapped_column(index=True)


class ReturnedCopy(Base):
    """What came back for one person's copy of a mailing."""

    __tablename__ = "returned_copy"
    __personal__ = Personal(_WHY, Basis.LEGITIMATE_INTEREST, "24 months")

    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome))
    answer: Mapped[Line] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    @property
    def said(self) -> str:
        """Return the answer in the reader's words, where it is a machine's word."""
        return told(self.answer)


class ReturnedTally(Base):
    """How much of a mailing came back, once it is forgotten whose it was."""

    __tablename__ = "returned_tally"
    __personal__ = None

    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    bounced: Mapped[int] = mapped_column(default=0)
    complained: Mapped[int] = mapped_column(default=0)


class SuppressionDraft(Base):
    """A file of addresses that HR looks through before they are suppressed."""

    __tablename__ = "suppression_draft"
    __personal__ = Personal(
        "let HR check a file before anything of it is stored",
        Basis.LEGITIMATE_INTEREST,
        "one day, or until it is stored",
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    file_name: Mapped[Line]
    #: Rows and what is wrong with some of them, encrypted.
    sealed: Mapped[bytes]
    #: Public id of the account that sent it.
    by: Mapped[Line]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


__all__ = [
    "BounceScore",
    "Kind",
    "Outcome",
    "ReturnedCopy",
    "ReturnedMail",
    "ReturnedTally",
    "Severity",
    "SuppressionDraft",
    "Verdict",
    "Way",
]
