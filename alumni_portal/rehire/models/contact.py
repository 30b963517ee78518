from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Personal, Prose, PublicId, enum_type
from alumni_portal.rehire.rules import ContactState


class Contact(Base):
    """One letter from a recruiter to a candidate, through the portal, and its answer."""

    __tablename__ = "contact"
    __personal__ = Personal(
        "let recruiters ask members who agreed to it, and keep count so that nobody is pestered",
        Basis.CONSENT,
        "24 months after the letter",
    )
    __table_args__ = (
        Index("ix_contact_person_id", "person_id", "sent_at"),
        Index("ix_contact_by_person_id", "by_person_id", "id"),
        # Pressing twice sends once.
        UniqueConstraint("by_person_id", "nonce"),
    )

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Why the recruiter writes, as it stood in the letter.
    reason: Mapped[Prose]
    state: Mapped[ContactState] = mapped_column(enum_type(ContactState), default=ContactState.SENT)
    #: The mark of the form that sent it.
    nonce: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the portal kept the letter back at the last moment: it was never sent.
    kept_back_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    #: When both were told how to reach each other: once.
    told_at: Mapped[datetime | None]
    #: When the recruiter noted that they have been in touch: from then the answer is a talk.
    acted_at: Mapped[datetime | None]
