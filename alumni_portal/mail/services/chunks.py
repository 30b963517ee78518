"""A run's part of a mailing: opened with what a lost run left behind, closed with what is next."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, select, update

from alumni_portal.core import clock, jobs, transaction
from alumni_portal.core.db import db
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Policy,
    SuppressedBy,
)
from alumni_portal.mail.rules import (
    Answer,
    Doubt,
    NotSent,
    Sent,
    Unknown,
    Unreached,
    is_about_us,
    is_unknown,
    relay_pause,
)
from alumni_portal.mail.services import changing, journal, mailings, outcomes, suppressing
from alumni_portal.mail.services.deliveries import copies, next_due, of
from alumni_portal.mail.services.outcomes import Chunk, Copy

#: How long to leave a chunk alone whose run still lives although its lease is over.
_HELD = timedelta(seconds=30)
_NOTHING: Mapping[str, object] = MappingProxyType({})


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
        about=mailing.about,
        ref=mailing.public_id,
        policy=mailing.policy,
        believes=mailing.believes_relay,
    )
    in_hand = _copies(chunk, Delivery.state == DeliveryState.SENDING)
    left = journal.left_behind(chunk.ref, number)  # last: a run that begins meanwhile is not lost
    if left.is_held:
        _again(chunk, clock.now() + _HELD)
        return None
    _settle(chunk, in_hand, left)
    if mailing.cancelled_at is not None:
        changing.end_waiting(mailing_id, chunk=number)
        close_chunk(chunk, None, failures=0, after=None)
        return None
    return chunk if mailing.state is MailingState.SENDING else None


def _copies(chunk: Chunk, which: ColumnElement[bool]) -> Sequence[Any]:
    query = copies().add_columns(Delivery.owner, Delivery.state).where(*of(chunk), which)
    return db.session.execute(query).all()


def _settle(chunk: Chunk, in_hand: Sequence[Any], left: journal.Left) -> None:
    """Bring the rows to what lost runs did; a run without a journal may have sent all it held.

    A journal may know more than the rows: of copies that another run found in doubt, and of those
    that wait because the database is an older one, set up again from its backup.
    """
    answers: dict[int, Answer] = {}
    for row in in_hand:
        if row.person_id in left.uncertain or row.owner not in left.owners | {""}:
            answers[row.person_id] = Unknown("its run was lost")
        else:
            answers[row.person_id] = left.answers.get(row.person_id, Unreached("not handed over"))
    others = _copies(
        chunk,
        Delivery.person_id.in_(left.intended | left.answers.keys())
        & (
            (Delivery.state == DeliveryState.QUEUED)
            | (Delivery.state == DeliveryState.UNCERTAIN) & Delivery.owner.in_(left.owners)
        ),
    )
    answers |= _known_better(chunk, others, left)
    rows = [one for one in (*in_hand, *others) if one.person_id in answers]
    doubt = Doubt()
    for one in rows:
        doubt = doubt.after(one.to_address, answers[one.person_id])
    is_doubted = doubt.is_open and not chunk.believes
    outcomes.write(
        chunk,
        [_before_its_try(one) for one in rows],
        {one: _not_yet_believed(said, is_doubted=is_doubted) for one, said in answers.items()},
        owners={one.person_id: one.owner for one in rows},
    )
    transaction.after_commit(left.forget)


def _known_better(chunk: Chunk, rows: Sequence[Any], left: journal.Left) -> dict[int, Answer]:
    """Return what journals say of copies that wait or are in doubt, where the rows say less."""
    found: dict[int, Answer] = {}
    for row in rows:
        answer = left.answers.get(row.person_id, Unknown("its run was lost"))
        is_an_end = isinstance(answer, Sent) or (isinstance(answer, NotSent) and answer.final)
        is_doubt = isinstance(answer, Unknown) and chunk.policy is Policy.HOLD
        if is_an_end or (is_doubt and row.state is DeliveryState.QUEUED):
            found[row.person_id] = answer
    return found


def _before_its_try(row: Any) -> Copy:  # noqa: ANN401 - a row
    """Return a copy as it was before the try that was lost."""
    one, tries = Copy(*row[:-2]), row.attempts - (row.state is not DeliveryState.QUEUED)
    return one._replace(attempts=tries, first_try_at=one.first_try_at if tries else None)


def _not_yet_believed(answer: Answer, *, is_doubted: bool) -> Answer:
    """Return an answer of a lost run; a refusal about us is asked again, not believed (S69)."""
    asks_again = is_about_us(answer) or (is_doubted and is_unknown(answer))
    return NotSent(answer.answer, final=False) if asks_again else answer


def close_chunk(
    chunk: Chunk,
    trouble: Unreached | None,
    *,
    failures: int,
    after: timedelta | None,
    counted: Mapping[str, object] = _NOTHING,
) -> None:
    """Plan what is left of a chunk: later tries, or all of it when the relay was away.

    `after` is how long nothing of it may go, because something else goes first or for speed;
    `counted` is what breaker and doubt have counted so far, for the run that goes on.
    """
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is None:
        return
    following = next_due(chunk)
    if mailing.cancelled_at is not None and following is not None:
        _again(chunk, clock.now())  # which ends them; in this order nobody waits for each other
        return
    if mailing.state is MailingState.SENDING:
        mailing.trouble = trouble.answer[:200] if trouble else ""
    if trouble is not None and following is not None:
        at = clock.now() + relay_pause(failures + 1)
        _again(chunk, at, **{**counted, "failures": failures + 1})
    elif following is not None:
        _again(chunk, max(following, clock.now() + (after or timedelta(0))), **counted)
    else:
        mailings.close_if_finished(mailing)


def note_that_it_goes(chunk: Chunk) -> None:
    """Say that nothing keeps a mailing waiting: the relay has just taken some of it."""
    stands = [
        Mailing.id == chunk.mailing_id,
        Mailing.trouble != "",
        Mailing.state == MailingState.SENDING,
    ]
    if db.session.scalar(select(Mailing.id).where(*stands)) is not None:
        db.session.execute(update(Mailing).where(*stands).values(trouble=""))


def leave_open(chunk: Chunk, trouble: str, *, failures: int) -> None:
    """Plan another run of a chunk whose copies this one could not settle: some are in its hands."""
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is not None and mailing.state is MailingState.SENDING:
        mailing.trouble = trouble[:200]
    _again(chunk, clock.now() + relay_pause(failures + 1), failures=failures + 1)


def break_off(chunk: Chunk, answer: str, *, is_doubted: bool) -> None:
    """Pause a mailing because the relay refuses everybody's copy; a person must look (S69).

    Where it is doubted, whom it said not to exist in this mailing is not kept from others, and
    waits again for this one.
    """
    if is_doubted:
        _let_in_again(chunk.mailing_id)
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is not None and mailing.cancelled_at is not None:
        _again(chunk, clock.now())
    elif mailing is not None and mailing.state is MailingState.SENDING:
        mailing.state, mailing.trouble = MailingState.PAUSED, answer[:200]


def _let_in_again(mailing_id: int) -> None:
    """Let those wait again whom the relay did not know: what is theirs is kept until the end."""
    theirs = [
        Delivery.mailing_id == mailing_id,
        Delivery.state == DeliveryState.FAILED,
        Delivery.sealed.is_not(None),
    ]
    for address in db.session.scalars(select(Delivery.to_address).where(*theirs)).all():
        suppressing.lift(address, only_by=SuppressedBy.RELAY)
    db.session.execute(
        update(Delivery)
        .where(*theirs)
        .values(state=DeliveryState.QUEUED, ended_at=None, outcome="", **mailings.UNTRIED)
    )


def _again(chunk: Chunk, at: datetime, **counted: object) -> None:
    jobs.enqueue(
        mailings.SEND,
        {"mailing": chunk.mailing_id, "chunk": chunk.number, **counted},
        key=f"mailing:{chunk.ref}:{chunk.number}:after:{chunk.owner}",
        run_at=at,
        priority=mailings.AFTER_LETTERS,
        tries=mailings.TRIES,
    )
