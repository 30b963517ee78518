"""Letters to those who come to Sundmark's gatherings: that one is called off, or held elsewhere."""

from dataclasses import fields
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.night import morning_after
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.events import services
from alumni_portal.events.models import Answer, Event, EventState, Reply
from alumni_portal.events.services import Plan
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.people.models import AddressKind, EmailAddress, Person

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_NO, _OK = "552 5.2.2 mailbox full", "250 2.0.0 Ok: queued"
#: Of so many letters one is refused.
_REFUSED = 9
#: What was changed after hours, and to which address.
LATE = "Alumnidygn i fjällen", "Abisko turiststation, 981 07 Abisko"


def seed(found: Sundmark, chance: Random) -> None:
    """Write who was told that a gathering is called off, and that the next one has moved."""
    off = select(Event).where(Event.state == EventState.CANCELLED).order_by(Event.starts_at.desc())
    called_off = db.session.scalars(off.limit(1)).first()
    if called_off is not None:
        _tell(called_off, ["events/changed", "events/cancelled"], chance)
    ahead = select(Event).where(Event.state == EventState.OPEN, Event.starts_at > clock.now())
    moved = db.session.scalars(ahead.order_by(Event.starts_at).limit(1)).first()
    if moved is not None:
        _tell(moved, ["events/changed"], chance)
    change_late(found.actor("maria", Role.HR))


def change_late(by: Actor) -> None:
    """Write the address of a gathering too late in the day to tell of it: the letters wait."""
    title, address = LATE
    changed = db.session.scalars(select(Event).where(Event.title == title)).one()
    said = {one.name: getattr(changed, one.name) for one in fields(Plan)}
    morning = morning_after(clock.now())
    services.change(changed.id, Plan(**{**said, "address": address}), tell_at=morning, by=by)


def _tell(event: Event, kinds: list[str], chance: Random) -> None:
    """Write one letter of each kind, in this order, to everybody who was coming."""
    last = min(clock.now(), event.starts_at) - _DAY
    for number, row in enumerate(_coming(event)):
        refs = [public_id(chance) for _kind in kinds]
        days = range(len(kinds) - 1, -1, -1)
        add(
            Letter,
            [
                _letter(row, ref, kind, last - 2 * day * _DAY, lost=number % _REFUSED == day + 1)
                for ref, kind, day in zip(refs, kinds, days, strict=True)
            ],
        )
        told = {"told_by": refs[-1], "told_before": refs[:-1], "told_sequence": event.sequence}
        theirs = Reply.event_id == event.id, Reply.person_id == row.id
        db.session.execute(update(Reply).where(*theirs).values(**told))


def _coming(event: Event) -> Any:  # noqa: ANN401 - rows
    return db.session.execute(
        select(Person.id, Person.language, EmailAddress.address)
        .join(Reply, Reply.person_id == Person.id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            Reply.event_id == event.id,
            Reply.answer == Answer.YES,
            EmailAddress.kind == AddressKind.PRIVATE,
            EmailAddress.retired_at.is_(None),
        )
        .order_by(Person.id)
    ).all()


def _letter(row: Any, ref: str, kind: str, at: datetime, *, lost: bool) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "public_id": ref,
        "kind": kind,
        "person_id": row.id,
        "to_address": row.address,
        "language": row.language,
        "sealed": None,
        "state": LetterState.FAILED if lost else LetterState.SENT,
        "attempts": 1,
        "next_try_at": at,
        "expires_at": None,
        "created_at": at,
        "sent_at": None if lost else at + _MINUTE,
        "outcome": _NO if lost else _OK,
    }
