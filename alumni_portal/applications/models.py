from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.applications.rules import Hours, Measure, Stage, Start
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type
from alumni_portal.openings.models import Opening, OpeningCriterion
from alumni_portal.people.models import Employment, Person

_APPLICATION = Personal(
    "decide on an application on the applicant's own request",
    Basis.CONTRACT,
    "24 months after the decision (diskrimineringslagen 6:4); what was written goes when the"
    " applicant takes it back",
)
_DRAFT = Personal(
    "let somebody finish an application they have begun",
    Basis.CONTRACT,
    "30 days after it was last saved, or until it is sent",
)
_REF = String(200)


class Applicant(Base):
    """Whoever applies: a person who worked here, or somebody who is no person of ours yet."""

    __tablename__ = "applicant"
    __personal__ = _APPLICATION

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    name: Mapped[Line]
    #: Where letters go: the proved private address at the last application.
    address: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    person: Mapped[Person | None] = relationship(lazy="raise")


class Application(Base):
    """One applicant for one opening; there is never a second one."""

    __tablename__ = "application"
    __personal__ = _APPLICATION
    __table_args__ = (
        UniqueConstraint("opening_id", "applicant_id"),
        Index("ix_application_stage", "stage", "stage_since"),
        CheckConstraint(
            "stage <> 'declined' OR (measure IS NOT NULL AND reason <> '')",
            name="declined_has_a_reason",
        ),
        CheckConstraint("stage <> 'hired' OR employment_id IS NOT NULL", name="hired_is_employed"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id"), index=True)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.SUBMITTED)
    stage_since: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    now_doing: Mapped[Line] = mapped_column(default="")
    #: What the applicant has learned since the last day, in their own words.
    learned: Mapped[list[Any]] = mapped_column(default=list)
    can_begin: Mapped[Start] = mapped_column(enum_type(Start))
    hours: Mapped[Hours] = mapped_column(enum_type(Hours))
    why: Mapped[Prose] = mapped_column(default="")
    #: What the applicant says is wrong in the history we hold; empty when it is right.
    history_wrong: Mapped[Prose] = mapped_column(default="")
    history_settled_at: Mapped[datetime | None]
    #: The objective ground of a decline: a criterion of the opening, how, and a sentence.
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("opening_criterion.id"), index=True)
    measure: Mapped[Measure | None] = mapped_column(enum_type(Measure))
    reason: Mapped[Prose] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    #: The employment that came of it.
    employment_id: Mapped[int | None] = mapped_column(ForeignKey("employment.id"), index=True)
    employment: Mapped[Employment | None] = relationship(lazy="raise")
    opening: Mapped[Opening] = relationship(lazy="raise")
    applicant: Mapped[Applicant] = relationship(lazy="raise")
    criterion: Mapped[OpeningCriterion | None] = relationship(lazy="raise")


class ApplicationMove(Base):
    """One step of an application: from where, to where, when and by whom."""

    __tablename__ = "application_move"
    __personal__ = _APPLICATION

    id: Mapped[PK]
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    from_stage: Mapped[str | None] = mapped_column(String(40))
    to_stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Public id of the account that did it.
    by_ref: Mapped[str] = mapped_column(_REF)
    #: Whether a letter told the applicant.
    told: Mapped[bool] = mapped_column(default=False)


class ApplicationDraft(Base):
    """What somebody has filled in so far and not sent."""

    __tablename__ = "application_draft"
    __personal__ = _DRAFT
    __table_args__ = (UniqueConstraint("person_id", "opening_id"),)

    id: Mapped[PK]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    opening: Mapped[Opening] = relationship(lazy="raise")


class Attachment(Base):
    """A file that belongs to a draft, later to the application that came of it."""

    __tablename__ = "attachment"
    __personal__ = _APPLICATION

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("application_draft.id"), unique=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), unique=True)
    #: As the applicant called it; shown and offered on download, never used as a path.
    name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int]
    #: The random name under which it lies outside the web root.
    stored_as: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


__all__ = [
    "Applicant",
    "Application",
    "ApplicationDraft",
    "ApplicationMove",
    "Attachment",
    "Hours",
    "Measure",
    "Stage",
    "Start",
]
