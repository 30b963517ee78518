"""A mailing after it was begun: stopped, broken off, sent to more and to those it missed."""

from collections.abc import Collection, Iterable

from sqlalchemy import Select, delete, func, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.among import AMONG, among
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingEdition,
    MailingState,
    Why,
)
from alumni_portal.mail.services import mailings
from alumni_portal.mail.services.attachments import unpacked
from alumni_portal.mail.services.mailings import Edition, Recipient

#: Who can be sent a mailing once more: nothing of it reached them.
UNREACHED = (DeliveryState.FAILED, DeliveryState.SKIPPED)
#: Who has got it, or may have, unless it came back.
HANDED_OVER = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


def pause(mailing: Mailing, *, by: Actor) -> None:
    """Stop a mailing before its next mail; what was handed over is gone."""
    held = mailings.lock(mailing.id)
    if held is not None and held.state is MailingState.SENDING:
        held.state = MailingState.PAUSED
        audit.record("mailing.paused", by=by, subject=mailing.public_id)


def resume(mailing: Mailing, *, by: Actor, believing: bool = False) -> None:
    """Let a paused mailing go on where it stopped.

    `believing`: those whom the relay does not know are gone; from now on it is believed.
    """
    held = mailings.lock(mailing.id)
    if held is None or held.state is not MailingState.PAUSED or held.cancelled_at is not None:
        return
    held.believes_relay = held.believes_relay or believing
    mailings.set_going_again(held)
    audit.record("mailing.resumed", by=by, subject=held.public_id, believing=believing)


def go_on_at_night(mailing: Mailing, *, by: Actor) -> None:
    """Let a mailing that rests go on now, and rest no more."""
    held = mailings.lock(mailing.id)
    if held is None or held.rests_until is None:
        return
    held.quiet_from = held.quiet_until = None
    mailings.set_going_again(held)
    audit.record("mailing.woken", by=by, subject=held.public_id)


def settle_uncertain(mailing: Mailing, *, again: bool, by: Actor) -> int:
    """Decide by hand about mails that may have arrived: send them again, or count them as sent.

    Returns how many there were. Raises Refusal when a mailing that was broken off is to go again.
    """
    if again and mailing.cancelled_at is not None:
        raise Refusal(_l("Utskicket är avbrutet."))
    values: dict[str, object] = (
        {"state": DeliveryState.QUEUED, "owner": "", **mailings.UNTRIED, "next_try_at": clock.now()}
        if again
        else {"state": DeliveryState.SENT, "sealed": None, "ended_at": clock.now()}
    )
    result = db.session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == mailing.id, Delivery.state == DeliveryState.UNCERTAIN)
        .values(**values)
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count
    held = mailings.lock(mailing.id)
    if number and held is not None:
        audit.record("mailing.settled", by=by, subject=held.public_id, again=again, number=number)
        if held.state is MailingState.PAUSED:
            mailings.close_if_finished(held)
        else:
            mailings.set_going_again(held)
    return number


def cancel(mailing: Mailing, *, by: Actor) -> int:
    """Break a mailing off and return how many copies that kept from going.

    What is in a run's hands cannot be called back; until its answer is noted the mailing is
    paused, and what comes back then goes no more. Called once more it does nothing.
    """
    number = end_waiting(mailing.id)
    held = mailings.lock(mailing.id)
    if held is None or held.state is MailingState.FINISHED:
        return 0
    held.state, held.cancelled_at = MailingState.PAUSED, held.cancelled_at or clock.now()
    mailings.close_if_finished(held)
    if number:
        audit.record("mailing.cancelled", by=by, subject=held.public_id, number=number)
    return number


def end_waiting(mailing_id: int, *, chunk: int | None = None) -> int:
    """End the copies of a broken off mailing, or of one chunk of it, that wait; return how many."""
    theirs = [Delivery.mailing_id == mailing_id, Delivery.state == DeliveryState.QUEUED]
    if chunk is not None:
        theirs.append(Delivery.chunk == chunk)
    result = db.session.execute(
        update(Delivery)
        .where(*theirs)
        .values(state=DeliveryState.SKIPPED, why=Why.CANCELLED, sealed=None, ended_at=clock.now())
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def send_more(
    mailing: Mailing,
    recipients: Iterable[Recipient],
    *,
    came_back: Select[int] | None = None,
    by: Actor,
) -> int:
    """Send a mailing to these too and return to how many it goes now.

    Who has got it, waits for it or may have got it is passed over, so asked for twice it goes
    once. `came_back` selects the ids of people whose copies were sent and came back: they have not
    got it. Raises Refusal when a slot has no value, when it is forgotten who has got it, and when
    it was broken off.
    """
    held = mailings.lock(mailing.id)
    if held is None:
        return 0
    if held.kept_counts is not None:
        raise Refusal(_l("Det är glömt vem som fick utskicket. Gör ett nytt av det."))
    if held.cancelled_at is not None:
        raise Refusal(_l("Utskicket är avbrutet."))
    wanted = {one.person_id: one for one in recipients}
    known = _states(held.id, wanted)
    # Asked only now that the mailing is held: who was sent it again meanwhile has not come back.
    back = set(db.session.scalars(came_back)) if came_back is not None else set()
    new = [one for ref, one in wanted.items() if _is_to_get(known.get(ref), back=ref in back)]
    if not new:
        return 0
    _forget_tries(held.id, [one.person_id for one in new])
    first = db.session.scalar(
        select(func.coalesce(func.max(Delivery.chunk), -1)).where(Delivery.mailing_id == held.id)
    )
    number = mailings.add_copies(held.id, _editions(held.id), new, first_chunk=(first or 0) + 1)
    held.total = int(
        db.session.scalar(select(func.count()).where(Delivery.mailing_id == held.id)) or 0
    )
    audit.record("mailing.extended", by=by, subject=held.public_id, number=number)
    if held.state is not MailingState.PAUSED:
        mailings.set_going_again(held)
    return number


def _is_to_get(state: DeliveryState | None, *, back: bool) -> bool:
    return state is None or state in UNREACHED or (back and state in HANDED_OVER)


def _states(mailing_id: int, people: Collection[int]) -> dict[int, DeliveryState]:
    rows = db.session.execute(
        select(Delivery.person_id, Delivery.state).where(
            Delivery.mailing_id == mailing_id, among(Delivery.person_id)
        ),
        {AMONG: people},
    )
    return {row.person_id: row.state for row in rows}


def _forget_tries(mailing_id: int, people: Collection[int]) -> None:
    db.session.execute(
        delete(Delivery).where(Delivery.mailing_id == mailing_id, among(Delivery.person_id)),
        {AMONG: people},
    )


def _editions(mailing_id: int) -> list[Edition]:
    rows = db.session.scalars(
        select(MailingEdition)
        .where(MailingEdition.mailing_id == mailing_id)
        .order_by(MailingEdition.language.desc())
    )
    return [
        Edition(
            language=one.language,
            subject=one.subject,
            html=one.html,
            text=one.text,
            files=tuple(map(unpacked, one.files)),
            reply_to=one.reply_to,
        )
        for one in rows
    ]
