"""Reads for the admin pages: audit entries, what waits, what the database is."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from alumni_portal.accounts import queries as accounts
from alumni_portal.admin.rules import TECHNICAL
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.jobs.periodic import PeriodicRun
from alumni_portal.mail.models import Letter, LetterState

SIZE = 50


@dataclass(frozen=True)
class Entry:
    """One audit entry as a page shows it: names looked up now, never kept in the chain."""

    seq: int
    at: datetime
    action: str
    actor: str
    subject: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class Entries:
    """Some audit entries, latest first, and where older ones begin."""

    rows: list[Entry]
    older: int | None


def entries(*, technical_only: bool, prefix: str = "", before: int | None = None) -> Entries:
    """Return audit entries, latest first, of one kind of action or of all that may be read."""
    query = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(SIZE + 1)
    if technical_only:
        query = query.where(or_(*(AuditEntry.action.startswith(one) for one in TECHNICAL)))
    if prefix:
        query = query.where(AuditEntry.action.startswith(prefix, autoescape=True))
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    found = list(db.session.scalars(query))
    rows, more = found[:SIZE], len(found) > SIZE
    names = accounts.names_behind({one.actor for one in rows})
    return Entries(
        [
            Entry(
                one.seq,
                one.at,
                one.action,
                names.get(one.actor, one.actor),
                one.subject,
                json.loads(one.detail),
            )
            for one in rows
        ],
        rows[-1].seq if more else None,
    )


def letter_counts() -> dict[LetterState, int]:
    """Return how many letters stand in each state; no texts, no addresses."""
    rows = db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return {state: number for state, number in rows}  # noqa: C416 - rows are not pairs to mypy


def next_runs() -> list[PeriodicRun]:
    """Return when each periodic job runs next."""
    return list(db.session.scalars(select(PeriodicRun).order_by(PeriodicRun.next_at)))


def database_version() -> str:
    """Return which database this is, with its version."""
    engine = db.session.get_bind()
    version = ".".join(str(part) for part in engine.dialect.server_version_info or ())
    return f"{engine.dialect.name} {version}"
