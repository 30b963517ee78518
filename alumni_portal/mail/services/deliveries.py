"""The copies of a chunk that a run may hand over now: claimed by the handful."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    Table,
    Update,
    bindparam,
    func,
    select,
    update,
)

from alumni_portal.core import clock, receiving
from alumni_portal.core.among import AMONG, among
from alumni_portal.core.db import db
from alumni_portal.core.moments import this_moment
from alumni_portal.mail import queries
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState, Why
from alumni_portal.mail.services.outcomes import Chunk, Copy
from alumni_portal.mail.services.pacing import Paces
from alumni_portal.people.models import Person

_ROWS = cast("Table", Delivery.__table__)


class Handful(NamedTuple):
    """Copies that a run may hand over now."""

    copies: list[Copy]
    #: Speed, or the night, keeps others back for so long; nothing when none are due.
    wait: timedelta | None


def take(chunk: Chunk, most: int) -> Handful:
    """Claim at most so many due copies and return those that are to be sent.

    Here, last of all, consent, address and suppression are asked once more (S24), and the speed
    that relay and domains are sent to is kept. In its quiet hours a mailing hands over nothing.
    """
    mailing = db.session.get_one(Mailing, chunk.mailing_id, populate_existing=True)
    if mailing.state is not MailingState.SENDING:
        return Handful([], None)
    if (rests_until := mailing.rests_until) is not None:
        return Handful([], rests_until - clock.now())
    paces = Paces()
    found = _due(chunk, paces.allows(most), but=paces.full_domains())
    may = receiving.may_receive(chunk.purpose, [one.person_id for one in found], about=chunk.about)
    whys = queries.kept_back(
        chunk.mailing_id, chunk.number, {one.person_id: one.address for one in found}
    )
    whys |= {one.person_id: Why.NOT_AGREED for one in found if one.person_id not in may}
    _skip(chunk, whys)
    good = [one for one in found if one.person_id not in whys]
    granted = paces.granted(one.address for one in good)
    mine = [one for one, may_go in zip(good, granted, strict=True) if may_go]
    _claim(chunk, [one.person_id for one in mine])
    is_kept_back = not mine and not whys and next_due(chunk, until=clock.now()) is not None
    return Handful(mine, paces.wait() if is_kept_back else None)


def copies() -> Any:  # noqa: ANN401 - a select of these columns
    """Return the select of copies as a run needs them."""
    return select(
        Delivery.person_id,
        Delivery.to_address,
        Delivery.language,
        Delivery.sealed,
        Delivery.attempts,
        Delivery.first_try_at,
        Delivery.was_in_doubt,
        select(Person.public_id).where(Person.id == Delivery.person_id).scalar_subquery(),
    )


def of(chunk: Chunk) -> tuple[Any, ...]:
    """Return what the copies of a chunk have in common, for a query."""
    return Delivery.mailing_id == chunk.mailing_id, Delivery.chunk == chunk.number


def _due(chunk: Chunk, most: int, *, but: Collection[str]) -> list[Copy]:
    query = _due_ones()
    for domain in but:
        query = query.where(~func.lower(Delivery.to_address).endswith(f"@{domain}"))
    asked = {"mailing": chunk.mailing_id, "chunk": chunk.number, "most": most}
    return list(map(Copy._make, db.session.connection().execute(query, asked).all()))


@cache
def _due_ones() -> Any:  # noqa: ANN401 - a select of these columns
    """Return the select of due copies, in the order of an index: to sort them took a third of it.

    Of a mailing's chunk that is the order in which they were written, by person.
    """
    return (
        copies()
        .where(
            Delivery.mailing_id == bindparam("mailing", type_=BigInteger()),
            Delivery.state == DeliveryState.QUEUED,
            Delivery.chunk == bindparam("chunk", type_=Integer()),
            Delivery.next_try_at <= this_moment(),
        )
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


def _skip(chunk: Chunk, whys: Mapping[int, Why]) -> None:
    for why in set(whys.values()):
        people = [one for one, its in whys.items() if its is why]
        db.session.execute(
            update(Delivery)
            .where(Delivery.mailing_id == chunk.mailing_id, Delivery.person_id.in_(people))
            .values(state=DeliveryState.SKIPPED, why=why, ended_at=clock.now(), sealed=None)
        )


def _claim(chunk: Chunk, people: Collection[int]) -> None:
    db.session.connection().execute(
        _claim_ones(), {"mailing": chunk.mailing_id, "run": chunk.owner, AMONG: people}
    )


@cache
def _claim_ones() -> Update:
    return (
        update(_ROWS)
        .where(
            _ROWS.c.mailing_id == bindparam("mailing", type_=BigInteger()),
            among(_ROWS.c.person_id),
        )
        .values(
            state=DeliveryState.SENDING,
            owner=bindparam("run", type_=String()),
            attempts=_ROWS.c.attempts + 1,
            first_try_at=func.coalesce(_ROWS.c.first_try_at, this_moment()),
        )
    )


def next_due(chunk: Chunk, *, until: datetime | None = None) -> datetime | None:
    """Return when the next copy of a chunk may go, or nothing when none waits."""
    query = select(func.min(Delivery.next_try_at)).where(
        *of(chunk), Delivery.state == DeliveryState.QUEUED
    )
    return db.session.scalar(query.where(Delivery.next_try_at <= until) if until else query)
