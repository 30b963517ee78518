"""What came of copies: written to their rows, all of one kind at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    Table,
    Update,
    bindparam,
    literal_column,
    null,
    update,
)

from alumni_portal.core import clock
from alumni_portal.core.among import AMONG, SAID, among, as_said, said_of
from alumni_portal.core.db import db
from alumni_portal.mail.models import Delivery, DeliveryState, Policy
from alumni_portal.mail.rules import (
    Answer,
    NotSent,
    Sent,
    Unknown,
    Unreached,
    next_try,
    nobody_is_there,
)
from alumni_portal.mail.services import suppressing
from alumni_portal.mail.services.pacing import Paces

_ROWS = cast("Table", Delivery.__table__)
_END: dict[type[Answer], DeliveryState] = {
    Sent: DeliveryState.SENT,
    NotSent: DeliveryState.FAILED,
    Unknown: DeliveryState.UNCERTAIN,
}
#: Written out: as a parameter it would be worked out anew for each row.
_IN_SQL: Mapping[DeliveryState, ColumnElement[Any]] = {
    one: literal_column(f"'{one.value}'") for one in DeliveryState
}
_NOT_HANDED_OVER = Unreached("not handed over")
#: Named by what they are not: of states that it may be, SQLite would read the whole mailing's.
_ENDED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """What one run has in hand: a part of one mailing."""

    mailing_id: int
    number: int
    owner: str
    purpose: str
    about: str
    ref: str
    policy: Policy
    #: A person has said that those whom the relay does not know are gone.
    believes: bool = False


class Copy(NamedTuple):
    """One person's copy as a run needs it."""

    person_id: int
    address: str
    language: str
    sealed: bytes | None
    #: Tries before this one.
    attempts: int
    first_try_at: datetime | None
    was_in_doubt: bool = False
    #: The person's, for their way out; nothing when there is no such person any more.
    public_id: str | None = None


def note(
    chunk: Chunk, copies: Collection[Copy], answers: Mapping[int, Answer], *, seconds: float
) -> None:
    """Note what came of copies in this run's hands; a run that lost them notes nothing.

    A copy without an answer was not handed over: it waits again. `seconds` is how long the
    handful took, from which the speed that a slow relay can bear is worked out.
    """
    told = {one.person_id: answers.get(one.person_id, _NOT_HANDED_OVER) for one in copies}
    write(chunk, copies, told, owners=dict.fromkeys(told, chunk.owner))
    Paces().learn(
        ((one.address, told[one.person_id]) for one in copies if one.person_id in answers),
        seconds=seconds,
    )


def write(
    chunk: Chunk,
    copies: Collection[Copy],
    answers: Mapping[int, Answer],
    *,
    owners: Mapping[int, str],
) -> None:
    """Write each copy's answer to its row, where the run that is named for it still holds it."""
    ended: dict[tuple[str, type[Answer], bool], dict[int, str]] = {}
    again: list[dict[str, Any]] = []
    for one in copies:
        answer, owner = answers[one.person_id], owners[one.person_id]
        at = None if isinstance(answer, Sent) else _again_at(chunk, one, answer)
        if at is not None:
            again.append({"p": one.person_id, "run": owner, **_tried(one, answer, at)})
            continue
        is_gone = isinstance(answer, NotSent) and nobody_is_there(answer.answer)
        if is_gone:
            suppressing.suppress(one.address, answer.answer)
        # What may go again: by hand, or because the relay turns out to know nobody (S73).
        is_kept = isinstance(answer, Unknown) or (is_gone and not chunk.believes)
        kind = owner, type(answer), is_kept
        ended.setdefault(kind, {})[one.person_id] = answer.answer[:200]
    for (owner, answered, is_kept), outcomes in ended.items():
        same = {"state": _IN_SQL[_END[answered]], "ended_at": clock.now()}
        _end(chunk, owner, outcomes, same if is_kept else {**same, "sealed": null()})
    _update(chunk, again, state=_IN_SQL[DeliveryState.QUEUED], owner=literal_column("''"))


def _tried(one: Copy, answer: Answer, again_at: datetime) -> dict[str, Any]:
    """Return what a copy that goes again keeps; a try that reached nobody counts for nothing."""
    is_a_try = not isinstance(answer, Unreached)
    return {
        "b_next_try_at": again_at,
        "b_attempts": one.attempts + is_a_try,
        "b_first_try_at": one.first_try_at or (clock.now() if is_a_try else None),
        "b_outcome": answer.answer[:200],
        "b_was_in_doubt": one.was_in_doubt or isinstance(answer, Unknown),
    }


def _end(chunk: Chunk, owner: str, outcomes: Mapping[int, str], values: Mapping[str, Any]) -> None:
    """End copies of a run alike; what was answered to each of them is written with it."""
    connection = db.session.connection()
    asked: dict[str, Any] = {"mailing": chunk.mailing_id, "run": owner}
    said = set(outcomes.values())
    if len(said) == 1:
        ended = _held().where(among(_ROWS.c.person_id)).values(outcome=said.pop(), **values)
        connection.execute(ended, {**asked, AMONG: list(outcomes)})
        return
    dialect = connection.dialect.name
    asked[SAID] = as_said(outcomes, dialect)
    connection.execute(_end_each(dialect).values(**values), asked)


@cache
def _held() -> Update:
    """Return the update of copies that a run holds still."""
    return update(_ROWS).where(
        _ROWS.c.mailing_id == bindparam("mailing", type_=BigInteger()),
        _ROWS.c.owner == bindparam("run", type_=String()),
        _ROWS.c.state.not_in([_IN_SQL[one] for one in _ENDED]),
    )


@cache
def _end_each(dialect: str) -> Update:
    """Return the update of copies to each of whom something of its own was answered."""
    told = said_of(dialect)
    return _held().where(_ROWS.c.person_id == told.c.id).values(outcome=told.c.said)


def _again_at(chunk: Chunk, one: Copy, answer: Answer) -> datetime | None:
    """Return when a copy goes again, or nothing when this was its end or a person decides."""
    now = clock.now()
    if isinstance(answer, Unreached):
        return now
    may_go_again = (isinstance(answer, NotSent) and not answer.final) or (
        isinstance(answer, Unknown) and chunk.policy is Policy.RESEND and not one.was_in_doubt
    )
    return next_try(one.attempts + 1, one.first_try_at or now, now) if may_go_again else None


def _update(chunk: Chunk, rows: list[dict[str, Any]], **same: Any) -> None:  # noqa: ANN401 - column values
    if not rows:
        return
    own: dict[str, Any] = {
        name.removeprefix("b_"): bindparam(name) for name in rows[0] if name.startswith("b_")
    }
    statement = (
        update(_ROWS)
        .where(
            _ROWS.c.mailing_id == chunk.mailing_id,
            _ROWS.c.person_id == bindparam("p"),
            _ROWS.c.owner == bindparam("run"),
            _ROWS.c.state.not_in([_IN_SQL[one] for one in _ENDED]),
        )
        .values(**own, **same)
    )
    db.session.connection().execute(statement, rows)
