"""Letters to candidates and their answers; both ends are checked again in the moment they act."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.consents.facts import ConsentEnded
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreed
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.mail.facts import LettersKeptBack
from alumni_portal.mail.services import Written
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.rehire import emails, queries, rules
from alumni_portal.rehire.models import Contact, ContactState
from alumni_portal.rehire.rules import Obstacle


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a recruiter writes: why, and about which opening."""

    reason: str
    opening: Opening | None = None


def reasons_not_to_contact(
    candidate: queries.Candidate, opening: Opening | None, *, by: Actor
) -> list[Obstacle]:
    """Return why this recruiter may not write to somebody now; nothing when they may."""
    found = rules.reasons_not_to_write(
        queries.earlier(candidate.person.id),
        level=candidate.interest.level,
        opening_id=opening.id if opening else None,
        by_person_id=by.person_id or 0,
        now=clock.now(),
    )
    if opening is not None and not openings.is_open(opening):
        found.append(Obstacle.OPENING_CLOSED)
    return found


def preview_contact(person: Person, letter: Letter, *, by: Actor) -> Written:
    """Return the very letter that would go, in the language of the one who gets it."""
    return emails.previewed(_words(person, letter, by))


def _words(person: Person, letter: Letter, by: Actor) -> emails.Words:
    return emails.Words(
        person=person,
        by=db.session.get_one(Person, by.person_id),
        reason=letter.reason,
        opening=letter.opening,
    )


def contact(person: Person, letter: Letter, *, nonce: str, by: Actor) -> Contact:
    """Write to a candidate through the portal and return the letter's row.

    `nonce` is the mark of the form: the same form sends once, however often it is pressed.
    Consent, answer and the last-contact rule are asked for here, not on the page before. Raises
    NotFound for who may not be found any more, Refusal for what the rules do not allow.
    """
    _queue_up(person.id)
    sent = queries.sent_with(by.person_id or 0, nonce)
    if sent is not None:
        return _same(sent, person)
    candidate = queries.candidate(person.public_id)
    if candidate is None:
        raise NotFound
    reasons = reasons_not_to_contact(candidate, letter.opening, by=by)
    if reasons:
        raise Refusal(rules.OBSTACLES[reasons[0]])
    row = Contact(
        person_id=person.id,
        opening_id=letter.opening.id if letter.opening else None,
        by_person_id=by.person_id or 0,
        reason=letter.reason,
        nonce=nonce,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:  # the same form, pressed twice at once, for another person
        raise Conflict(_l("Formuläret är redan använt. Öppna det på nytt.")) from error
    if not emails.asks(row, _words(person, letter, by)):
        raise Refusal(_l("Personen har ingen bekräftad privat adress. Det går inte att skriva nu."))
    audit.record("contact.sent", by=by, subject=row.public_id, person=person.public_id)
    return row


def may_be_written_to(person_ids: Collection[int]) -> set[int]:
    """Return to which of these people a recruiter's letter may go at this moment."""
    return set(queries.findable(person_ids))


def _same(sent: Contact, person: Person) -> Contact:
    if sent.person_id != person.id:
        raise Conflict(_l("Formuläret är redan använt. Öppna det på nytt."))
    return sent


def _queue_up(person_id: int) -> None:
    """Let letters to one person, and the answers to them, come one after the other."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def may_be_answered(contact: Contact) -> bool:
    """Say whether the one written to may still answer a letter, or change the answer."""
    return rules.may_answer(contact.state, contact.sent_at, contact.acted_at, clock.now()) and bool(
        agreed(Purpose.RECRUITER_CONTACT, [contact.person_id])
    )


def answer_contact(contact: Contact, answer: ContactState) -> None:
    """Note what the one written to answers; the first yes tells each how to reach the other.

    Raises Refusal when the recruiter has already acted, the letter is too old, or the consent
    has ended since.
    """
    _queue_up(contact.person_id)
    db.session.refresh(contact)
    if answer not in rules.ANSWERS or not may_be_answered(contact):
        raise Refusal(_l("Det går inte att svara på brevet längre."))
    if contact.state is answer:
        return
    contact.state, contact.answered_at = answer, clock.now()
    if answer is ContactState.INTERESTED and contact.told_at is None:
        contact.told_at = clock.now()
        _tell_both(contact)
    db.session.flush()
    audit.record("contact.answered", by=SYSTEM, subject=contact.public_id)


def _tell_both(contact: Contact) -> None:
    person = db.session.get_one(Person, contact.person_id)
    recruiter = db.session.get_one(Person, contact.by_person_id)
    emails.interested(person, recruiter, queries.reach(recruiter, AddressKind.WORK), contact)


def note_in_touch(contact: Contact, *, by: Actor) -> None:
    """Note that the recruiter has been in touch: from now on the two talk without the portal.

    Raises Refusal while the answer is not a yes.
    """
    _queue_up(contact.person_id)
    db.session.refresh(contact)
    if contact.state is not ContactState.INTERESTED:
        raise Refusal(_l("Personen har inte svarat ja."))
    if contact.acted_at is None:
        contact.acted_at = clock.now()
        audit.record("contact.in_touch", by=by, subject=contact.public_id)
        db.session.flush()


def withdraw_unanswered(fact: ConsentEnded) -> None:
    """React to the end of a consent: letters that wait for an answer, or to be sent, are off."""
    if fact.purpose not in {Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT}:
        return
    db.session.execute(
        update(Contact)
        .where(Contact.person_id.in_(fact.person_ids), Contact.state == ContactState.SENT)
        .values(state=ContactState.WITHDRAWN)
        .execution_options(synchronize_session="fetch")
    )
    mail.keep_back_waiting_for(tuple(fact.person_ids), kind=emails.CONTACT)


def note_kept_back(fact: LettersKeptBack) -> None:
    """React to a letter that was not sent: its sender sees that, and nobody sees why."""
    if fact.kind != emails.CONTACT:
        return
    waiting = (ContactState.SENT, ContactState.WITHDRAWN)
    for person_id in fact.person_ids:
        latest = select(Contact).where(Contact.person_id == person_id, Contact.state.in_(waiting))
        contact = db.session.scalar(latest.order_by(Contact.id.desc()).limit(1))
        if contact is not None and contact.kept_back_at is None:
            contact.state, contact.kept_back_at = ContactState.WITHDRAWN, clock.now()
            audit.record("contact.kept_back", by=SYSTEM, subject=contact.public_id)
    db.session.flush()


def forget_contacts(*, limit: int = 500) -> int:
    """Forget letters older than two years and return how many."""
    old = select(Contact.id).where(Contact.sent_at < clock.now() - rules.KEPT).limit(limit)
    ids = list(db.session.scalars(old))
    if ids:
        db.session.execute(delete(Contact).where(Contact.id.in_(ids)))
        audit.record("contact.forgotten", by=SYSTEM, letters=len(ids))
    return len(ids)
