"""Changes to consents: every one is a new line in the ledger and takes effect at once."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from alumni_portal.consents import queries, rules
from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import ConsentEntry, StandingConsent, Wish, Wording
from alumni_portal.consents.rules import Act, How, Purpose, Words
from alumni_portal.core import audit, clock, facts, installation
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.people.models import Person


def words_now(purpose: Purpose, language: str) -> Words:
    """Return the exact text that is asked for today in a language."""
    return rules.words_now(purpose, language, brand=installation.settings().brand_name)


def _wording(words: Words) -> Wording:
    known = _find_wording(words)
    if known is not None:
        return known
    row = Wording(**vars(words), fingerprint=words.fingerprint)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else was the first to say yes to this text
        found = _find_wording(words)
        if found is None:
            raise
        return found
    return row


def _find_wording(words: Words) -> Wording | None:
    return db.session.scalar(
        select(Wording).where(
            Wording.purpose == words.purpose,
            Wording.language == words.language,
            Wording.version == words.version,
        )
    )


def give(person: Person, purpose: Purpose, *, language: str, how: How, by: Actor) -> ConsentEntry:
    """Note a yes to today's wording and return its line; a standing yes is renewed."""
    standing = db.session.get(StandingConsent, (person.id, purpose))
    wording = _wording(words_now(purpose, language))
    now = clock.now()
    entry = ConsentEntry(
        person_id=person.id,
        purpose=purpose,
        act=Act.RENEWED if standing else Act.GIVEN,
        how=how,
        wording_id=wording.id,
        at=now,
        until=rules.ends_at(purpose, now),
    )
    db.session.add(entry)
    db.session.flush()
    db.session.merge(
        StandingConsent(
            person_id=person.id,
            purpose=purpose,
            since=standing.since if standing else now,
            until=entry.until,
            entry_id=entry.id,
        )
    )
    _forget_wish(person.id, purpose)
    audit.record("consent.given", by=by, subject=person.public_id, purpose=purpose)
    facts.state(ConsentGiven((person.id,), purpose))
    return entry


def withdraw(person: Person, purpose: Purpose, *, how: How, by: Actor) -> bool:
    """End a yes at once; ending membership ends all that needs it. False when none stood."""
    ended = [purpose]
    if purpose is Purpose.MEMBERSHIP:
        ended += [one for one in Purpose if rules.depends_on_membership(one)]
    return any([_end(person, one, Act.WITHDRAWN, how, by) for one in ended])


def close_all(person: Person, *, act: Act, how: How, by: Actor) -> None:
    """End everything a person agrees to and wishes (employed again, died)."""
    for purpose in Purpose:
        _end(person, purpose, act, how, by)
    db.session.execute(delete(Wish).where(Wish.person_id == person.id))


def _end(person: Person, purpose: Purpose, act: Act, how: How, by: Actor) -> bool:
    _forget_wish(person.id, purpose)
    standing = db.session.get(StandingConsent, (person.id, purpose))
    if standing is None:
        return False
    given = db.session.get_one(ConsentEntry, standing.entry_id)
    db.session.delete(standing)
    db.session.add(
        ConsentEntry(
            person_id=person.id,
            purpose=purpose,
            act=act,
            how=how,
            wording_id=given.wording_id,
            at=clock.now(),
        )
    )
    db.session.flush()
    audit.record(f"consent.{act}", by=by, subject=person.public_id, purpose=purpose)
    facts.state(ConsentEnded((person.id,), purpose))
    return True


def wish(person: Person, purposes: Collection[Purpose], *, language: str, by: Actor) -> None:
    """Note which purposes a leaver wants to be asked about; unticked ones are forgotten."""
    known = queries.wishes(person.id)
    for purpose in set(known) - set(purposes):
        db.session.delete(known[purpose])
    for purpose in set(purposes) - set(known):
        wording = _wording(words_now(purpose, language))
        db.session.add(Wish(person_id=person.id, purpose=purpose, wording_id=wording.id))
    db.session.flush()
    audit.record("wish.noted", by=by, subject=person.public_id, purposes=sorted(purposes))


def _forget_wish(person_id: int, purpose: Purpose) -> None:
    db.session.execute(delete(Wish).where(Wish.person_id == person_id, Wish.purpose == purpose))
