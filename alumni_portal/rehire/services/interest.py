"""Answers about coming back: given by the person, renewed by the person, gone with membership."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select

from alumni_portal.consents import services as consents
from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import How, Purpose
from alumni_portal.consents.queries import is_member
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.people.facts import PersonDied
from alumni_portal.people.models import Person
from alumni_portal.rehire import rules
from alumni_portal.rehire.facts import InterestAnswered
from alumni_portal.rehire.models import Hours, Interest, InterestUnit, Level


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody answers: whether, from when, how much, and where."""

    level: Level
    from_on: date | None = None
    hours: Hours = Hours.ANY
    places: str = ""
    unit_ids: Sequence[int] = ()


def answer_interest(person: Person, answer: Answer, *, by: Actor) -> Interest:
    """Note what a member answers; it counts from now for six months.

    Raises Refusal for who is no member, for a day out of reach and for too many units.
    """
    _queue_up(person)
    if answer.level is Level.NOT_NOW:
        answer = Answer(level=Level.NOT_NOW)  # nobody needs to know the rest
    if not is_member(person.id):
        raise Refusal(_l("Du är inte medlem i nätverket. Gå med först, så kan du svara."))
    if not rules.is_sound_start(answer.from_on, clock.today()):
        raise Refusal(_l("Välj en dag från i dag och högst två år fram."), field="from_on")
    if len(set(answer.unit_ids)) > rules.MOST_UNITS:
        raise Refusal(_l("Välj högst tjugo avdelningar."), field="units")
    found = db.session.get(Interest, person.id)
    if found is None:
        found = Interest(person_id=person.id)
        db.session.add(found)
    found.level, found.from_on = answer.level, answer.from_on
    found.hours, found.places = answer.hours, answer.places
    _begin_anew(found)
    db.session.flush()
    _choose_units(person.id, set(answer.unit_ids))
    _say("interest.answered", person, by=by)
    return found


def renew_interest(person: Person, *, by: Actor) -> Interest:
    """Let what a member last answered count for six months from now.

    Raises Refusal for who is no member and for who has not answered.
    """
    _queue_up(person)
    found = db.session.get(Interest, person.id)
    if found is None or not is_member(person.id):
        raise Refusal(_l("Det finns inget svar att förnya."))
    _begin_anew(found)
    db.session.flush()
    _say("interest.renewed", person, by=by)
    return found


def let_recruiters_write(
    person: Person, *, language: str, wording: str, how: How, by: Actor
) -> None:
    """Note a member's yes to recruiter contact, or renew it, and send the receipt.

    `wording` is the fingerprint of the text that the member saw: a yes is a yes to that.
    Raises Refusal when the text is another by now, and for who is no member.
    """
    if not is_member(person.id):
        raise Refusal(_l("Du är inte medlem i nätverket. Gå med först, så kan du svara."))
    words = consents.words_now(Purpose.RECRUITER_CONTACT, language)
    if words.fingerprint != wording:
        raise Refusal(_l("Texten har ändrats. Läs den och kryssa igen."), field="agree")
    entry = consents.give(person, Purpose.RECRUITER_CONTACT, language=language, how=how, by=by)
    consents.confirm(person, [entry])


def _queue_up(person: Person) -> None:
    """Let two answers of one person (a double click) come one after the other."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def _begin_anew(interest: Interest) -> None:
    interest.answered_at = clock.now()
    interest.expires_at = rules.expires_at(interest.answered_at)
    interest.reminded_at = None


def _choose_units(person_id: int, unit_ids: set[int]) -> None:
    db.session.execute(delete(InterestUnit).where(InterestUnit.person_id == person_id))
    rows = [{"person_id": person_id, "unit_id": one} for one in sorted(unit_ids)]
    if rows:
        db.session.execute(insert(InterestUnit), rows)


def _say(action: str, person: Person, *, by: Actor) -> None:
    """Leave a trace without the answer itself, and let the search follow."""
    audit.record(action, by=by, subject=person.public_id)
    facts.state(InterestAnswered((person.id,)))


def forget_interest(person_ids: Collection[int], *, by: Actor) -> int:
    """Forget what these people answered; return how many had answered."""
    theirs = select(Interest.person_id).where(Interest.person_id.in_(person_ids))
    ids = list(db.session.scalars(theirs.order_by(Interest.person_id)))
    if not ids:
        return 0
    db.session.execute(delete(InterestUnit).where(InterestUnit.person_id.in_(ids)))
    db.session.execute(
        delete(Interest)
        .where(Interest.person_id.in_(ids))
        .execution_options(synchronize_session="fetch")
    )
    audit.record("interest.forgotten", by=by, people=len(ids))
    facts.state(InterestAnswered(tuple(ids)))
    return len(ids)


def follow_consents(fact: ConsentGiven | ConsentEnded) -> None:
    """React to consents: an answer goes with the membership; recruiters' leave moves the search.

    A new employment ends the membership from its first day, so the answer goes with that too.
    """
    if isinstance(fact, ConsentEnded) and fact.purpose is Purpose.MEMBERSHIP:
        forget_interest(fact.person_ids, by=SYSTEM)
    elif fact.purpose is Purpose.RECRUITER_CONTACT:
        facts.state(InterestAnswered(fact.person_ids))


def forget_the_dead(fact: PersonDied) -> None:
    """React to a death: nothing that the person answered is kept."""
    forget_interest(fact.person_ids, by=SYSTEM)
