from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from alumni_portal.exit_interviews.models.guides import GuideVersion
from alumni_portal.exit_interviews.rules import (
    ExitType,
    InterviewState,
    Precision,
    Reach,
    Seat,
    Track,
)
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import Employment, Person, Unit

_INTERVIEW = Personal(
    "learn from those who leave",
    Basis.LEGITIMATE_INTEREST,
    "with a name six months after the last day, texts no longer than that",
)
_BOOKING = Personal("meet for a talk before the last day", Basis.LEGITIMATE_INTEREST, "six months")
_READER = Personal(
    "show the leaver who may read, and keep those readers out of decisions on that person",
    Basis.LEGAL_OBLIGATION,
    "24 months",
)


class Interview(Base):
    """One set of answers about one exit.

    With a person and an employment while they are named. Answers given for numbers only, and those
    of earlier surveys, have neither: what a release counts by stands in the row itself, and a row
    without a person has no usable time and a random id that tells no order.
    """

    __tablename__ = "exit_interview"
    __personal__ = _INTERVIEW
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 480", name="a_talk_has_a_length"),
        Index("ix_exit_interview_exit", "exit_year", "exit_month"),
        Index("ix_exit_interview_closing", "state", "closes_on"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: What releases know the row by; stays when the name goes, and stands nowhere else.
    mark: Mapped[str] = mapped_column(String(20), default=new_public_id)
    track: Mapped[Track] = mapped_column(enum_type(Track))
    state: Mapped[InterviewState] = mapped_column(
        enum_type(InterviewState), default=InterviewState.OPEN
    )
    #: Nothing for imported answers, which have no guide of ours.
    version_id: Mapped[int | None] = mapped_column(ForeignKey("exit_guide_version.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    employment_id: Mapped[int | None] = mapped_column(ForeignKey("employment.id"), index=True)

    # What a release counts by. Filled for rows without an employment; others follow theirs (I7).
    exit_year: Mapped[int | None]
    #: First month of the quarter when no more is known; nothing when only the year is.
    exit_month: Mapped[int | None]
    exit_day: Mapped[int | None]
    precision: Mapped[Precision] = mapped_column(enum_type(Precision), default=Precision.UNKNOWN)
    exit_type: Mapped[ExitType | None] = mapped_column(enum_type(ExitType))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: "<1", "1-3", "3-7", "7+" or nothing.
    tenure_band: Mapped[str | None] = mapped_column(String(4))
    #: The unit that the leaver led: not counted in what its manager sees (A10).
    led_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: Name of the import that made this row.
    batch: Mapped[str | None] = mapped_column(String(20), index=True)

    # The leaver's own choices.
    reach: Mapped[Reach | None] = mapped_column(enum_type(Reach))
    #: Grows when the leaver lets a new reader in: that reader reads what is said from then on.
    circle: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(2), default="sv")
    wants_pulse: Mapped[bool] = mapped_column(default=False)
    #: Digest of the token that only the leaver has; emptied at closing (rows without a person).
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: Sealed closing day of a row without a person; emptied at closing.
    closing: Mapped[bytes | None]
    #: Last day to answer; nothing for rows without a person.
    closes_on: Mapped[date | None]
    created_on: Mapped[date | None]
    #: When the leaver was first written to; counts for the reminders.
    asked_on: Mapped[date | None]
    reminders: Mapped[int] = mapped_column(default=0)
    sent_in: Mapped[bool] = mapped_column(default=False)
    #: HR took this out of the numbers with a reason, or the leaver withdrew.
    withdrawn: Mapped[bool] = mapped_column(default=False)

    # The talk. Public id of the account that booked stands in the audit chain.
    interviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    starts_at: Mapped[datetime | None] = mapped_column(info={"personal": _BOOKING})
    minutes: Mapped[int] = mapped_column(default=90)
    place: Mapped[Line] = mapped_column(default="")
    online_url: Mapped[str] = mapped_column(String(500), default="")
    purpose: Mapped[Prose] = mapped_column(default="")
    #: RFC 5545 3.8.7.4: grows with every change of the invitation.
    sequence: Mapped[int] = mapped_column(default=0)

    version: Mapped[GuideVersion | None] = relationship(lazy="raise")
    case: Mapped[Case | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    employment: Mapped[Employment | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise", foreign_keys=[unit_id])
    interviewer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[interviewer_id])
    answers: Mapped[list["Answer"]] = relationship(lazy="raise", back_populates="interview")
    readers: Mapped[list["Reader"]] = relationship(
        lazy="raise", back_populates="interview", order_by="Reader.seat, Reader.person_id"
    )

    @property
    def is_open(self) -> bool:
        """Say whether it can be answered now."""
        return self.state is InterviewState.OPEN

    @property
    def is_nameless(self) -> bool:
        """Say whether no person can be found from this row."""
        return self.person_id is None


class Answer(Base):
    """One answer, sealed; the question is of the interview's version of the guide."""

    __tablename__ = "exit_answer"
    __personal__ = _INTERVIEW

    interview_id: Mapped[int] = mapped_column(ForeignKey("exit_interview.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: JSON sealed under the key that only this slice loads: a number, a text, or a list of codes.
    value: Mapped[bytes]
    #: Who could read when it was given: a wider choice later never reaches back.
    reach: Mapped[Reach | None] = mapped_column(enum_type(Reach))
    #: The interview's circle when it was given: who was let in later does not read it.
    circle: Mapped[int] = mapped_column(default=0)
    #: Written by the interviewer during the talk.
    by_interviewer: Mapped[bool] = mapped_column(default=False)
    #: The leaver lets this answer be quoted, without a name.
    is_quotable: Mapped[bool] = mapped_column(default=False)
    #: Two people agree that nobody can be told from the text; gone when the leaver changes it.
    is_cleaned: Mapped[bool] = mapped_column(default=False)
    interview: Mapped[Interview] = relationship(lazy="raise", back_populates="answers")


class Reader(Base):
    """Somebody whom the leaver was told by name that they may read."""

    __tablename__ = "exit_reader"
    __personal__ = _READER

    interview_id: Mapped[int] = mapped_column(ForeignKey("exit_interview.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    seat: Mapped[Seat] = mapped_column(enum_type(Seat), primary_key=True)
    #: Reads answers given from this circle on; nothing while the leaver has not agreed.
    from_circle: Mapped[int | None]
    #: Whose place they are proposed to take, as the leaver is told.
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    interview: Mapped[Interview] = relationship(lazy="raise", back_populates="readers")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    instead_of: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[instead_of_id])

    @property
    def is_let_in(self) -> bool:
        """Say whether the leaver was told of them before answering, or has agreed since."""
        return self.from_circle is not None


class UsualReader(Base):
    """Somebody whom HR lead has chosen to read or code, unless they are near the leaver."""

    __tablename__ = "exit_usual_reader"
    __personal__ = Personal(
        "say who reads what leavers tell us", Basis.LEGITIMATE_INTEREST, "until another is chosen"
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seat: Mapped[Seat] = mapped_column(enum_type(Seat), primary_key=True)


class Redaction(Base):
    """A text without names and dates, as one coder proposes it; gone when another has agreed."""

    __tablename__ = "exit_redaction"
    __personal__ = _INTERVIEW

    interview_id: Mapped[int] = mapped_column(ForeignKey("exit_interview.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: Sealed like the answer that it is to replace.
    value: Mapped[bytes]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Coding(Base):
    """Which reasons one coder finds in one text."""

    __tablename__ = "exit_coding"
    __personal__ = _INTERVIEW

    interview_id: Mapped[int] = mapped_column(ForeignKey("exit_interview.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: The coder's person id: their own work, not the leaver's.
    coder_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    #: Codes of reasons; an empty list is a judgement too: none applies.
    codes: Mapped[list[Any]]
