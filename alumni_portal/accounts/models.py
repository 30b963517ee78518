from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId, enum_type
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import Person

_ACCOUNT = Personal("let people in, and only them", Basis.CONTRACT, "while the account lives")


class Account(Base):
    __tablename__ = "account"
    __personal__ = _ACCOUNT

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: argon2id; empty for those who sign in by mailed link only.
    password_hash: Mapped[Line | None]
    #: The person's own choice: light, dark, or empty for what the device says.
    theme: Mapped[str] = mapped_column(String(10), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")


class RoleGrant(Base):
    __tablename__ = "role_grant"
    __personal__ = _ACCOUNT
    __table_args__ = (
        Index(
            "uq_role_grant_standing",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[PK]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    granted_by: Mapped[Line]
    revoked_at: Mapped[datetime | None]


class SignInSession(Base):
    __tablename__ = "sign_in_session"
    __personal__ = Personal(
        "keep somebody signed in and let them end it", Basis.CONTRACT, "30 days after its end"
    )

    #: SHA-256 of the id in the cookie.
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_id: Mapped[PublicId]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: Browser and system in two words, so that one knows one's own.
    device: Mapped[Line] = mapped_column(default="")
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class KeptForm(Base):
    """A form that came after its session had ended, for who typed it, in that browser."""

    __tablename__ = "kept_form"
    __personal__ = Personal(
        "give back what somebody typed when their session ended",
        Basis.CONTRACT,
        "a day; opens for half an hour, with a key that only that browser has",
    )

    #: SHA-256 of the key in the cookie.
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: Address and fields, sealed under the key in the cookie: nothing here opens it.
    content: Mapped[bytes]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"


class SignInLink(Base):
    __tablename__ = "sign_in_link"
    __personal__ = Personal("prove who asks to come in", Basis.CONTRACT, "two days")

    id: Mapped[PK]
    #: Empty for an address nobody is behind: the same work is done for it (S6).
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_type(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    #: Hash of the cookie of the browser that asked: only there the link signs in.
    browser_hash: Mapped[str] = mapped_column(String(64), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person_address_id: Mapped[int | None] = mapped_column(
        ForeignKey("email_address.id"), index=True
    )


class RecoveryState(StrEnum):
    """Where a change of a lost private address stands."""

    #: Somebody asks; HR has not decided.
    ASKED = "asked"
    #: HR knows who it is; a link waits at the new address.
    CONFIRMED = "confirmed"
    PROVED = "proved"
    REFUSED = "refused"
    EXPIRED = "expired"


class AddressRecovery(Base):
    __tablename__ = "address_recovery"
    __personal__ = Personal(
        "let somebody in who has lost the private address",
        Basis.LEGITIMATE_INTEREST,
        "90 days after it was decided; 30 days when nobody decides",
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    #: What was typed; nobody has looked at whether it is true.
    name: Mapped[Line]
    old_address: Mapped[str] = mapped_column(String(320), default="")
    new_address: Mapped[str] = mapped_column(String(320))
    new_canonical: Mapped[str] = mapped_column(String(320), index=True)
    #: How HR can reach the person to make sure: a phone number, a time.
    reach: Mapped[Line] = mapped_column(default="")
    state: Mapped[RecoveryState] = mapped_column(
        enum_type(RecoveryState), default=RecoveryState.ASKED
    )
    #: Who it is, as HR found out.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    email_address_id: Mapped[int | None] = mapped_column(ForeignKey("email_address.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    #: Public id of the account that decided.
    decided_by: Mapped[Line] = mapped_column(default="")
    #: What the person is told when HR says no.
    reason: Mapped[Line] = mapped_column(default="")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None]
    proved_at: Mapped[datetime | None]


class Recusal(Base):
    """Somebody who may not decide on a person: they may read what that person said on leaving.

    Nothing here says why; the one who decides is told only that a colleague must.
    """

    __tablename__ = "recusal"
    __personal__ = Personal(
        "keep those who were told something in confidence out of decisions on the teller",
        Basis.LEGAL_OBLIGATION,
        "24 months",
    )

    #: Who must not decide.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    about_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since_on: Mapped[date]
