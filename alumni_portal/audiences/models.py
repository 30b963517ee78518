from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.audiences.rules import (
    REASONS,
    RECENTLY,
    SPARING_NOBODY,
    Reason,
    Sparing,
    Wanted,
    month_of,
    month_over,
    wanted_of,
)
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Line, PublicId


class Segment(Base):
    """A saved answer to whom something goes; shared by newsletters and invitations."""

    __tablename__ = "segment"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    name: Mapped[Line] = mapped_column(unique=True)
    #: What it is good for, so that it can be thrown away when that is over.
    goal: Mapped[Line] = mapped_column(default="")
    #: Public id of the account that answers for it.
    owner: Mapped[Line]
    stored: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    @property
    def wanted(self) -> Wanted:
        """Return whom it holds."""
        return wanted_of(self.stored)


__all__ = [
    "REASONS",
    "RECENTLY",
    "SPARING_NOBODY",
    "Reason",
    "Segment",
    "Sparing",
    "Wanted",
    "month_of",
    "month_over",
]
