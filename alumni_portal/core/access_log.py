"""Who looked at whom: one row per opened record or shown list, open to the person (S17, I5)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import audit, clock, transaction
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, db, enum_type
from alumni_portal.core.permissions import SYSTEM, Actor

_DIGEST = "access.digest"
_KEPT = Personal("show people who has looked at their data", Basis.LEGAL_OBLIGATION, "24 months")


class Look(StrEnum):
    """What was looked at; the page has a sentence for each."""

    CARD = "card"
    DIRECTORY = "directory"
    PERSON = "person"
    CASE = "case"
    CASE_LIST = "case_list"
    MATCH = "match"
    PERSON_LIST = "person_list"
    DELIVERIES = "deliveries"
    SEARCH = "search"
    APPLICATION = "application"
    APPLICATION_LIST = "application_list"
    EXIT_ANSWERS = "exit_answers"
    EVENT_GUESTS = "event_guests"


class Access(Base):
    __tablename__ = "access"
    __personal__ = _KEPT

    id: Mapped[PK]
    at: Mapped[datetime] = mapped_column(index=True)
    #: Public id of the account that looked; its name is looked up when shown.
    actor: Mapped[Line]
    #: In which roles it looked, as they were then.
    roles: Mapped[Line]
    look: Mapped[Look] = mapped_column(enum_type(Look))


class AccessSubject(Base):
    __tablename__ = "access_subject"
    __personal__ = _KEPT

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    access_id: Mapped[int] = mapped_column(ForeignKey("access.id"), primary_key=True)


@dataclass(frozen=True)
class Seen:
    """One look at a person's data, as that person is shown it."""

    at: datetime
    actor: str
    roles: tuple[str, ...]
    look: Look


def opened(actor: Actor, person_id: int, look: Look) -> None:
    """Note that an actor opened one person's record. Looking at oneself leaves no row."""
    listed(actor, [person_id], look)


def listed(actor: Actor, person_ids: Sequence[int], look: Look) -> None:
    """Note that an actor was shown a list of people: one row, with the shown ids."""
    others = sorted({one for one in person_ids if one != actor.person_id})
    if others:
        moment = clock.now()
        transaction.afterwards(lambda: _write(actor, others, look, moment))


def noted_now(actor: Actor, person_id: int, look: Look) -> None:
    """Note a look in the transaction under way, before what is looked at is shown."""
    if person_id != actor.person_id:
        _write(actor, [person_id], look, clock.now())


def _write(actor: Actor, person_ids: list[int], look: Look, at: datetime) -> None:
    row = Access(at=at, actor=actor.ref, roles=",".join(sorted(actor.roles)), look=look)
    db.session.add(row)
    db.session.flush()
    db.session.execute(
        insert(AccessSubject), [{"person_id": one, "access_id": row.id} for one in person_ids]
    )


def seen(person_id: int, *, limit: int = 50) -> list[Seen]:
    """Return who looked at a person, latest first."""
    rows = db.session.scalars(
        select(Access)
        .join(AccessSubject, AccessSubject.access_id == Access.id)
        .where(AccessSubject.person_id == person_id)
        .order_by(Access.id.desc())
        .limit(limit)
    )
    return [seen_in(row) for row in rows]


def seen_in(row: Access) -> Seen:
    """Return a row of the log as the person it is about is shown it."""
    return Seen(row.at, row.actor, tuple(filter(None, row.roles.split(","))), row.look)


def times_seen(person_id: int) -> int:
    """Return how many looks at a person are on record."""
    query = select(func.count()).where(AccessSubject.person_id == person_id)
    return db.session.scalar(query) or 0


def forget_before(moment: datetime, *, limit: int = 500) -> int:
    """Forget looks of before a moment and return how many; call until it returns nothing."""
    old = select(Access.id).where(Access.at < moment).order_by(Access.id).limit(limit)
    ids = list(db.session.scalars(old))
    db.session.execute(delete(AccessSubject).where(AccessSubject.access_id.in_(ids)))
    db.session.execute(delete(Access).where(Access.id.in_(ids)))
    return len(ids)


def anchor(until: datetime) -> int:
    """Put a digest of the looks since the last digest into the chain and return their number."""
    since = _last_anchor()
    query = select(Access.id, Access.at, Access.actor, Access.look).where(Access.at < until)
    if since is not None:
        query = query.where(Access.at >= since)
    rows = db.session.execute(query.order_by(Access.id)).all()
    lines = "\n".join(f"{r.id} {r.at.isoformat()} {r.actor} {r.look}" for r in rows)
    audit.record(
        _DIGEST,
        by=SYSTEM,
        looks=len(rows),
        digest=audit.digest_of(lines),
        until=until.isoformat(),
    )
    return len(rows)


def _last_anchor() -> datetime | None:
    detail = db.session.scalar(
        select(audit.AuditEntry.detail)
        .where(audit.AuditEntry.action == _DIGEST)
        .order_by(audit.AuditEntry.seq.desc())
        .limit(1)
    )
    return datetime.fromisoformat(json.loads(detail)["until"]) if detail else None
