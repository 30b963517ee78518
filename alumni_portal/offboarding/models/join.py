from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.consents.models import How
from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.people.models import EmailAddress, Person


class Invitation(Base):
    """The one letter that asks somebody who has left to confirm what they want (DESIGN §7.6)."""

    __tablename__ = "invitation"
    __personal__ = Personal(
        "ask once, from the private address, what the person agrees to",
        Basis.LEGITIMATE_INTEREST,
        "60 days, or until answered; then 24 months as proof of how the answer came",
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("offboarding_case.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("join_request.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("email_address.id"), index=True)
    how: Mapped[How] = mapped_column(enum_type(How))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    #: True when the answer was yes to membership.
    has_joined: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")
    address: Mapped[EmailAddress] = relationship(lazy="raise")


class JoinState(StrEnum):
    """Where a request to join stands."""

    #: The address is not yet shown to be the asker's.
    UNPROVED = "unproved"
    WAITING = "waiting"
    MATCHED = "matched"
    REJECTED = "rejected"
    #: The address is a member's already: they were told how to sign in.
    MEMBER = "member"


class JoinRequest(Base):
    """Somebody who left earlier asks to join; HR says who it is."""

    __tablename__ = "join_request"
    __personal__ = Personal(
        "find out whether somebody who asks to join has worked here",
        Basis.LEGITIMATE_INTEREST,
        "seven days when the address is not proved; six months after the decision",
    )
    __table_args__ = (Index("ix_join_request_state", "state", "proved_at", "id"),)

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    name: Mapped[Line]
    address: Mapped[str] = mapped_column(String(320))
    canonical: Mapped[str] = mapped_column(String(320), index=True)
    from_year: Mapped[int | None]
    until_year: Mapped[int | None]
    unit: Mapped[Line] = mapped_column(default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    state: Mapped[JoinState] = mapped_column(enum_type(JoinState), default=JoinState.UNPROVED)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Line | None]
    #: Why HR said no.
    reason: Mapped[Line] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
