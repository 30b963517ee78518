"""Reads about what came back, and about addresses that get no mailings."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from alumni_portal.bounces.models import (
    BounceScore,
    Kind,
    Outcome,
    ReturnedCopy,
    ReturnedMail,
    ReturnedTally,
    SuppressionDraft,
)
from alumni_portal.core import paging, tokens
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page
from alumni_portal.mail.models import (
    NOBODY_READS,
    Delivery,
    Letter,
    Mailing,
    SuppressedBy,
    Suppression,
)
from alumni_portal.mail.queries import canonical
from alumni_portal.people.models import EmailAddress, Person

#: More than this a page does not show of a mail's text.
MOST_SHOWN = 20_000
_UNSEEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Counts:
    """How much of a mailing came back."""

    bounced: int = 0
    complained: int = 0


def counts_of(mailing_id: int) -> Counts:
    """Return how many copies of a mailing bounced, and how many were complained about."""
    return counts_of_all([mailing_id])[mailing_id]


def counts_of_all(mailing_ids: Collection[int]) -> dict[int, Counts]:
    """Return what came back of several mailings at once."""
    ids = list(mailing_ids)
    found = {one: {Outcome.BOUNCED: 0, Outcome.COMPLAINED: 0} for one in ids}
    for row in db.session.execute(
        select(ReturnedCopy.mailing_id, ReturnedCopy.outcome, func.count().label("number"))
        .where(ReturnedCopy.mailing_id.in_(ids))
        .group_by(ReturnedCopy.mailing_id, ReturnedCopy.outcome)
    ):
        found[row.mailing_id][row.outcome] += row.number
    for kept in db.session.scalars(select(ReturnedTally).where(ReturnedTally.mailing_id.in_(ids))):
        found[kept.mailing_id][Outcome.BOUNCED] += kept.bounced
        found[kept.mailing_id][Outcome.COMPLAINED] += kept.complained
    return {one: Counts(n[Outcome.BOUNCED], n[Outcome.COMPLAINED]) for one, n in found.items()}


def returned_copies(mailing_id: int, person_ids: Collection[int]) -> dict[int, ReturnedCopy]:
    """Return what came back of these people's copies of a mailing, for its log."""
    query = select(ReturnedCopy).where(
        ReturnedCopy.mailing_id == mailing_id, ReturnedCopy.person_id.in_(list(person_ids))
    )
    return {one.person_id: one for one in db.session.scalars(query)}


def who_came_back(mailing_id: int, outcome: Outcome) -> Select[int]:
    """Return the select of the ids of people whose copies of a mailing came back like this."""
    return select(ReturnedCopy.person_id).where(
        ReturnedCopy.mailing_id == mailing_id, ReturnedCopy.outcome == outcome
    )


@dataclass(frozen=True)
class Whose:
    """What came back: to which address we had sent it, and what it was."""

    canonical: str
    mailing: Mailing | None = None
    letter_id: int | None = None
    person_id: int | None = None


def whose_copy(mailing_ref: str, person_id: int, named: str = "") -> Whose | None:
    """Return one person's copy of a mailing; an address is known as long as the copy is.

    `named` is the address that the report is about. When it is one that the person has left, their
    copy has been sent again to a new address since: the report is about the old one alone.
    """
    mailing = db.session.scalar(select(Mailing).where(Mailing.public_id == mailing_ref))
    if mailing is None:
        return None
    address = db.session.scalar(
        select(Delivery.to_address).where(
            Delivery.mailing_id == mailing.id, Delivery.person_id == person_id
        )
    )
    sent_to, about = canonical(address or ""), canonical(named)
    if about and about != sent_to and _has_left(person_id, about):
        return Whose(about)
    return Whose(sent_to, mailing, None, person_id)


