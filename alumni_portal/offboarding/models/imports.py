from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.people.models import Person

_IN_TRANSIT = Personal(
    "let HR check a file before anything of it is stored",
    Basis.CONTRACT,
    "24 hours; national ids are gone before they get here",
)
_PROOF = Personal(
    "know what an import made, so that it can be undone",
    Basis.LEGITIMATE_INTEREST,
    "as long as what it made",
)


class ImportState(StrEnum):
    """How far an import has come."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    STORING = "storing"
    STORED = "stored"
    UNDONE = "undone"


#: An import in one of these has changed nothing yet and is forgotten after a day.
UNFINISHED = (ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED)


class ImportBatch(Base):
    __tablename__ = "import_batch"
    __personal__ = _PROOF

    id: Mapped[PK]
    #: Stands in the column `batch` of every row that the import makes.
    public_id: Mapped[PublicId]
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    state: Mapped[ImportState] = mapped_column(
        enum_type(ImportState), default=ImportState.MAPPING, index=True
    )
    file_name: Mapped[Line]
    #: SHA-256 of the file, to know it when it comes again; the file itself is not kept.
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    #: Public id of the account that imports; `command-line` for the other door.
    actor: Mapped[Line]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    rows: Mapped[int] = mapped_column(default=0)
    #: How the file was read: format, encoding, separator, sheet.
    layout: Mapped[dict[str, Any]]
    headings: Mapped[list[Any]]
    #: Headings of the columns of national ids, which are gone.
    dropped: Mapped[list[Any]]
    #: What the columns hold, for the page of the mapping; emptied with the rows.
    profile: Mapped[dict[str, Any]] = mapped_column(info={"personal": _IN_TRANSIT})
    mapping: Mapped[dict[str, Any] | None]
    #: Figures of the last check, later of what was stored.
    figures: Mapped[dict[str, Any] | None]
    #: The same file was imported before and nobody has yet said "again".
    repeats: Mapped[str | None] = mapped_column(String(20))
    #: Job that checks or stores a large file.
    job: Mapped[str | None] = mapped_column(String(20))
    #: What the reader should know about the last step: a reason code of the page.
    remark: Mapped[Line] = mapped_column(default="")
    stored_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportChunk(Base):
    """A thousand cleaned rows of an import, packed; gone after a day."""

    __tablename__ = "import_chunk"
    __personal__ = _IN_TRANSIT
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    id: Mapped[PK]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    number: Mapped[int]
    #: Packed JSON: [row, [cells]] for each row.
    content: Mapped[bytes]
    #: Packed JSON: what the check found about rows that are not simply new.
    found: Mapped[bytes | None]
    #: How many rows of each outcome: what a page of one outcome can skip.
    counts: Mapped[dict[str, Any] | None]


class SavedMapping(Base):
    __tablename__ = "saved_mapping"
    __personal__ = None
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    name: Mapped[Line]
    mapping: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class MatchState(StrEnum):
    """What HR has said about two people who may be one."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class ImportMatch(Base):
    """Somebody whom an import made and who looks like somebody we know."""

    __tablename__ = "import_match"
    __personal__ = _PROOF
    __table_args__ = (UniqueConstraint("person_id", "other_id"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    batch: Mapped[str] = mapped_column(String(20), index=True)
    #: The person of the import; empty once they are one with the other.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[MatchState] = mapped_column(
        enum_type(MatchState), default=MatchState.OPEN, index=True
    )
    decided_by: Mapped[Line] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    other: Mapped[Person] = relationship(lazy="raise", foreign_keys=[other_id])


class ImportChange(Base):
    """What an import changed about an employment that was there before."""

    __tablename__ = "import_change"
    __personal__ = _PROOF

    id: Mapped[PK]
    batch: Mapped[str] = mapped_column(String(20), index=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
