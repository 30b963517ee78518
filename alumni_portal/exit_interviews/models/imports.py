from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type

_STORED = text("state = 'stored'")


_IN_TRANSIT = Personal(
    "let HR check a file before anything of it is stored",
    Basis.LEGITIMATE_INTEREST,
    "24 hours; national ids are gone before they get here",
)


class SurveyState(StrEnum):
    """Where a file of earlier interviews stands."""

    DRAFT = "draft"
    STORED = "stored"
    TAKEN_BACK = "taken_back"


class SurveyImport(Base):
    """One file of earlier interviews: read, mapped, looked at, stored; or taken back."""

    __tablename__ = "exit_import"
    __personal__ = _IN_TRANSIT
    __table_args__ = (
        # The same file is counted once.
        Index(
            "uq_exit_import_stored",
            "digest",
            unique=True,
            sqlite_where=_STORED,
            postgresql_where=_STORED,
        ),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    name: Mapped[Line]
    #: SHA-256 of the file.
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[SurveyState] = mapped_column(enum_type(SurveyState), default=SurveyState.DRAFT)
    #: How it is read, as a file that the command line takes.
    mapping: Mapped[Prose] = mapped_column(default="")
    headings: Mapped[list[Any]] = mapped_column(default=list)
    row_count: Mapped[int] = mapped_column(default=0)
    #: What the columns hold, sealed, for the pages that ask about them; gone with the rows.
    profile: Mapped[bytes | None]
    #: What the last check found, sealed; nothing while it has not been checked as it is mapped now.
    found: Mapped[bytes | None]
    #: Job that checks or stores a large file.
    job: Mapped[str | None] = mapped_column(String(20))
    #: Headings of the columns that were left out: they are about who people are.
    dropped: Mapped[list[Any]] = mapped_column(default=list)
    accepted: Mapped[int] = mapped_column(default=0)
    rejected_rows: Mapped[int] = mapped_column(default=0)
    #: Row, column and reason of the first rejected rows.
    rejected: Mapped[list[Any]] = mapped_column(default=list)
    actor: Mapped[Line]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    stored_at: Mapped[datetime | None]


class SurveyChunk(Base):
    """A thousand rows of a file of earlier interviews, sealed; gone when it is stored or old."""

    __tablename__ = "exit_import_chunk"
    __personal__ = _IN_TRANSIT

    import_id: Mapped[int] = mapped_column(ForeignKey("exit_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    #: JSON sealed like answers: the number of each row and its cells.
    content: Mapped[bytes]
