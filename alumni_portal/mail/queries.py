"""Reads about mailings: how far they are, whom they reached, who gets none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, func, select

from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.core.paging import Page, page
from alumni_portal.mail.models import (
    RELAY,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Pace,
    Suppression,
    Why,
)
from alumni_portal.mail.rules import ENDED
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.queries import BadAddress, canonical_address, is_named

_MOST_SHOWN = 20
_UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
_IS_PROVED = EmailAddress.verified_at.is_not(None) & EmailAddress.retired_at.is_(None)


@dataclass(frozen=True)
class Progress:
    """How far a mailing is: every copy is counted once."""

    waiting: int
    sent: int
    failed: int
    skipped: int
    uncertain: int
    total: int

    @property
    def is_over(self) -> bool:
        """Say whether every copy has come to an end."""
        return self.sent + self.failed + self.skipped == self.total


def progress(mailing_id: int) -> Progress:
    """Return how many copies of a mailing stand where."""
    return progress_of([mailing_id])[mailing_id]


def progress_of(mailing_ids: Collection[int]) -> dict[int, Progress]:
    """Return the progress of several mailings at once."""
    found: dict[int, dict[DeliveryState, int]] = {one: {} for one in mailing_ids}
    rows = db.session.execute(
        select(Delivery.mailing_id, Delivery.state, func.count().label("number"))
        .where(Delivery.mailing_id.in_(list(mailing_ids)))
        .group_by(Delivery.mailing_id, Delivery.state)
    )
    for row in rows:
        found[row.mailing_id][row.state] = row.number
    found |= _kept([one for one, states in found.items() if not states])
    return {one: _progress(states) for one, states in found.items()}


def _kept(mailing_ids: Collection[int]) -> dict[int, dict[DeliveryState, int]]:
    """Return what is still known of mailings whose copies were forgotten."""
    if not mailing_ids:
        return {}
    query = select(Mailing.id, Mailing.kept_counts).where(
        Mailing.id.in_(mailing_ids), Mailing.kept_counts.is_not(None)
    )
    return {
        row.id: {DeliveryState(state): number for state, number in (row.kept_counts or {}).items()}
        for row in db.session.execute(query)
    }


def _progress(found: dict[DeliveryState, int]) -> Progress:
    return Progress(
        waiting=found.get(DeliveryState.QUEUED, 0) + found.get(DeliveryState.SENDING, 0),
        sent=found.get(DeliveryState.SENT, 0),
        failed=found.get(DeliveryState.FAILED, 0),
        skipped=found.get(DeliveryState.SKIPPED, 0),
        uncertain=found.get(DeliveryState.UNCERTAIN, 0),
        total=sum(found.values()),
    )


def counts(mailing_id: int) -> dict[DeliveryState, int]:
    """Return how many copies stand in each state."""
    rows = db.session.execute(
        select(Delivery.state, func.count().label("number"))
        .where(Delivery.mailing_id == mailing_id)
        .group_by(Delivery.state)
    )
    return {row.state: row.number for row in rows}


def is_open(mailing_id: int) -> bool:
    """Say whether some copy of a mailing has not come to an end; read by an index, not counted."""
    query = select(Delivery.person_id).where(
        Delivery.mailing_id == mailing_id, Delivery.state.in_(set(DeliveryState) - ENDED)
    )
    return db.session.scalar(query.limit(1)) is not None


def states_of(mailing_id: int) -> dict[int, DeliveryState]:
    """Return where each person's copy of a mailing stands."""
    rows = db.session.execute(
        select(Delivery.person_id, Delivery.state).where(Delivery.mailing_id == mailing_id)
    )
    return {row.person_id: row.state for row in rows}


def mailing_of(kind: str, ref: str) -> Mailing | None:
    """Return the mailing of one thing that was sent."""
    return db.session.scalar(select(Mailing).where(Mailing.kind == kind, Mailing.ref == ref))


def mailings_of(kind: str, refs: Collection[str]) -> dict[str, Mailing]:
    """Return the mailings of several things, by their ref."""
    query = select(Mailing).where(Mailing.kind == kind, Mailing.ref.in_(list(refs)))
    return {one.ref: one for one in db.session.scalars(query)}


def chunks_waiting(mailing_id: int) -> list[int]:
    """Return the chunks of a mailing that hold copies to send, or such that a lost run held."""
    query = (
        select(Delivery.chunk)
        .distinct()
        .where(Delivery.mailing_id == mailing_id, Delivery.state.in_(_UNDER_WAY))
    )
    return list(db.session.scalars(query.order_by(Delivery.chunk)))


@dataclass(frozen=True)
class Line:
    """One copy as the log of a mailing shows it."""

    delivery: Delivery
    name: str
    person: str


