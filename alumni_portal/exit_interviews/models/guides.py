from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Line, PublicId, enum_type
from alumni_portal.exit_interviews.rules import Force, Track


class Guide(Base):
    """One guide per track; its words are in its versions."""

    __tablename__ = "exit_guide"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    track: Mapped[Track] = mapped_column(enum_type(Track), unique=True)
    versions: Mapped[list["GuideVersion"]] = relationship(
        lazy="raise", back_populates="guide", order_by="GuideVersion.number.desc()"
    )


class GuideVersion(Base):
    """A guide as it was asked: never changed, only followed by a newer one."""

    __tablename__ = "exit_guide_version"
    __personal__ = None
    __table_args__ = (UniqueConstraint("guide_id", "number"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    guide_id: Mapped[int] = mapped_column(ForeignKey("exit_guide.id"))
    number: Mapped[int]
    #: Sections, questions and choices in both languages, as rules/guide.py reads them.
    content: Mapped[dict[str, Any]]
    #: What HR changed, in a sentence.
    note: Mapped[Line] = mapped_column(default="")
    #: Public id of the account; `system` for what we ship.
    made_by: Mapped[Line] = mapped_column(default="system")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    guide: Mapped[Guide] = relationship(lazy="raise", back_populates="versions")


class ThemeWording(Base):
    """HR's own words for a theme, instead of the shipped ones, or a theme of their own."""

    __tablename__ = "exit_theme_wording"
    __personal__ = None

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[Line]
    name_en: Mapped[Line]
    definition: Mapped[Line]
    definition_en: Mapped[Line]
    example: Mapped[Line] = mapped_column(default="")
    example_en: Mapped[Line] = mapped_column(default="")
    #: Chosen no longer; what was coded with it stays.
    is_retired: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[Line]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class CodeWording(Base):
    """HR's own words for a reason, instead of the shipped ones, or a reason of their own."""

    __tablename__ = "exit_code_wording"
    __personal__ = None

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: Of HR's own reasons: their theme and force. Shipped ones keep theirs.
    theme: Mapped[str | None] = mapped_column(String(40))
    force: Mapped[Force | None] = mapped_column(enum_type(Force))
    example: Mapped[Line] = mapped_column(default="")
    example_en: Mapped[Line] = mapped_column(default="")
    #: Beginnings of words that suggest it; nothing for the shipped ones.
    keywords: Mapped[str | None] = mapped_column(String(400))
    is_retired: Mapped[bool] = mapped_column(default=False)
    name: Mapped[Line]
    name_en: Mapped[Line]
    definition: Mapped[Line]
    definition_en: Mapped[Line]
    changed_by: Mapped[Line]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
