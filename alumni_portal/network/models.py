from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, enum_type
from alumni_portal.network.rules import Audience, Field, Reach, Since, Topic, ViewerKind

_SHOWN = Personal(
    "show a member to those whom the member has chosen",
    Basis.CONSENT,
    "while a member, and 30 days after for a change of mind",
)
_FOUND = Personal(
    "find a member by what that member shows to the one who searches",
    Basis.CONSENT,
    "while a member; gone in the same moment as the membership",
)
#: Plain order of bytes, the same in every database.
_ORDERED = String(420).with_variant(String(420, collation="C"), "postgresql")
_WORD = String(40).with_variant(String(40, collation="C"), "postgresql")


def _audience(part: Field) -> Mapped[Audience]:
    kind = enum_type(Audience)
    kind.name = f"{part}_for"  # the name of its check, one per column
    return mapped_column(kind, default=Audience.ONLY_ME)


class Profile(Base):
    """What a member tells about themselves, and who may see each part of it."""

    __tablename__ = "profile"
    __personal__ = _SHOWN
    __table_args__ = (Index("ix_profile_confirmed_at", "confirmed_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    headline: Mapped[Line] = mapped_column(default="")
    now_title: Mapped[Line] = mapped_column(default="")
    now_employer: Mapped[Line] = mapped_column(default="")
    city: Mapped[Line] = mapped_column(default="")
    #: The city as it is compared.
    city_key: Mapped[Line] = mapped_column(default="", index=True)
    about: Mapped[Prose] = mapped_column(default="")
    #: One address of a page per line.
    links: Mapped[Prose] = mapped_column(default="")
    roles_for: Mapped[Audience] = _audience(Field.ROLES)
    headline_for: Mapped[Audience] = _audience(Field.HEADLINE)
    work_for: Mapped[Audience] = _audience(Field.WORK)
    city_for: Mapped[Audience] = _audience(Field.CITY)
    about_for: Mapped[Audience] = _audience(Field.ABOUT)
    skills_for: Mapped[Audience] = _audience(Field.SKILLS)
    topics_for: Mapped[Audience] = _audience(Field.TOPICS)
    links_for: Mapped[Audience] = _audience(Field.LINKS)
    #: When the person last said that it holds.
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the yearly letter last asked.
    asked_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    #: When the membership ended: from then the profile waits to be forgotten.
    left_at: Mapped[datetime | None] = mapped_column(index=True)

    def audience(self, field: Field) -> Audience:
        """Return who may see a field."""
        found: Audience = getattr(self, f"{field}_for") or Audience.ONLY_ME
        return found


class Skill(Base):
    __tablename__ = "skill"
    __personal__ = None

    id: Mapped[PK]
    name: Mapped[Line]
    #: The name as it is compared.
    key: Mapped[Line] = mapped_column(unique=True)
    #: How many have it: a skill of one person alone is not suggested to others.
    people: Mapped[int] = mapped_column(default=0, index=True)


class PersonSkill(Base):
    __tablename__ = "person_skill"
    __personal__ = _SHOWN
    __table_args__ = (Index("ix_person_skill_skill_id", "skill_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    since: Mapped[Since] = mapped_column(enum_type(Since))
    place: Mapped[int] = mapped_column(default=0)
    skill: Mapped[Skill] = relationship(lazy="raise")


class PersonTopic(Base):
    __tablename__ = "person_topic"
    __personal__ = _SHOWN
    __table_args__ = (Index("ix_person_topic_topic", "topic", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(enum_type(Topic), primary_key=True)


class DirectoryEntry(Base):
    """A member as the directory lists them; who is no member has none."""

    __tablename__ = "directory_entry"
    __personal__ = _FOUND
    __table_args__ = (Index("ix_directory_entry_order", "sort_key", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sort_key: Mapped[str] = mapped_column(_ORDERED)
    confirmed_at: Mapped[datetime]
    #: When the membership lapses, and the first day of an employment that runs or is to come:
    #: copies for quick counting; the row that is shown asks the ledger and the employments.
    until: Mapped[datetime | None]
    works_from: Mapped[date | None]


class DirectoryWord(Base):
    """A word by which a member is found, and by whom."""

    __tablename__ = "directory_word"
    __personal__ = _FOUND
    __table_args__ = (Index("ix_directory_word_person_id", "person_id"),)

    word: Mapped[str] = mapped_column(_WORD, primary_key=True)
    reach: Mapped[Reach] = mapped_column(enum_type(Reach), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("directory_entry.person_id", ondelete="CASCADE"), primary_key=True
    )


class SearchDoc(Base):
    """What a recruiter's search may find somebody by: stems, as `core.terms` makes them.

    Only of who agrees to be contacted by recruiters, and only of what they show to recruiters. On
    SQLite the table `search_fts` indexes it, on PostgreSQL the column `tsv`; see its migration.
    """

    __tablename__ = "search_doc"
    __personal__ = _FOUND

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: Name.
    nm: Mapped[Prose]
    #: Headline, title now, titles here.
    hd: Mapped[Prose]
    #: Skills.
    sk: Mapped[Prose]
    #: About, employer now, city, units and years here.
    bd: Mapped[Prose]


class ProfileChange(Base):
    """That something changed which a search shows of somebody: processes read on from here."""

    __tablename__ = "profile_change"
    __personal__ = _FOUND
    #: A number is never used twice, even after old rows are gone.
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[PK]
    person_id: Mapped[int]


class VocabularyTerm(Base):
    """A word of the index: what slips of the finger and compounds are solved against."""

    __tablename__ = "vocab"
    __personal__ = None

    term: Mapped[str] = mapped_column(_WORD, primary_key=True)
    #: The shortest form it was written in, without and with accents.
    plain: Mapped[str] = mapped_column(_WORD, index=True)
    written: Mapped[str] = mapped_column(_WORD)
    #: How many people have it; gone at none.
    n: Mapped[int]


__all__ = [
    "Audience",
    "DirectoryEntry",
    "DirectoryWord",
    "Field",
    "PersonSkill",
    "PersonTopic",
    "Profile",
    "ProfileChange",
    "Reach",
    "SearchDoc",
    "Since",
    "Skill",
    "Topic",
    "ViewerKind",
    "VocabularyTerm",
]