def log(
    mailing_id: int,
    states: Collection[DeliveryState],
    *,
    only: Select[int] | None = None,
    q: str = "",
    after: str | None,
    before: str | None,
) -> Page[Line]:
    """Return one page of the copies of a mailing in these states, by name.

    `only` narrows it to the copies of some people (a select of their ids), `q` to those whose name
    has all these beginnings of words, or whose copy goes to an address with this in it.
    """
    query = (
        select(Delivery, Person)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.mailing_id == mailing_id, Delivery.state.in_(list(states)))
    )
    if only is not None:
        query = query.where(Delivery.person_id.in_(only))
    if q.strip():
        query = query.where(_is_found_by(q.strip()))
    found = page(
        cast("Select[Any]", query),
        [Person.sort_key, Person.id],
        lambda row: [row.Person.sort_key, row.Person.id],
        after=after,
        before=before,
    )
    lines = [Line(row.Delivery, row.Person.name, row.Person.public_id) for row in found.rows]
    return Page(lines, found.next, found.previous)


def _is_found_by(q: str) -> ColumnElement[bool]:
    by_address = func.lower(Delivery.to_address).contains(q.lower(), autoescape=True)
    by_name = is_named(q)
    return by_address if by_name is None else by_address | by_name


@dataclass(frozen=True)
class Speed:
    """How fast the relay (which has no name here), or one domain behind it, is sent to now."""

    name: str
    #: Mails a second; none is unlimited.
    per_second: float | None
    slowed_at: datetime | None = None
    #: By which words it was slowed down.
    said: str = ""


def speeds() -> list[Speed]:
    """Return how fast the relay is sent to, then each domain that has a speed of its own."""
    posting = settings().posting
    found = {RELAY: Speed("", posting.rate)}
    found |= {name: Speed(name, rate) for name, rate in sorted(posting.domain_rates.items())}
    for row in db.session.scalars(select(Pace).order_by(Pace.name)):
        if row.name in found or row.per_second is not None:
            name = "" if row.name == RELAY else row.name
            found[row.name] = Speed(name, row.per_second, row.slowed_at, row.said)
    return list(found.values())


def standing_still() -> list[tuple[Mailing, int]]:
    """Return the mailings that trouble keeps waiting, and how many copies of each wait."""
    query = select(Mailing).where(Mailing.trouble != "", Mailing.state != MailingState.FINISHED)
    found = db.session.scalars(query.order_by(Mailing.id.desc()).limit(_MOST_SHOWN)).all()
    stands = progress_of([one.id for one in found])
    return [(one, stands[one.id].waiting) for one in found]


def canonical(address: str) -> str:
    """Return an address in the form in which it is compared."""
    try:
        return canonical_address(address)
    except BadAddress:
        return address.casefold()


def is_suppressed(address: str) -> bool:
    """Say whether an address gets no mailings."""
    query = select(Suppression.id).where(Suppression.canonical == canonical(address))
    return db.session.scalar(query) is not None


def kept_back(mailing_id: int, chunk: int, addresses: Mapping[int, str]) -> dict[int, Why]:
    """Return why nothing goes to which of these people, by id, at these addresses now.

    They are people whose copies in a chunk of a mailing wait. An address that is no longer theirs,
    and proved, gets nothing; a suppressed one neither.
    """
    if not addresses:
        return {}
    asked = {
        "mailing": mailing_id,
        "chunk": chunk,
        "first": min(addresses),
        "last": max(addresses),
    }
    rows = db.session.execute(_waiting_in_vain(), asked)
    whys: dict[int, Why] = {}
    others: dict[int, str] = {}
    for person, suppression in rows:
        if person in addresses and suppression is not None:
            whys[person] = Why.SUPPRESSED
        elif person in addresses:
            others[person] = addresses[person]
    return whys | (_kept_back_otherwise(others) if others else {})


@cache
def _waiting_in_vain() -> Select[int, int]:
    """Return the select of copies that wait at an address not as it was, or at a suppressed one."""
    first, last = (bindparam(one, type_=BigInteger()) for one in ("first", "last"))
    return (
        select(Delivery.person_id, Suppression.id)
        .outerjoin(
            EmailAddress,
            (EmailAddress.person_id == Delivery.person_id)
            & (EmailAddress.address == Delivery.to_address)
            & _IS_PROVED,
        )
        .outerjoin(Suppression, Suppression.canonical == EmailAddress.canonical)
        .where(
            Delivery.mailing_id == bindparam("mailing", type_=BigInteger()),
            Delivery.chunk == bindparam("chunk", type_=Integer()),
            Delivery.state == DeliveryState.QUEUED,
            Delivery.person_id.between(first, last),
            EmailAddress.id.is_(None) | Suppression.id.is_not(None),
        )
    )


def _kept_back_otherwise(addresses: Mapping[int, str]) -> dict[int, Why]:
    """Return the same for addresses that are written differently by now, or are gone."""
    rows = db.session.execute(
        select(EmailAddress.person_id, EmailAddress.canonical).where(
            EmailAddress.person_id.in_(addresses.keys()), _IS_PROVED
        )
    )
    theirs = {(row.person_id, row.canonical) for row in rows}
    forms = {one: canonical(address) for one, address in addresses.items()}
    query = select(Suppression.canonical).where(Suppression.canonical.in_(forms.values()))
    suppressed = set(db.session.scalars(query))
    return {
        one: Why.SUPPRESSED if (one, form) in theirs else Why.ADDRESS_GONE
        for one, form in forms.items()
        if (one, form) not in theirs or form in suppressed
    }
