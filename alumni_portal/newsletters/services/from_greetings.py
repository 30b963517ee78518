"""What readers answer to greetings without signing in, and all else that ends their greetings.

Looking changes nothing: programs that look for harm follow every link of a mail (S4).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select

from alumni_portal.consents.facts import ConsentEnded
from alumni_portal.consents.models import Purpose
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.models import Greeting, GreetingStop, StopWhy
from alumni_portal.newsletters.queries import greeted as reads
from alumni_portal.newsletters.queries import greetings as setup
from alumni_portal.newsletters.rules.greetings import ANSWERS_FOR, latest_of_interest
from alumni_portal.people.models import Employment, Person
from alumni_portal.people.queries import BadAddress, canonical_address, owner_of
from alumni_portal.rehire import queries as rehire
from alumni_portal.rehire import services as answers
from alumni_portal.rehire.models import Interest, Level

_STAMPED = "greeting"
#: Stands for the reader in a greeting that HR tries on themselves.
_NOBODY = "nobody"


@dataclass(frozen=True)
class Greeted:
    """Who follows a link of which greeting, and how things stand for them."""

    person: Person | None
    employment: Employment | None = None
    greeting: Greeting | None = None
    stop: GreetingStop | None = None
    interest: Interest | None = None

    @property
    def is_test(self) -> bool:
        """Say whether the greeting was only tried."""
        return self.person is None

    @property
    def may_answer(self) -> bool:
        """Say whether the link still answers for its reader; it stops greetings always."""
        sent = self.greeting
        return self.is_test or (sent is not None and clock.now() < sent.at + ANSWERS_FOR)


def greeting_stamper() -> Callable[[str, str, int], str]:
    """Return what makes the stamp of a person and an employment (public ids) in a greeting."""
    stamp = tokens.stamper(_STAMPED)
    return lambda person, employment, step: stamp(f"{person} {employment} {step}")


def sample_stamp(step: int) -> str:
    """Return the stamp of a greeting that is only tried: it opens a page that changes nothing."""
    return greeting_stamper()(_NOBODY, _NOBODY, step)


def greeted_of(token: str) -> Greeted | None:
    """Return who reads which greeting by a stamp; nothing when it is not ours or they died."""
    parts = (tokens.unstamp(_STAMPED, token) or "").split(" ")
    if len(parts) != 3:
        return None
    if parts[0] == _NOBODY:
        return Greeted(None)
    row = reads.times(parts[1])
    if row is None or row[1].public_id != parts[0]:
        return None
    employment, person = row
    return Greeted(
        person,
        employment,
        reads.greeting(employment.id, int(parts[2])),
        reads.stop_of(employment.id),
        rehire.interest_of(person.id),
    )


def answer_greeting(greeted: Greeted, level: Level) -> None:
    """Note what a reader answers about coming back, and greet them no more.

    What they said earlier about when, where and how much stays. Raises Refusal for a link that
    answers no more, and for who is no member.
    """
    if greeted.person is None:
        return
    if not greeted.may_answer:
        raise Refusal(_l("Länken är för gammal för att svara med. Logga in och svara där."))
    known = greeted.interest
    units = rehire.units_wanted(greeted.person.id)
    today = clock.today()
    answer = answers.Answer(
        level=level,
        from_on=known.from_on if known and known.from_on and known.from_on > today else None,
        places=known.places if known else "",
        unit_ids=[one.id for one in units],
        **({"hours": known.hours} if known else {}),
    )
    answers.answer_interest(greeted.person, answer, by=SYSTEM)
    _stop_reader(greeted, StopWhy.ANSWERED)


def stop_greetings(greeted: Greeted) -> None:
    """Greet a reader no more; newsletters and all else are as before. Twice is once."""
    _stop_reader(greeted, StopWhy.NO_MORE)


def _stop_reader(greeted: Greeted, why: StopWhy) -> None:
    if greeted.person is not None and greeted.employment is not None:
        step = greeted.greeting.step if greeted.greeting else None
        _stop([(greeted.employment.id, greeted.person.id, step)], why, by=SYSTEM)


def note_reply(address: str, *, by: Actor) -> str:
    """Greet somebody no more who wrote back from this address, and return their name.

    Raises Refusal when nobody who was greeted has that address.
    """
    nobody = Refusal(_l("Ingen som har fått en hälsning har den adressen."), field="address")
    try:
        owner = owner_of(canonical_address(address))
    except BadAddress as error:
        raise Refusal(_l("Skriv en hel e-postadress."), field="address") from error
    sent = reads.latest_of([owner.person_id]).get(owner.person_id) if owner else None
    if owner is None or sent is None:
        raise nobody
    _stop([(sent.employment_id, sent.person_id, sent.step)], StopWhy.WROTE_BACK, by=by)
    return owner.person.name


def note_answers() -> int:
    """Greet nobody any more who answered about coming back, wherever; return how many did."""
    found = reads.answered_since()
    return _stop(_of(found), StopWhy.ANSWERED, by=SYSTEM)


def _of(greetings: Iterable[Greeting]) -> list[tuple[int, int, int | None]]:
    return [(one.employment_id, one.person_id, one.step) for one in greetings]


def follow_ended_consents(fact: ConsentEnded) -> None:
    """React to the end of a yes to newsletters: greetings end with it, for this time here.

    Who is back has an employment without a last day; their greetings end because of that.
    """
    if fact.purpose is not Purpose.NEWSLETTER:
        return
    sent, oldest = reads.latest_of(fact.person_ids), latest_of_interest(clock.today())
    known = setup.plan()
    left = reads.last_time_of(fact.person_ids) if known and known.is_on else {}
    gone = [
        (one.id, person, sent[person].step if person in sent else None)
        for person, one in left.items()
        if one.ends_on and one.ends_on > oldest
    ]
    _stop(gone, StopWhy.WITHDRAWN, by=SYSTEM)
    back = reads.returned_among(sent)
    _stop(_of(one for person, one in sent.items() if person in back), StopWhy.RETURNED, by=SYSTEM)


def _stop(rows: list[tuple[int, int, int | None]], why: StopWhy, *, by: Actor) -> int:
    """Note an end for each of these that has none yet and return how many were new."""
    if not rows:
        return 0
    people = select(Person.id).where(Person.id.in_([person for _time, person, _step in rows]))
    db.session.execute(people.order_by(Person.id).with_for_update())  # a double click queues up
    known = select(GreetingStop.employment_id).where(
        GreetingStop.employment_id.in_([time for time, _person, _step in rows])
    )
    stopped = set(db.session.scalars(known))
    new = [
        {"employment_id": time, "person_id": person, "step": step, "why": why}
        for time, person, step in rows
        if time not in stopped
    ]
    if new:
        db.session.execute(insert(GreetingStop), new)
        audit.record("greetings.stopped", by=by, why=why.value, people=len(new))
    return len(new)
