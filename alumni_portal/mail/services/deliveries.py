"""The copies of a chunk: claimed by the handful, handed over, and what came of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, update

from alumni_portal.core import clock, jobs, receiving
from alumni_portal.core.db import db
from alumni_portal.mail import queries
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState, Policy, Why
from alumni_portal.mail.rules import (
    Answer,
    NotSent,
    Sent,
    Unknown,
    Unreached,
    next_try,
    nobody_is_there,
    relay_pause,
)
from alumni_portal.mail.services import journal, mailings, suppressing
from alumni_portal.mail.services.pacing import Paces

_ROWS = Delivery.__table__
#: How long to leave a chunk alone whose run still lives although its lease is over.
_HELD = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """What one run has in hand: a part of one mailing."""

    mailing_id: int
    number: int
    owner: str
    purpose: str
    ref: str
    policy: Policy


class Copy(NamedTuple):
    """One person's copy as a run needs it."""

    person_id: int
    address: str
    language: str
    sealed: bytes | None
    #: Tries before this one.
    attempts: int
    first_try_at: datetime | None


class Handful(NamedTuple):
    """Copies that a run may hand over now."""

    copies: list[Copy]
    #: Speed keeps others back for so long; nothing when none are due.
    wait: timedelta | None


def open_chunk(mailing_id: int, number: int, *, owner: str) -> Chunk | None:
    """Return a chunk to work on, or nothing when the mailing is paused or over.

    What a lost run left in the middle is settled first: what it never handed over waits again,
    what the relay answered is noted, and of the rest nobody knows (S67). While a run of this
    chunk still lives, nothing is done in its place.
    """
    mailing = db.session.get_one(Mailing, mailing_id)
    chunk = Chunk(
        mailing_id=mailing_id,
        number=number,
        owner=owner,
        purpose=mailing.purpose,
        ref=mailing.public_id,
        policy=mailing.policy,
    )
    left = journal.left_behind(mailing_id, number)
    if left.is_held:
        _again(chunk, clock.now() + _HELD, failures=0)
        return None
    _settle(chunk, left)
    return chunk if mailing.state is MailingState.SENDING else None


def _settle(chunk: Chunk, left: journal.Left) -> None:
    """Bring the rows to what lost runs did; a run without a journal may have sent all it held."""
    rows = db.session.execute(
        _copies().where(
            *_of(chunk),
            Delivery.state.in_((DeliveryState.SENDING, DeliveryState.QUEUED)),
            (Delivery.state == DeliveryState.SENDING)
            | Delivery.person_id.in_(left.intended | left.answers.keys()),
        ).add_columns(Delivery.owner)
    ).all()
    answers: dict[int, Answer] = {}
    for row in rows:
        if row.person_id in left.uncertain or row.owner not in left.owners | {""}:
            answers[row.person_id] = Unknown("its run was lost")
        else:
            answers[row.person_id] = left.answers.get(row.person_id, Unreached("not handed over"))
    copies = [Copy(*row[:-1]) for row in rows]
    _write(chunk, copies, answers, owners={row.owner for row in rows})
    transaction_over(left)


def take(chunk: Chunk, most: int) -> Handful:
    """Claim at most so many due copies and return those that are to be sent.

    Here, last of all, consent, address and suppression are asked once more (S24), and the speed
    that relay and domains are sent to is kept.
    """
    state = db.session.scalar(select(Mailing.state).where(Mailing.id == chunk.mailing_id))
    if state is not MailingState.SENDING:
        return Handful([], None)
    paces = Paces()
    found = _due(chunk, paces.allows(most), but=paces.full_domains())
    may = receiving.may_receive(chunk.purpose, [one.person_id for one in found])
    whys = queries.kept_back({one.person_id: one.address for one in found})
    whys |= {one.person_id: Why.NOT_AGREED for one in found if one.person_id not in may}
    _skip(chunk, whys)
    good = [one for one in found if one.person_id not in whys]
    granted = paces.granted(one.address for one in good)
    copies = [one for one, may_go in zip(good, granted, strict=True) if may_go]
    _claim(chunk, [one.person_id for one in copies])
    is_kept_back = not copies and not whys and _next_due(chunk, until=clock.now()) is not None
    return Handful(copies, paces.wait() if is_kept_back else None)


def _copies() -> Any:  # noqa: ANN401 - a select of these columns
    return select(
        Delivery.person_id,
        Delivery.to_address,
        Delivery.language,
        Delivery.sealed,
        Delivery.attempts,
        Delivery.first_try_at,
    )


def _of(chunk: Chunk) -> tuple[Any, ...]:
    return Delivery.mailing_id == chunk.mailing_id, Delivery.chunk == chunk.number


def _due(chunk: Chunk, most: int, *, but: Collection[str]) -> list[Copy]:
    query = _copies().where(
        *_of(chunk), Delivery.state == DeliveryState.QUEUED, Delivery.next_try_at <= clock.now()
    )
    for domain in but:
        query = query.where(~func.lower(Delivery.to_address).endswith(f"@{domain}"))
    query = query.order_by(Delivery.person_id).limit(most).with_for_update(skip_locked=True)
    return [Copy(*row) for row in db.session.execute(query)]


