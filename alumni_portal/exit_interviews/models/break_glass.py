from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Personal, Prose, PublicId
from alumni_portal.exit_interviews.models.interviews import Interview
from alumni_portal.people.models import Person


class BreakGlass(Base):
    """One reading by somebody the leaver was not told of: why, who agreed, and until when (S62)."""

    __tablename__ = "exit_break_glass"
    __personal__ = Personal(
        "open an answer in an emergency, and let it be reviewed",
        Basis.LEGAL_OBLIGATION,
        "24 months",
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: Nothing once the answers lost their name: the glass tells no longer whose it was.
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("exit_interview.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[Prose]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[datetime | None]
    #: When reading ends; nothing while nobody has agreed, or when somebody said no.
    until: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reviewed_at: Mapped[datetime | None]

    interview: Mapped[Interview | None] = relationship(lazy="raise")
    asked_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])

    @property
    def waits(self) -> bool:
        """Say whether a second person has yet to decide."""
        return self.decided_at is None

    @property
    def is_open(self) -> bool:
        """Say whether its reader may read now."""
        return self.until is not None and clock.now() <= self.until
