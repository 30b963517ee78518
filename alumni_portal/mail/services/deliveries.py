"""One person's copy of a mailing: claimed, handed over, and what came of it."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from alumni_portal.core import clock, jobs, receiving, tokens
from alumni_portal.core.db import db
from alumni_portal.mail import queries
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingEdition,
    MailingState,
    Why,
)
from alumni_portal.mail.rules import (
    UNSUBSCRIBE,
    fill_html,
    fill_line,
    fill_text,
    next_try,
    nobody_is_there,
    relay_pause,
)
from alumni_portal.mail.services import mailings, messages, suppressing, transport, unsubscribing


@dataclass(frozen=True)
class Chunk:
    """What one run has in hand: whose copies are due, and what they are made from."""

    mailing_id: int
    number: int
    owner: str
    purpose: str
    ref: str
    due: list[int]
    editions: dict[str, MailingEdition]
    #: A person's public id by id, and the links that end their yes.
    way_out: unsubscribing.Links


def open_chunk(mailing_id: int, number: int, *, owner: str) -> Chunk | None:
    """Return what is due of a chunk, or nothing when the mailing is paused or over.

    Copies that an earlier run left in the middle become uncertain: nobody knows whether they
    arrived, and only a person may say that they go again.
    """
    mailing = db.session.get_one(Mailing, mailing_id)
    _leave_uncertain(mailing_id, number)
    if mailing.state is not MailingState.SENDING:
        return None
    due = _due(mailing_id, number)
    editions = db.session.scalars(
        select(MailingEdition).where(MailingEdition.mailing_id == mailing_id)
    )
    return Chunk(
        mailing_id=mailing_id,
        number=number,
        owner=owner,
        purpose=mailing.purpose,
        ref=mailing.public_id,
        due=due,
        editions={one.language: one for one in editions},
        way_out=unsubscribing.links(due, mailing.purpose, mailing.public_id),
    )


def _leave_uncertain(mailing_id: int, number: int) -> None:
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.mailing_id == mailing_id,
            Delivery.chunk == number,
            Delivery.state == DeliveryState.SENDING,
        )
        .values(state=DeliveryState.UNCERTAIN, ended_at=clock.now())
    )


def _due(mailing_id: int, number: int) -> list[int]:
    query = select(Delivery.person_id).where(
        Delivery.mailing_id == mailing_id,
        Delivery.chunk == number,
        Delivery.state == DeliveryState.QUEUED,
        Delivery.next_try_at <= clock.now(),
    )
    return list(db.session.scalars(query.order_by(Delivery.person_id)))


def claim(chunk: Chunk, person_id: int) -> messages.Mail | None:
    """Take one copy in hand and return its mail, or nothing when it is not to be sent.

    Here, last of all, consent, address and suppression are asked once more (S24).
    """
    delivery = db.session.scalar(
        select(Delivery)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Delivery.mailing_id == chunk.mailing_id,
            Delivery.person_id == person_id,
            Delivery.state == DeliveryState.QUEUED,
            Mailing.state == MailingState.SENDING,
        )
        .with_for_update(of=Delivery)
    )
    if delivery is None:
        return None
    why = _why_not(chunk, delivery)
    if why is not None:
        delivery.state, delivery.why, delivery.ended_at = DeliveryState.SKIPPED, why, clock.now()
        delivery.sealed = None
        return None
    now = clock.now()
    delivery.state, delivery.owner = DeliveryState.SENDING, chunk.owner
    delivery.attempts += 1
    delivery.first_try_at = delivery.first_try_at or now
    return _written(chunk, delivery)


def _why_not(chunk: Chunk, delivery: Delivery) -> Why | None:
    if delivery.person_id not in receiving.may_receive(chunk.purpose, [delivery.person_id]):
        return Why.NOT_AGREED
    if not queries.is_address_of(delivery.person_id, delivery.to_address):
        return Why.ADDRESS_GONE
    return Why.SUPPRESSED if queries.is_suppressed(delivery.to_address) else None


def _written(chunk: Chunk, delivery: Delivery) -> messages.Mail:
    edition = chunk.editions[delivery.language]
    way_out = chunk.way_out[delivery.person_id]
    sealed = json.loads(tokens.unseal("delivery", delivery.sealed)) if delivery.sealed else {}
    values = {**sealed, UNSUBSCRIBE: way_out}
    return messages.message(
        delivery.to_address,
        fill_line(edition.subject, values),
        fill_text(edition.text, values),
        fill_html(edition.html, values),
        message_id=message_id(chunk.ref, delivery.person_id),
        headers={
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-ID": f"<{chunk.purpose.replace('_', '-')}.{messages.domain()}>",
            "Feedback-ID": f"{chunk.ref}:{chunk.purpose}:alumni-portal",
            "Precedence": "bulk",
        },
    )


def message_id(ref: str, person_id: int) -> str:
    """Return the same Message-ID for the same copy however often it is tried."""
    return f"<{ref}.{tokens.short_hash(f'{ref}:{person_id}')}@{messages.domain()}>"


def note(chunk: Chunk, person_id: int, answer: transport.Answer) -> None:
    """Note what came of a copy in this run's hands; a run that lost it notes nothing."""
    delivery = db.session.scalar(
        select(Delivery)
        .where(
            Delivery.mailing_id == chunk.mailing_id,
            Delivery.person_id == person_id,
            Delivery.owner == chunk.owner,
        )
        .with_for_update()
    )
    if delivery is None or delivery.state not in {DeliveryState.SENDING, DeliveryState.UNCERTAIN}:
        return
    delivery.outcome = answer.answer[:200]
    if isinstance(answer, transport.Unreached):
        delivery.state, delivery.owner = DeliveryState.QUEUED, ""
        delivery.attempts -= 1
    elif isinstance(answer, transport.NotSent):
        _refused(delivery, answer)
    else:
        is_sent = isinstance(answer, transport.Sent)
        _end(delivery, DeliveryState.SENT if is_sent else DeliveryState.UNCERTAIN)


