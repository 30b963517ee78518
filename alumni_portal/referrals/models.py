from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.referrals.rules import ReferralState


class Referral(Base):
    """A tip: an alumnus names somebody outside, who is told at once and says yes or is forgotten.

    The tipped person is nobody's row but this one: never a person, never found by a search.
    """

    __tablename__ = "referral"
    __personal__ = Personal(
        "ask somebody who was tipped whether a recruiter may be in touch",
        Basis.LEGITIMATE_INTEREST,
        "30 days without a yes; after a yes until hired, 180 days at most; a keyed mark two years",
    )
    __table_args__ = (
        Index("ix_referral_state", "state", "told_at"),
        Index("ix_referral_mark", "mark", "told_at"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Empty when nobody was written to, and after a no or thirty days of silence.
    name: Mapped[Line] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(320), default="")
    #: Keyed hash of the address: nobody is written to twice. Says nothing without the key.
    mark: Mapped[str] = mapped_column(String(64))
    #: Mark and opening of a letter that went: the same one never goes again, however they race.
    written_once: Mapped[str | None] = mapped_column(String(100), unique=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    why: Mapped[Prose] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    state: Mapped[ReferralState] = mapped_column(
        enum_type(ReferralState), default=ReferralState.TOLD
    )
    #: Whether a letter went: not to who is known not to want or need one.
    was_written_to: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]
    #: When a recruiter said that they had been in touch.
    contacted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    opening: Mapped[Opening | None] = relationship(lazy="raise")
    referrer: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_person_id])


__all__ = ["Referral", "ReferralState"]
