from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type
from alumni_portal.network.models import Skill
from alumni_portal.openings.rules import Hours, OpeningState
from alumni_portal.people.models import EmploymentKind, Unit


class Opening(Base):
    """A post to be filled. It says what it pays; what somebody earned before is asked nowhere."""

    __tablename__ = "opening"
    __personal__ = Personal(
        "know who answers for a recruitment and who leads the unit",
        Basis.LEGITIMATE_INTEREST,
        "as long as the opening is kept",
    )
    __table_args__ = (
        Index("ix_opening_state", "state", "closes_on"),
        CheckConstraint("pay_to IS NULL OR pay_from <= pay_to", name="pay_range_is_upright"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    title: Mapped[Line]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    place: Mapped[Line] = mapped_column(default="")
    #: Driftsenhet and avtalsområde (LAS 25 §).
    workplace: Mapped[Line] = mapped_column(default="")
    agreement_area: Mapped[Line] = mapped_column(default="")
    #: The collective agreement that holds, as it is told to who applies.
    agreement: Mapped[Line] = mapped_column(default="")
    #: SEK a month for full time.
    pay_from: Mapped[int | None]
    pay_to: Mapped[int | None]
    #: Markdown.
    text: Mapped[Prose] = mapped_column(default="")
    hours: Mapped[Hours] = mapped_column(enum_type(Hours), default=Hours.FULL)
    kind: Mapped[EmploymentKind] = mapped_column(
        enum_type(EmploymentKind), default=EmploymentKind.PERMANENT
    )
    seats: Mapped[int] = mapped_column(default=1)
    #: The last day to apply; that day counts.
    closes_on: Mapped[date | None]
    state: Mapped[OpeningState] = mapped_column(enum_type(OpeningState), default=OpeningState.DRAFT)
    recruiter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Whether the public page names who answers for the recruitment.
    names_recruiter: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    unit: Mapped[Unit | None] = relationship(lazy="raise")


class OpeningSkill(Base):
    """A skill wanted, and how much it weighs: 1 good to have … 3 decisive."""

    __tablename__ = "opening_skill"
    __personal__ = None
    __table_args__ = (
        Index("ix_opening_skill_skill_id", "skill_id"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight_is_known"),
    )

    opening_id: Mapped[int] = mapped_column(
        ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    weight: Mapped[int]
    place: Mapped[int] = mapped_column(default=0)
    skill: Mapped[Skill] = relationship(lazy="raise")


class OpeningCriterion(Base):
    """What everybody who applies is measured by; fixed when the opening is published."""

    __tablename__ = "opening_criterion"
    __personal__ = None
    __table_args__ = (UniqueConstraint("opening_id", "place"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"))
    text: Mapped[Line]
    place: Mapped[int]


__all__ = [
    "EmploymentKind",
    "Hours",
    "Opening",
    "OpeningCriterion",
    "OpeningSkill",
    "OpeningState",
]
