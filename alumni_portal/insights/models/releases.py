from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, PublicId

_LEDGER = Personal(
    "see that no figures of all releases together give away fewer than k people",
    Basis.LEGITIMATE_INTEREST,
    "as long as the figures stand; people stand in it by tokens that lead nowhere",
)


class Release(Base):
    """One frozen set of figures with its ledger: who, when, from what, what was refused and why."""

    __tablename__ = "release"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    quarter: Mapped[str] = mapped_column(String(6), unique=True)
    k: Mapped[int]
    input_hash: Mapped[str] = mapped_column(String(64))
    #: The account's public id, or what ran it.
    made_by: Mapped[Line]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Units and measures that stand in the release, whether shown or not.
    units: Mapped[list[Any]]
    measures: Mapped[list[Any]]
    #: Themes that at least three leavers have named in their own answers (A9).
    voiced: Mapped[list[Any]]
    #: Question to reason to the cells that were refused for it. Never published.
    refused: Mapped[dict[str, Any]]


class ReleaseCell(Base):
    """One question in one cell that is shown. Read by `insights.queries` alone (A12)."""

    __tablename__ = "release_cell"
    __personal__ = None
    __table_args__ = (
        Index("uq_release_cell_place", "release_id", "place", "key", "question", unique=True),
        Index("ix_release_cell_series", "place", "key", "question"),
    )

    id: Mapped[PK]
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    #: The table, and the values of its dimensions joined by a bar.
    place: Mapped[str] = mapped_column(String(20))
    key: Mapped[Line]
    question: Mapped[str] = mapped_column(String(60))
    #: As it is published: to the nearest five below fifty.
    n: Mapped[int]
    values: Mapped[dict[str, Any]]
    #: Answers that went into "other".
    pooled: Mapped[list[Any]]
    #: One bit for each token of the release, in their order.
    members: Mapped[bytes] = mapped_column(info={"personal": _LEDGER})
    #: The latest quarter in which somebody in the cell left, and whether managers may see it (A10).
    newest: Mapped[str] = mapped_column(String(6))
    is_for_managers: Mapped[bool]
    #: Set when erasure left fewer than k people behind it (A11).
    withdrawn_at: Mapped[datetime | None]


class LedgerToken(Base):
    """Who is counted in a release, by a token without a way back."""

    __tablename__ = "release_token"
    __personal__ = _LEDGER

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(100), index=True)
    #: The person has been erased: the token is a new one that is nobody's.
    is_erased: Mapped[bool] = mapped_column(default=False)