def _refused(delivery: Delivery, answer: transport.NotSent) -> None:
    if answer.final and nobody_is_there(answer.answer):
        suppressing.suppress(delivery.to_address, answer.answer)
    now = clock.now()
    again = next_try(delivery.attempts, delivery.first_try_at or now, now)
    if answer.final or again is None:
        _end(delivery, DeliveryState.FAILED)
        return
    delivery.state, delivery.owner, delivery.next_try_at = DeliveryState.QUEUED, "", again


def _end(delivery: Delivery, state: DeliveryState) -> None:
    delivery.state, delivery.ended_at = state, clock.now()
    if state is not DeliveryState.UNCERTAIN:  # it may go again by hand
        delivery.sealed = None


def close_chunk(chunk: Chunk, trouble: transport.Unreached | None, *, failures: int) -> None:
    """Plan what is left of a chunk: later tries, or all of it when the relay was away."""
    mailing = mailings.lock(chunk.mailing_id)
    if mailing is None:
        return
    mailing.trouble = trouble.answer[:200] if trouble else ""
    if trouble is not None:
        _again(chunk, clock.now() + relay_pause(failures + 1), failures=failures + 1)
    elif (following := _next_due(chunk)) is not None:
        _again(chunk, following, failures=0)
    else:
        mailings.close_if_finished(mailing)


def _next_due(chunk: Chunk) -> datetime | None:
    return db.session.scalar(
        select(func.min(Delivery.next_try_at)).where(
            Delivery.mailing_id == chunk.mailing_id,
            Delivery.chunk == chunk.number,
            Delivery.state == DeliveryState.QUEUED,
        )
    )


def _again(chunk: Chunk, at: datetime, *, failures: int) -> None:
    jobs.enqueue(
        mailings.SEND,
        {"mailing": chunk.mailing_id, "chunk": chunk.number, "failures": failures},
        key=f"mailing:{chunk.ref}:{chunk.number}:after:{chunk.owner}",
        run_at=at,
        priority=mailings.AFTER_LETTERS,
        tries=mailings.TRIES,
    )
