"""Reads about letters to candidates: who may be written to, what was sent, what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreed, agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, page
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import AddressKind, EmailAddress, Person
from alumni_portal.people.queries import address_of
from alumni_portal.rehire import rules
from alumni_portal.rehire.models import Contact, ContactState, Interest
from alumni_portal.rehire.queries.interest import findable
from alumni_portal.rehire.rules import Earlier


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be written to at this moment, with the answer that says so."""

    person: Person
    interest: Interest


@dataclass(frozen=True)
class Written:
    """The latest letter to somebody, as a recruiter's list of candidates tells it."""

    sent_at: datetime
    state: ContactState
    is_mine: bool


@dataclass(frozen=True)
class Sent:
    """A letter as its sender sees it; whose consent has ended has no name there."""

    contact: Contact
    name: str
    ref: str
    opening: Opening | None
    is_waiting: bool


@dataclass(frozen=True)
class Received:
    """A letter as the one written to sees it."""

    contact: Contact
    by: Person
    opening: Opening | None


@dataclass(frozen=True)
class Reachable:
    """How somebody is reached."""

    name: str
    address: str
    phone: str


def candidate(public_id: str) -> Candidate | None:
    """Return somebody who may be found and written to now; nothing for everybody else.

    Unknown, not a member, silent, expired, withdrawn and employed again all look the same.
    """
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    interest = findable([person.id]).get(person.id) if person else None
    return Candidate(person, interest) if person and interest else None


def earlier(person_id: int) -> list[Earlier]:
    """Return every letter somebody got, as the rules ask for them."""
    theirs = select(Contact).where(Contact.person_id == person_id, Contact.kept_back_at.is_(None))
    rows = db.session.scalars(theirs)
    return [
        Earlier(
            by_person_id=row.by_person_id,
            opening_id=row.opening_id,
            state=row.state,
            sent_at=row.sent_at,
            answered_at=row.answered_at,
        )
        for row in rows
    ]


def contact(public_id: str) -> Contact | None:
    """Return a letter by its public id."""
    return db.session.scalar(select(Contact).where(Contact.public_id == public_id))


def sent_with(by_person_id: int, nonce: str) -> Contact | None:
    """Return the letter that a recruiter's form has already sent."""
    return db.session.scalar(
        select(Contact).where(Contact.by_person_id == by_person_id, Contact.nonce == nonce)
    )


def contact_state_for(person_ids: Collection[int], recruiter: int | None) -> dict[int, Written]:
    """Return the latest letter to each of these people, and whether this recruiter wrote it."""
    latest = (
        select(func.max(Contact.id))
        .where(Contact.person_id.in_(person_ids), Contact.kept_back_at.is_(None))
        .group_by(Contact.person_id)
    )
    rows = db.session.scalars(select(Contact).where(Contact.id.in_(latest)))
    return {
        row.person_id: Written(row.sent_at, row.state, row.by_person_id == recruiter)
        for row in rows
    }


def reveals_contact_details(person_id: int, to_person_id: int) -> bool:
    """Say whether somebody answered a recruiter with interest and still agrees to be contacted."""
    answer = exists().where(
        Contact.person_id == person_id,
        Contact.by_person_id == to_person_id,
        Contact.state == ContactState.INTERESTED,
    )
    return bool(db.session.scalar(select(answer))) and bool(
        agreed(Purpose.RECRUITER_CONTACT, [person_id])
    )


def sent_by(
    recruiter_id: int, *, after: str | None = None, before: str | None = None
) -> Page[Sent]:
    """Return one page of a recruiter's letters, the latest first."""
    query: Any = (
        select(Contact, Person, Opening)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(Opening, Opening.id == Contact.opening_id)
        .where(Contact.by_person_id == recruiter_id)
    )
    found = page(query, [-Contact.id], lambda row: [-row.Contact.id], after=after, before=before)
    agreeing = agreed(Purpose.RECRUITER_CONTACT, {row.Contact.person_id for row in found.rows})
    return Page(
        [_sent(row.Contact, row.Person, row.Opening, agreeing) for row in found.rows],
        found.next,
        found.previous,
    )


def _sent(
    contact: Contact, person: Person, opening: Opening | None, agreeing: Collection[int]
) -> Sent:
    is_known = person.id in agreeing
    return Sent(
        contact,
        person.name if is_known else "",
        person.public_id if is_known else "",
        opening,
        rules.is_waiting(contact.state, contact.sent_at, clock.now()),
    )


def one_sent_by(recruiter_id: int, public_id: str) -> Sent | None:
    """Return one letter of a recruiter; another's is none."""
    row = db.session.execute(
        select(Contact, Person, Opening)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(Opening, Opening.id == Contact.opening_id)
        .where(Contact.by_person_id == recruiter_id, Contact.public_id == public_id)
    ).first()
    if row is None:
        return None
    agreeing = agreed(Purpose.RECRUITER_CONTACT, [row.Contact.person_id])
    return _sent(row.Contact, row.Person, row.Opening, agreeing)


def received_by(person_id: int, *, limit: int = 20) -> list[Received]:
    """Return the letters somebody got, the latest first, with who wrote them."""
    rows = db.session.execute(
        select(Contact, Person, Opening)
        .join(Person, Person.id == Contact.by_person_id)
        .outerjoin(Opening, Opening.id == Contact.opening_id)
        .where(Contact.person_id == person_id, Contact.kept_back_at.is_(None))
        .order_by(Contact.id.desc())
        .limit(limit)
    )
    return [Received(row.Contact, row.Person, row.Opening) for row in rows]


@dataclass(frozen=True)
class Own:
    """What somebody's home page says of coming back: gathered in one statement."""

    interest: Interest | None
    agrees_to_contact: bool
    letters_waiting: int


def own(person_id: int) -> Own:
    """Return what somebody answered, whether recruiters may write, and how many letters wait."""
    agrees = exists(
        agreeing(Purpose.RECRUITER_CONTACT).where(StandingConsent.person_id == Person.id)
    )
    waiting = (
        select(func.count())
        .where(
            Contact.person_id == Person.id,
            Contact.state == ContactState.SENT,
            Contact.sent_at > clock.now() - rules.WAITS,
        )
        .correlate(Person)
        .scalar_subquery()
    )
    query: Any = select(Interest, agrees.label("agrees"), waiting.label("waiting"))
    query = query.select_from(Person).outerjoin(Interest, Interest.person_id == Person.id)
    row = db.session.execute(query.where(Person.id == person_id)).one()
    return Own(row.Interest, row.agrees, row.waiting if row.agrees else 0)


def interested_in(recruiter_id: int) -> int:
    """Return how many said yes to a recruiter who has not been in touch since."""
    query = select(func.count()).where(
        Contact.by_person_id == recruiter_id,
        Contact.state == ContactState.INTERESTED,
        Contact.acted_at.is_(None),
    )
    return db.session.scalar(query) or 0


def reach(person: Person, kind: AddressKind) -> Reachable:
    """Return how somebody is reached at home or at work. Ask `reveals_contact_details` first."""
    found: EmailAddress | None = address_of(person.id, kind)
    return Reachable(person.name, found.address if found else "", person.phone)


__all__ = [
    "Candidate",
    "Own",
    "Reachable",
    "Received",
    "Sent",
    "Written",
    "candidate",
    "contact",
    "contact_state_for",
    "earlier",
    "interested_in",
    "one_sent_by",
    "own",
    "reach",
    "received_by",
    "reveals_contact_details",
    "sent_by",
    "sent_with",
]
