"""The ledger: every change is a new line, and what stands follows from it at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, insert, select
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


def wording_now(purpose: Purpose, language: str) -> Wording:
    """Return the stored row of today's text, stored when nobody said yes to it before."""
    words = words_now(purpose, language)
    known = select(Wording).where(Wording.fingerprint == words.fingerprint)
    found = db.session.scalar(known)
    if found is not None:
        return found
    row = Wording(**vars(words), fingerprint=words.fingerprint)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else was the first to say yes to this text
        return db.session.scalars(known).one()
    return row


def give(person: Person, purpose: Purpose, *, language: str, how: How, by: Actor) -> ConsentEntry:
    """Note a yes to today's wording and return its line; a standing yes is renewed."""
    _queue_up(person)
    standing = db.session.get(StandingConsent, (person.id, purpose))
    now = clock.now()
    goes_on = standing is not None and (standing.until is None or standing.until > now)
    entry = ConsentEntry(
        person_id=person.id,
        purpose=purpose,
        act=Act.RENEWED if goes_on else Act.GIVEN,
        how=how,
        wording=wording_now(purpose, language),
        at=now,
        until=rules.ends_at(purpose, now),
    )
    db.session.add(entry)
    db.session.flush()
    if standing is None:
        standing = StandingConsent(person_id=person.id, purpose=purpose)
        db.session.add(standing)
    standing.since = standing.since if goes_on else now
    standing.until, standing.entry_id, standing.reminded_at = entry.until, entry.id, None
    db.session.flush()
    forget_wishes([person.id], [purpose])
    audit.record("consent.given", by=by, subject=person.public_id, purpose=purpose)
    facts.state(ConsentGiven((person.id,), purpose))
    return entry


def withdraw(person: Person, purpose: Purpose, *, how: How, by: Actor) -> bool:
    """End a yes at once; ending membership ends all that needs it. False when none stood."""
    _queue_up(person)
    ending = set(Purpose) if purpose is Purpose.MEMBERSHIP else {purpose}
    rows = [row for row in queries.standing_of([person.id]) if row.purpose in ending]
    forget_wishes([person.id], ending)
    return bool(end(rows, act=Act.WITHDRAWN, how=how, by=by, subject=person.public_id))


def _queue_up(person: Person) -> None:
    """Let two answers of one person (a double click) come one after the other."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def close_all(person: Person, *, act: Act, how: How, by: Actor) -> None:
    """End everything a person agrees to and wishes (employed again, died)."""
    forget_wishes([person.id], Purpose)
    end(queries.standing_of([person.id]), act=act, how=how, by=by, subject=person.public_id)


def end(
    rows: Sequence[StandingConsent], *, act: Act, how: How, by: Actor, subject: str = ""
) -> list[ConsentEntry]:
    """End these yeses: a line each in the ledger, one row of audit, one fact per purpose."""
    if not rows:
        return []
    given = _wordings_of(row.entry_id for row in rows)
    entries = [
        ConsentEntry(
            person_id=row.person_id,
            purpose=row.purpose,
            act=act,
            how=how,
            wording_id=given[row.entry_id],
            at=clock.now(),
        )
        for row in rows
    ]
    for row in rows:
        db.session.delete(row)
    db.session.add_all(entries)
    db.session.flush()
    people = defaultdict(list)
    for row in rows:
        people[row.purpose].append(row.person_id)
    purposes = {purpose: len(ids) for purpose, ids in sorted(people.items())}
    audit.record(f"consent.{act}", by=by, subject=subject, purposes=purposes)
    for purpose, ids in people.items():
        facts.state(ConsentEnded(tuple(ids), purpose))
    return entries


def _wordings_of(entry_ids: Iterable[int]) -> dict[int, int]:
    query = select(ConsentEntry.id, ConsentEntry.wording_id).where(
        ConsentEntry.id.in_(list(entry_ids))
    )
    return {row.id: row.wording_id for row in db.session.execute(query)}


def wish(person: Person, purposes: Collection[Purpose], *, language: str, by: Actor) -> None:
    """Note which purposes a leaver wants to be asked about; unticked ones are forgotten."""
    known = set(queries.wishes(person.id))
    forget_wishes([person.id], known - set(purposes))
    new = [
        {"person_id": person.id, "purpose": one, "wording_id": wording_now(one, language).id}
        for one in Purpose
        if one in purposes and one not in known
    ]
    if new:
        db.session.execute(insert(Wish), new)
    audit.record("wish.noted", by=by, subject=person.public_id, purposes=sorted(purposes))


def forget_wishes(person_ids: Collection[int], purposes: Iterable[Purpose]) -> None:
    """Forget what these people ticked before their last day."""
    chosen = list(purposes)
    if chosen and person_ids:
        db.session.execute(
            delete(Wish).where(Wish.person_id.in_(person_ids), Wish.purpose.in_(chosen))
        )