def _skip(chunk: Chunk, whys: Mapping[int, Why]) -> None:
    for why in set(whys.values()):
        people = [one for one, its in whys.items() if its is why]
        db.session.execute(
            update(Delivery)
            .where(Delivery.mailing_id == chunk.mailing_id, Delivery.person_id.in_(people))
            .values(state=DeliveryState.SKIPPED, why=why, ended_at=clock.now(), sealed=None)
        )


def _claim(chunk: Chunk, people: Collection[int]) -> None:
    now = clock.now()
    db.session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == chunk.mailing_id, Delivery.person_id.in_(people))
        .values(
            state=DeliveryState.SENDING,
            owner=chunk.owner,
            attempts=Delivery.attempts + 1,
            first_try_at=func.coalesce(Delivery.first_try_at, now),
        )
    )


def note(
    chunk: Chunk, copies: Collection[Copy], answers: Mapping[int, Answer], *, seconds: float
) -> None:
    """Note what came of copies in this run's hands; a run that lost them notes nothing.

    A copy without an answer was not handed over: it waits again. `seconds` is how long the
    handful took, from which the speed that a slow relay can bear is worked out.
    """
    told = {one.person_id: answers.get(one.person_id, Unreached("not handed over")) for one in copies}
    _write(chunk, copies, told, owners={chunk.owner})
    Paces().learn(
        ((one.address, told[one.person_id]) for one in copies if one.person_id in answers),
        seconds=seconds,
    )


def _write(
    chunk: Chunk, copies: Collection[Copy], answers: Mapping[int, Answer], *, owners: Collection[str]
) -> None:
    """Write the rows, all of one kind at once."""
    ended: list[dict[str, Any]] = []
    doubtful: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for one in copies:
        answer = answers[one.person_id]
        row = {"p": one.person_id, "outcome": answer.answer[:200]}
        at = _again_at(chunk, one, answer)
        if at is not None:
            tries = one.attempts + (not isinstance(answer, Unreached))
            again.append({**row, "next_try_at": at, "attempts": tries})
        elif isinstance(answer, Unknown):
            doubtful.append({**row, "state": DeliveryState.UNCERTAIN})
        else:
            is_sent = isinstance(answer, Sent)
            ended.append({**row, "state": DeliveryState.SENT if is_sent else DeliveryState.FAILED})
            if not is_sent and nobody_is_there(answer.answer):
                suppressing.suppress(one.address, answer.answer)
    _update(chunk, ended, owners, sealed=None, ended_at=clock.now())
    _update(chunk, doubtful, owners, ended_at=clock.now())
    _update(chunk, again, owners, state=DeliveryState.QUEUED, owner="")


def _again_at(chunk: Chunk, one: Copy, answer: Answer) -> datetime | None:
    """Return when a copy goes again, or nothing when this was its end or a person decides."""
    now = clock.now()
    if isinstance(answer, Unreached):
        return now
    may_go_again = (isinstance(answer, NotSent) and not answer.final) or (
        isinstance(answer, Unknown) and chunk.policy is Policy.RESEND
    )
    return next_try(one.attempts + 1, one.first_try_at or now, now) if may_go_again else None


def _update(
    chunk: Chunk, rows: list[dict[str, Any]], owners: Collection[str], **same: Any  # noqa: ANN401 - column values
) -> None:
    if not rows:
        return
    own = {name: bindparam(name) for name in rows[0] if name != "p"}
    statement = (
        update(_ROWS)
        .where(
            _ROWS.c.mailing_id == chunk.mailing_id,
            _ROWS.c.person_id == bindparam("p"),
            _ROWS.c.owner.in_(list(owners)),
            _ROWS.c.state.in_((DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.QUEUED)),
        )
        .values(**own, **same)
    )
    db.session.connection().execute(statement, rows)


def close_chunk(chunk: Chunk, trouble: Unreached | None, *, failures: int, after: timedelta) -> None:
    """Plan what is left of a chunk: later tries, or all of it when the relay was away.

    `after` is how long nothing of it may go, because something else goes first or for speed.
    """
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is None:
        return
    mailing.trouble = trouble.answer[:200] if trouble else ""
    if trouble is not None:
        _again(chunk, clock.now() + relay_pause(failures + 1), failures=failures + 1)
    elif (following := _next_due(chunk)) is not None:
        _again(chunk, max(following, clock.now() + after), failures=0)
    else:
        mailings.close_if_finished(mailing)


def break_off(chunk: Chunk, answer: str) -> None:
    """Pause a mailing because the relay refuses everybody's copy; a person must look (S69)."""
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is not None and mailing.state is MailingState.SENDING:
        mailing.state, mailing.trouble = MailingState.PAUSED, answer[:200]


def _next_due(chunk: Chunk, *, until: datetime | None = None) -> datetime | None:
    query = select(func.min(Delivery.next_try_at)).where(
        *_of(chunk), Delivery.state == DeliveryState.QUEUED
    )
    return db.session.scalar(query.where(Delivery.next_try_at <= until) if until else query)


def _again(chunk: Chunk, at: datetime, *, failures: int) -> None:
    jobs.enqueue(
        mailings.SEND,
        {"mailing": chunk.mailing_id, "chunk": chunk.number, "failures": failures},
        key=f"mailing:{chunk.ref}:{chunk.number}:after:{chunk.owner}",
        run_at=at,
        priority=mailings.AFTER_LETTERS,
        tries=mailings.TRIES,
    )
