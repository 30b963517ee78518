"""A run's part of a mailing: opened with what a lost run left behind, closed with what is next."""

from datetime import datetime, timedelta

from alumni_portal.core import clock, jobs, transaction
from alumni_portal.core.db import db
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.mail.rules import Answer, Unknown, Unreached, relay_pause
from alumni_portal.mail.services import journal, mailings, outcomes
from alumni_portal.mail.services.deliveries import copies, next_due, of
from alumni_portal.mail.services.outcomes import Chunk, Copy

#: How long to leave a chunk alone whose run still lives although its lease is over.
_HELD = timedelta(seconds=30)


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
    left = journal.left_behind(chunk.ref, number)
    if left.is_held:
        _again(chunk, clock.now() + _HELD, failures=0)
        return None
    _settle(chunk, left)
    return chunk if mailing.state is MailingState.SENDING else None


def _settle(chunk: Chunk, left: journal.Left) -> None:
    """Bring the rows to what lost runs did; a run without a journal may have sent all it held."""
    rows = db.session.execute(
        copies()
        .where(
            *of(chunk),
            Delivery.state.in_((DeliveryState.SENDING, DeliveryState.QUEUED)),
            (Delivery.state == DeliveryState.SENDING)
            | Delivery.person_id.in_(left.intended | left.answers.keys()),
        )
        .add_columns(Delivery.owner, Delivery.state)
    ).all()
    answers: dict[int, Answer] = {}
    for row in rows:
        if row.person_id in left.uncertain or row.owner not in left.owners | {""}:
            answers[row.person_id] = Unknown("its run was lost")
        else:
            answers[row.person_id] = left.answers.get(row.person_id, Unreached("not handed over"))
    left_copies = [
        Copy(*row[:-2])._replace(attempts=row.attempts - (row.state is DeliveryState.SENDING))
        for row in rows
    ]
    outcomes.write(chunk, left_copies, answers, owners={row.person_id: row.owner for row in rows})
    transaction.after_commit(left.forget)


def close_chunk(
    chunk: Chunk, trouble: Unreached | None, *, failures: int, after: timedelta | None
) -> None:
    """Plan what is left of a chunk: later tries, or all of it when the relay was away.

    `after` is how long nothing of it may go, because something else goes first or for speed.
    """
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is None:
        return
    mailing.trouble = trouble.answer[:200] if trouble else ""
    if trouble is not None:
        _again(chunk, clock.now() + relay_pause(failures + 1), failures=failures + 1)
    elif (following := next_due(chunk)) is not None:
        _again(chunk, max(following, clock.now() + (after or timedelta(0))), failures=0)
    else:
        mailings.close_if_finished(mailing)


def break_off(chunk: Chunk, answer: str) -> None:
    """Pause a mailing because the relay refuses everybody's copy; a person must look (S69)."""
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is not None and mailing.state is MailingState.SENDING:
        mailing.state, mailing.trouble = MailingState.PAUSED, answer[:200]


def _again(chunk: Chunk, at: datetime, *, failures: int) -> None:
    jobs.enqueue(
        mailings.SEND,
        {"mailing": chunk.mailing_id, "chunk": chunk.number, "failures": failures},
        key=f"mailing:{chunk.ref}:{chunk.number}:after:{chunk.owner}",
        run_at=at,
        priority=mailings.AFTER_LETTERS,
        tries=mailings.TRIES,
    )
