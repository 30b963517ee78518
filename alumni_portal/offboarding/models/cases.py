from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.offboarding.rules.case_kinds import CaseKind, CaseState, TaskOwner
from alumni_portal.offboarding.rules.due_dates import Anchor
from alumni_portal.people.models import EmailAddress, Employment, Person

_CASE = Personal(
    "end an employment in good order, and show that it was",
    Basis.CONTRACT,
    "24 months after the last day",
)
_LINK = Personal(
    "let the leaver in without an account, and only them",
    Basis.CONTRACT,
    "open until four weeks after the last day, then closed with the case; a digest, never the link",
)
_STANDS = text("state != 'cancelled'")


class Case(Base):
    __tablename__ = "offboarding_case"
    __personal__ = _CASE
    __table_args__ = (
        # One case per ending employment; a withdrawn notice leaves room for a later one.
        Index(
            "uq_offboarding_case_standing",
            "employment_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_offboarding_case_state", "state", "last_day", "id"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[CaseKind] = mapped_column(enum_type(CaseKind))
    state: Mapped[CaseState] = mapped_column(enum_type(CaseState), default=CaseState.OPEN)
    #: The dates that the tasks follow now; those of the employment, as last taken over.
    notice_on: Mapped[date]
    last_day: Mapped[date]
    #: Who at HR holds the case.
    hr_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_on: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Public id of the account that opened it.
    opened_by: Mapped[Line]
    ended_at: Mapped[datetime | None]
    #: Somebody else has proved the address that the leaver gave: HR sorts it out.
    has_address_conflict: Mapped[bool] = mapped_column(default=False)
    #: When the leaver answered about the network, whatever the answer was.
    answered_at: Mapped[datetime | None]
    batch: Mapped[str | None] = mapped_column(String(20), index=True)
    employment: Mapped[Employment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    hr: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[hr_id])
    tasks: Mapped[list["CaseTask"]] = relationship(
        lazy="raise", back_populates="case", order_by="CaseTask.due_on, CaseTask.position"
    )

    @property
    def is_open(self) -> bool:
        """Say whether there is something left to happen."""
        return self.state is CaseState.OPEN

    @property
    def is_about_death(self) -> bool:
        """Say whether the person has died: nothing is sent to them."""
        return self.kind is CaseKind.DEATH


class CaseTask(Base):
    __tablename__ = "case_task"
    __personal__ = _CASE
    __table_args__ = (Index("ix_case_task_due", "due_on", "owner"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    #: The template's task; empty for one that somebody added.
    key: Mapped[str] = mapped_column(String(40), default="")
    #: What somebody wrote; empty for the template's, which speak both languages.
    written: Mapped[Line] = mapped_column(default="")
    owner: Mapped[TaskOwner] = mapped_column(enum_type(TaskOwner))
    position: Mapped[int]
    anchor: Mapped[Anchor] = mapped_column(enum_type(Anchor))
    offset_days: Mapped[int] = mapped_column(default=0)
    offset_months: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    is_confidential: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    #: Public id of the account that ticked it, `leaver` by the link, `system` by itself.
    done_by: Mapped[Line | None]
    skipped_at: Mapped[datetime | None]
    skipped_by: Mapped[Line | None]
    skip_reason: Mapped[Line] = mapped_column(default="")
    case: Mapped[Case] = relationship(lazy="raise", back_populates="tasks")

    @property
    def is_left(self) -> bool:
        """Say whether it is still to be done."""
        return self.done_at is None and self.skipped_at is None


class What(StrEnum):
    """What happened in a case; the page has a sentence for each."""

    OPENED = "opened"
    TASK_DONE = "task_done"
    TASK_UNDONE = "task_undone"
    TASK_ADDED = "task_added"
    TASK_SKIPPED = "task_skipped"
    TASK_RESTORED = "task_restored"
    DUE_CHANGED = "due_changed"
    LAST_DAY_MOVED = "last_day_moved"
    KIND_CHANGED = "kind_changed"
    ASSIGNED = "assigned"
    LINK_SENT = "link_sent"
    LINKS_REVOKED = "links_revoked"
    ADDRESS_GIVEN = "address_given"
    ADDRESS_PROVED = "address_proved"
    ADDRESS_CONFLICT = "address_conflict"
    ANSWERED = "answered"
    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    REOPENED = "reopened"
    DIED = "died"


class CaseEvent(Base):
    """One line of a case's history. Rows are added, never changed."""

    __tablename__ = "case_event"
    __personal__ = _CASE

    id: Mapped[PK]
    case_id: Mapped[int] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor: Mapped[Line]
    what: Mapped[What] = mapped_column(enum_type(What))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("case_task.id"), index=True)
    #: A date or a reason, as the sentence needs it.
    detail: Mapped[Line] = mapped_column(default="")


class LeaverLink(Base):
    """A way to the leaver's page: good many times, for one case and one mailbox."""

    __tablename__ = "leaver_link"
    __personal__ = _LINK

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("email_address.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[EmailAddress] = relationship(lazy="raise")


class AddressProof(Base):
    """A mailed link that shows that a private address is the leaver's."""

    __tablename__ = "address_proof"
    __personal__ = _LINK
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[PK]
    case_id: Mapped[int] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("email_address.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    address: Mapped[EmailAddress] = relationship(lazy="raise")
