from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type


class LetterState(StrEnum):
    QUEUED = "queued"
    #: Handed to the transport; only an answer tells more.
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: Not to be sent: too late, no longer wanted, or nobody behind the address.
    DROPPED = "dropped"


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
    #: The server's answer or why it was not sent.
    outcome: Mapped[Line] = mapped_column(default="")
