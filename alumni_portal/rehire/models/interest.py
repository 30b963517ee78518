from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import Base, Basis, Line, Personal, enum_type
from alumni_portal.rehire.rules import Hours, Level

_ANSWER = Personal(
    "let a member say whether they want to come back, and be found by recruiters when they do",
    Basis.CONSENT,
    "while a member; the answer counts for six months",
)


class Interest(Base):
    """What a member last answered about coming back. Nobody else may answer it."""

    __tablename__ = "interest"
    __personal__ = _ANSWER
    __table_args__ = (Index("ix_interest_expires_at", "expires_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(enum_type(Level))
    #: From when; nothing says at any time.
    from_on: Mapped[date | None]
    hours: Mapped[Hours] = mapped_column(enum_type(Hours), default=Hours.ANY)
    #: Where, in the member's own words.
    places: Mapped[Line] = mapped_column(default="")
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    #: When the letter went out that asks whether it still holds.
    reminded_at: Mapped[datetime | None]


class InterestUnit(Base):
    """A unit that a member would like to come back to; none says that any will do."""

    __tablename__ = "interest_unit"
    __personal__ = _ANSWER
    __table_args__ = (Index("ix_interest_unit_unit_id", "unit_id"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("interest.person_id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
