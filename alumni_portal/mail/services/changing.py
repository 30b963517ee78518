"""A mailing after it was begun: broken off, or sent to more and to those it did not reach."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.mail import queries
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


def cancel(mailing: Mailing, *, by: Actor) -> int:
    """Break a mailing off and return how many copies that kept from going.

    What is in a run's hands cannot be called back; until its answer is noted the mailing is
    paused, and called again this ends what came back. Called once more it does nothing.
    """
    held = mailings.lock(mailing.id)
    if held is None or held.state is MailingState.FINISHED:
        return 0
    held.state = MailingState.PAUSED
    result = db.session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == held.id, Delivery.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.SKIPPED, why=Why.CANCELLED, sealed=None, ended_at=clock.now())
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count
    if not queries.is_open(held.id):
        held.state, held.finished_at, held.trouble = MailingState.FINISHED, clock.now(), ""
    if number:
        audit.record("mailing.cancelled", by=by, subject=held.public_id, number=number)
    return number


def send_more(mailing: Mailing, recipients: Iterable[Recipient], *, by: Actor) -> int:
    """Send a mailing to these too and return to how many it goes now.

    Who has got it, waits for it or may have got it is passed over, so asked for twice it goes
    once. Raises Refusal when a slot has no value.
    """
    held = mailings.lock(mailing.id)
    if held is None:
        return 0
    wanted = {one.person_id: one for one in recipients}
    known = _states(held.id, wanted)
    new = [one for ref, one in wanted.items() if ref not in known or known[ref] in UNREACHED]
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


def _states(mailing_id: int, people: Collection[int]) -> dict[int, DeliveryState]:
    rows = db.session.execute(
        select(Delivery.person_id, Delivery.state).where(
            Delivery.mailing_id == mailing_id, Delivery.person_id.in_(list(people))
        )
    )
    return {row.person_id: row.state for row in rows}


def _forget_tries(mailing_id: int, people: Collection[int]) -> None:
    db.session.execute(
        delete(Delivery).where(
            Delivery.mailing_id == mailing_id, Delivery.person_id.in_(list(people))
        )
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
        )
        for one in rows
    ]
