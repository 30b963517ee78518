from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.core.text import normalise, sort_key
from alumni_portal.people.rules import AddressKind, EmploymentKind, ExitGround, is_employed

_EMPLOYMENT = Personal(
    "know who has worked here, where and when",
    Basis.CONTRACT,
    "while employed; then while a member, or until the last right under LAS has ended",
)
_CONTACT = Personal(
    "reach the person about the employment, and the network they joined",
    Basis.CONTRACT,
    "while employed; then while a member",
)


#: Compared sign by sign on every database: the key itself holds the Swedish order.
_ORDERED = String(420).with_variant(String(420, collation="C"), "postgresql")


class Person(Base):
    __tablename__ = "person"
    __personal__ = _EMPLOYMENT

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    first_name: Mapped[Line]
    last_name: Mapped[Line]
    #: Swedish order of last name, then first; kept because databases disagree about å ä ö.
    sort_key: Mapped[str] = mapped_column(_ORDERED, index=True)
    #: Normalised full name, for finding.
    search_name: Mapped[str] = mapped_column(String(420), index=True)
    language: Mapped[str] = mapped_column(String(2), default="sv")
    phone: Mapped[str] = mapped_column(String(40), default="", info={"personal": _CONTACT})
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Set when HR learns that the person has died: no letters, no invitations, ever.
    died_on: Mapped[date | None]
    #: Import that made this person, so that the import can be undone.
    batch: Mapped[str | None] = mapped_column(String(20), index=True)
    employments: Mapped[list["Employment"]] = relationship(
        lazy="raise",
        back_populates="person",
        order_by="Employment.begins_on",
        foreign_keys="Employment.person_id",
    )
    addresses: Mapped[list["EmailAddress"]] = relationship(lazy="raise", back_populates="person")

    @property
    def name(self) -> str:
        """Return the name as it is written."""
        return f"{self.first_name} {self.last_name}".strip()

    def call(self, first_name: str, last_name: str) -> None:
        """Give the person a name, and the forms of it that finding and sorting use."""
        self.first_name, self.last_name = first_name, last_name
        self.sort_key, self.search_name = name_keys(first_name, last_name)


def name_keys(first_name: str, last_name: str) -> tuple[str, str]:
    """Return the sort key and the normalised name of a person."""
    return f"{sort_key(last_name)} {sort_key(first_name)}", normalise(f"{first_name} {last_name}")


_PROVED = text("verified_at IS NOT NULL AND retired_at IS NULL")


class EmailAddress(Base):
    __tablename__ = "email_address"
    __personal__ = _CONTACT
    __table_args__ = (
        # An address that was proved to be somebody's is nobody else's.
        Index(
            "uq_email_address_proved",
            "canonical",
            unique=True,
            sqlite_where=_PROVED,
            postgresql_where=_PROVED,
        ),
        Index("ix_email_address_canonical", "canonical"),
    )

    id: Mapped[PK]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[AddressKind] = mapped_column(enum_type(AddressKind))
    #: As it was written; letters go here, never to what somebody types later.
    address: Mapped[str] = mapped_column(String(320))
    canonical: Mapped[str] = mapped_column(String(320))
    verified_at: Mapped[datetime | None]
    #: When the address stopped being this person's (work address after the last day).
    retired_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    batch: Mapped[str | None] = mapped_column(String(20), index=True)
    person: Mapped[Person] = relationship(lazy="raise", back_populates="addresses")

    @property
    def is_proved(self) -> bool:
        """Say whether this is the person's address now, and was shown to be."""
        return self.verified_at is not None and self.retired_at is None


class Unit(Base):
    __tablename__ = "unit"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: The employer's own code for the unit, when it has one.
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    name: Mapped[Line]
    search_name: Mapped[Line] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    batch: Mapped[str | None] = mapped_column(String(20), index=True)


class UnitVersion(Base):
    """What a unit was called and where it stood, from a day on."""

    __tablename__ = "unit_version"
    __personal__ = None
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)

    id: Mapped[PK]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[Line]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]


class UnitLead(Base):
    """Who leads a unit, or stands in; all rights to `own unit` come from here."""

    __tablename__ = "unit_lead"
    __personal__ = _EMPLOYMENT

    id: Mapped[PK]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    batch: Mapped[str | None] = mapped_column(String(20), index=True)


class Employment(Base):
    __tablename__ = "employment"
    __personal__ = _EMPLOYMENT
    __table_args__ = (
        UniqueConstraint("number", "begins_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ends_after_it_begins"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: The employee number, the employer's own; may return with the person.
    number: Mapped[str] = mapped_column(String(60), index=True)
    title: Mapped[Line] = mapped_column(default="")
    #: The unit at the end stays the unit they left, whatever becomes of it.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: Driftsenhet (LAS 25 §).
    workplace: Mapped[Line] = mapped_column(default="")
    agreement_area: Mapped[Line] = mapped_column(default="")
    kind: Mapped[EmploymentKind] = mapped_column(
        enum_type(EmploymentKind), default=EmploymentKind.PERMANENT
    )
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    begins_on: Mapped[date]
    notice_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    exit_ground: Mapped[ExitGround | None] = mapped_column(enum_type(ExitGround))
    batch: Mapped[str | None] = mapped_column(String(20), index=True)
    person: Mapped[Person] = relationship(
        lazy="raise", back_populates="employments", foreign_keys=[person_id]
    )
    unit: Mapped[Unit | None] = relationship(lazy="raise")

    def runs_on(self, day: date) -> bool:
        """Say whether the employment runs on a day; the last day counts."""
        return is_employed(self.begins_on, self.ends_on, on=day)


class BirthDate(Base):
    """Kept apart: read only where the law needs it (LAS 26 § and 33 b §)."""

    __tablename__ = "birth_date"
    __personal__ = Personal(
        "order equals under LAS 26 § and apply the age rule of 33 b §",
        Basis.LEGAL_OBLIGATION,
        "until the last right under LAS has ended",
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    born_on: Mapped[date]
    batch: Mapped[str | None] = mapped_column(String(20), index=True)


__all__ = [
    "AddressKind",
    "BirthDate",
    "EmailAddress",
    "Employment",
    "EmploymentKind",
    "ExitGround",
    "Person",
    "Unit",
    "UnitLead",
    "UnitVersion",
    "name_keys",
]
