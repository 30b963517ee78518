"""The audit chain: what was changed, exported or decided, so that an edit shows (S61)."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, String, delete, func, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import PK, Base, Basis, Line, Personal, Prose, db
from alumni_portal.core.permissions import SYSTEM, Actor

FIRST = "0" * 64
#: Says in the chain itself which entries before it were forgotten.
_FORGOTTEN = "audit.forgotten"
_CHUNK = 1000
_LOCK = 0x616C756D  # one advisory lock for the whole chain on PostgreSQL
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AuditEntry(Base):
    __tablename__ = "audit_entry"
    __personal__ = Personal(
        "show who changed, exported or decided what",
        Basis.LEGAL_OBLIGATION,
        "24 months; people stand in it only by random ids that erasure makes meaningless",
    )

    seq: Mapped[PK]
    #: Microseconds since 1970 UTC as a whole number: both databases keep it exactly.
    at_us: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[Line]
    actor: Mapped[Line]
    subject: Mapped[Line]
    #: Canonical JSON: sorted keys, no spaces.
    detail: Mapped[Prose]
    prev: Mapped[str] = mapped_column(String(64), unique=True)
    mac: Mapped[str] = mapped_column(String(64))

    @property
    def at(self) -> datetime:
        """Return the moment of the entry."""
        return _EPOCH + timedelta(microseconds=self.at_us)


@dataclass(frozen=True)
class Broken:
    """The first place where the chain does not hold."""

    seq: int
    reason: str


def record(action: str, *, by: Actor, subject: str = "", **detail: Any) -> None:  # noqa: ANN401 - JSON
    """Note an action; it joins the chain when the work under way is committed.

    `subject` is a public id. `detail` must be JSON and free of names, addresses and answers.
    """
    _pending().append(
        {
            "at_us": (clock.now() - _EPOCH) // timedelta(microseconds=1),
            "action": action,
            "actor": by.ref,
            "subject": subject,
            "detail": json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        }
    )


def _pending() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = db.session.info.setdefault("audit", [])
    return entries


def mark() -> int:
    """Return how many entries wait, to come back to with `forget_pending`."""
    return len(_pending())


def forget_pending(*, since: int = 0) -> None:
    """Drop the entries of work that was undone."""
    del _pending()[since:]


def append_pending() -> None:
    """Write the waiting entries to the end of the chain, one writer at a time."""
    waiting = _pending()
    if not waiting:
        return
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    seq, prev = _head()
    key = tokens.derive("audit")
    rows = []
    for entry in waiting:
        seq += 1
        row = {"seq": seq, **entry, "prev": prev}
        row["mac"] = prev = _mac(key, row)
        rows.append(row)
    db.session.execute(insert(AuditEntry), rows)
    waiting.clear()


def _head() -> tuple[int, str]:
    last = db.session.execute(
        select(AuditEntry.seq, AuditEntry.mac).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.mac) if last else (0, FIRST)


def head() -> tuple[int, str]:
    """Return number and hash of the last entry: what is anchored outside the database."""
    return _head()


def _mac(key: bytes, row: dict[str, Any]) -> str:
    parts = [row["seq"], row["at_us"], row["action"], row["actor"], row["subject"], row["detail"]]
    canonical = json.dumps([*parts, row["prev"]], separators=(",", ":"), ensure_ascii=False)
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()


def verify(anchors: dict[int, str] | None = None) -> Broken | None:
    """Return the first broken entry of the chain, or nothing when all of it holds.

    `anchors` maps numbers to hashes that were kept elsewhere: they reveal a cut tail.
    """
    key = tokens.derive("audit")
    begin_seq, begun_after = expected_seq, prev = _beginning()
    left = {seq: mac for seq, mac in (anchors or {}).items() if seq >= begin_seq}
    may_begin_here = begin_seq == 1
    for row in _all():
        if row["seq"] != expected_seq:
            return Broken(expected_seq, "missing")
        if row["prev"] != prev or row["mac"] != _mac(key, row):
            return Broken(row["seq"], "changed")
        if left.pop(row["seq"], row["mac"]) != row["mac"]:
            return Broken(row["seq"], "not what was anchored")
        may_begin_here |= _is_said_in(row, begin_seq, begun_after)
        expected_seq, prev = row["seq"] + 1, row["mac"]
    if not may_begin_here:
        return Broken(1, "missing")
    return Broken(min(left), "cut off after it was anchored") if left else None


def _beginning() -> tuple[int, str]:
    """Return the number of the first entry that is left, and the hash it follows."""
    query = select(AuditEntry.seq, AuditEntry.prev).order_by(AuditEntry.seq).limit(1)
    first = db.session.execute(query).first()
    return (first.seq, first.prev) if first else (1, FIRST)


def _is_said_in(row: dict[str, Any], seq: int, prev: str) -> bool:
    """Say whether an entry tells that everything before a number was forgotten, on purpose."""
    if row["action"] != _FORGOTTEN:
        return False
    said = json.loads(row["detail"])
    return said == {"mac": prev, "until": seq - 1}


def forget_before(moment: datetime) -> int:
    """Forget entries of before a moment, never the last one; return how many.

    What was cut off stands in the chain as a new entry, without which it does not hold.
    """
    until = (moment - _EPOCH) // timedelta(microseconds=1)
    young = select(func.min(AuditEntry.seq)).where(AuditEntry.at_us >= until)
    first_kept = db.session.scalar(young) or _head()[0]
    cut = db.session.execute(
        select(AuditEntry.seq, AuditEntry.mac).where(AuditEntry.seq == first_kept - 1)
    ).first()
    if cut is None:
        return 0
    gone = db.session.execute(delete(AuditEntry).where(AuditEntry.seq <= cut.seq))
    record(_FORGOTTEN, by=SYSTEM, until=cut.seq, mac=cut.mac)
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def _all() -> Iterator[dict[str, Any]]:
    """Return every entry in order, a thousand at a time: the chain may be long."""
    table, last = AuditEntry.__table__, None
    while True:
        query = select(table).order_by(AuditEntry.seq).limit(_CHUNK)
        if last is not None:
            query = query.where(AuditEntry.seq > last)
        rows = db.session.execute(query).mappings().all()
        yield from map(dict, rows)
        if len(rows) < _CHUNK:
            return
        last = rows[-1]["seq"]


def digest_of(lines: str) -> str:
    """Return the hash under which a longer record elsewhere is tied to the chain."""
    return hashlib.sha256(lines.encode()).hexdigest()


def count() -> int:
    """Return how many entries the chain has."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