def _has_left(person_id: int, address: str) -> bool:
    query = select(EmailAddress.id).where(
        EmailAddress.person_id == person_id,
        EmailAddress.canonical == address,
        EmailAddress.retired_at.is_not(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def whose_address(mailing_ref: str, address: str) -> Whose | None:
    """Return the copy of a mailing that went to an address."""
    mailing = db.session.scalar(select(Mailing).where(Mailing.public_id == mailing_ref))
    wanted = canonical(address)
    if mailing is None or not wanted:
        return None
    owners = select(EmailAddress.person_id).where(EmailAddress.canonical == wanted)
    rows = db.session.execute(
        select(Delivery.person_id, Delivery.to_address).where(
            Delivery.mailing_id == mailing.id, Delivery.person_id.in_(owners)
        )
    )
    found = next((row.person_id for row in rows if canonical(row.to_address) == wanted), None)
    return Whose(wanted, mailing, None, found) if found is not None else None


def whose_letter(letter_ref: str) -> Whose | None:
    """Return a letter by its public id."""
    letter = db.session.scalar(select(Letter).where(Letter.public_id == letter_ref))
    if letter is None:
        return None
    known = canonical(letter.to_address) if letter.to_address else ""
    return Whose(known, None, letter.id, letter.person_id)


def by_key(key: str) -> ReturnedMail | None:
    """Return what came in before under a key."""
    return db.session.scalar(select(ReturnedMail).where(ReturnedMail.key == key))


def score_of(address: str) -> BounceScore | None:
    """Return what an address (in its canonical form) has gathered."""
    return db.session.get(BounceScore, address)


def returned(public_id: str) -> ReturnedMail | None:
    """Return one returned mail."""
    return db.session.scalar(select(ReturnedMail).where(ReturnedMail.public_id == public_id))


def text_of(mail: ReturnedMail) -> str:
    """Return what came, as far as a page shows it; nothing once its text was forgotten."""
    if not mail.sealed:
        return ""
    raw = tokens.unseal("returned-mail", mail.sealed).encode("latin-1")
    text = raw[:MOST_SHOWN].decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(one if one.isprintable() or one in "\n\t" else _UNSEEN for one in text)


def returned_page(
    *, kind: Kind | None, waits: bool, after: str | None, before: str | None
) -> Page[ReturnedMail]:
    """Return one page of what came back, the newest first: of one kind, or what waits."""
    query = select(ReturnedMail)
    if waits:
        query = query.where(ReturnedMail.waits)
    elif kind is not None:
        query = query.where(ReturnedMail.kind == kind)
    found: Page[Any] = paging.page(
        query, [-ReturnedMail.id], lambda row: [-row[0].id], after=after, before=before
    )
    return Page([row[0] for row in found.rows], found.next, found.previous)


@dataclass(frozen=True)
class Line:
    """A suppressed address as the list shows it."""

    suppression: Suppression
    person: str
    name: str
    person_id: int | None


def suppressions(
    *,
    q: str,
    source: SuppressedBy | None,
    asks: bool,
    after: str | None,
    before: str | None,
) -> Page[Line]:
    """Return one page of suppressed addresses, the newest first, with whose they are now.

    `asks`: only those of people who should be asked for another.
    """
    query: Select[Any] = select(Suppression)
    if q:
        query = query.where(Suppression.canonical.contains(canonical(q), autoescape=True))
    if source is not None:
        query = query.where(Suppression.source == source)
    if asks:
        query = query.where(_is_unreachable())
    found: Page[Any] = paging.page(
        query, [-Suppression.id], lambda row: [-row[0].id], after=after, before=before
    )
    rows = [row[0] for row in found.rows]
    owners = _owners([one.canonical for one in rows])
    lines = [Line(one, *owners.get(one.canonical, ("", "", None))) for one in rows]
    return Page(lines, found.next, found.previous)


def _owners(addresses: Collection[str]) -> dict[str, tuple[str, str, int]]:
    rows = db.session.execute(
        select(EmailAddress.canonical, Person)
        .join(Person, Person.id == EmailAddress.person_id)
        .where(
            EmailAddress.canonical.in_(addresses),
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
        )
    )
    return {row.canonical: (row.Person.public_id, row.Person.name, row.Person.id) for row in rows}


def all_suppressions() -> list[Suppression]:
    """Return every suppressed address, for a file."""
    return list(db.session.scalars(select(Suppression).order_by(Suppression.id)))


def suppression(public_id: str) -> Suppression | None:
    """Return one suppressed address."""
    return db.session.scalar(select(Suppression).where(Suppression.public_id == public_id))


def suppressed_now(person_id: int) -> Suppression | None:
    """Return why a person gets no mailings at the address that is theirs now, if that is so."""
    query = (
        select(Suppression)
        .join(EmailAddress, EmailAddress.canonical == Suppression.canonical)
        .where(
            EmailAddress.person_id == person_id,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
        )
    )
    return db.session.scalar(query.order_by(Suppression.id.desc()).limit(1))


def _is_unreachable() -> ColumnElement[bool]:
    """Return the condition that nobody reads an address that is some living person's now."""
    return Suppression.source.in_(NOBODY_READS) & exists().where(
        EmailAddress.canonical == Suppression.canonical,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.retired_at.is_(None),
        Person.id == EmailAddress.person_id,
        Person.died_on.is_(None),
    )


def count_unreachable() -> Select[int]:
    """Return the query of how many addresses of people nobody reads: HR asks for others."""
    return select(func.count()).select_from(Suppression).where(_is_unreachable())


def count_unread() -> Select[int]:
    """Return the query of how many returned mails a person must read."""
    return select(func.count()).select_from(ReturnedMail).where(ReturnedMail.waits)


def unread() -> int:
    """Return how many returned mails a person must read."""
    return db.session.scalar(count_unread()) or 0


def draft(public_id: str) -> SuppressionDraft | None:
    """Return a file that waits to be looked through."""
    return db.session.scalar(
        select(SuppressionDraft).where(SuppressionDraft.public_id == public_id)
    )
