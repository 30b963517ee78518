from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, PublicId, enum_type

_STORED = text("state = 'stored'")


class SurveyState(StrEnum):
    """Where a file of earlier interviews stands."""

    DRAFT = "draft"
    STORED = "stored"
    TAKEN_BACK = "taken_back"


class SurveyImport(Base):
    """One file of earlier interviews: read, mapped, looked at, stored; or taken back."""

    __tablename__ = "exit_import"
    __personal__ = Personal(
        "let HR check a file before anything of it is stored",
        Basis.LEGITIMATE_INTEREST,
        "24 hours; national ids are gone before they get here",
    )
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
    #: The rows that are read, sealed; empty once they are stored or forgotten.
    rows: Mapped[bytes | None]
    #: Headings of the columns that were left out: they are about who people are.
    dropped: Mapped[list[Any]] = mapped_column(default=list)
    accepted: Mapped[int] = mapped_column(default=0)
    #: Row, column and reason of each rejected row.
    rejected: Mapped[list[Any]] = mapped_column(default=list)
    actor: Mapped[Line]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    stored_at: Mapped[datetime | None]
