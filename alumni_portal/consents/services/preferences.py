"""What a person wants of what was agreed to, said from a link in a mailing without signing in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from alumni_portal.consents import queries
from alumni_portal.consents.models import (
    CountedVisits,
    Departure,
    DepartureReason,
    LetterTopic,
    MailPause,
    MutedTopic,
    StandingConsent,
)
from alumni_portal.consents.rules import PAUSE, How, Purpose
from alumni_portal.consents.services import answers
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.rendering import link
from alumni_portal.people.models import Person

PAGE = "consents.preferences"
_SIGNED = "preferences"


@dataclass(frozen=True)
class Holder:
    """Whose preferences a link opens, and from which mailing it came."""

    person: Person
    mailing: str


def preferences_link(person: str, mailing: str) -> str:
    """Return the address at which somebody (public id) chooses what to get, from one mailing."""
    return link(PAGE, token=preferences_token(person, mailing))


def preferences_token(person: str, mailing: str) -> str:
    """Return what opens the choices of somebody (public id), told apart by the mailing it is in."""
    return tokens.sign(_SIGNED, [person, mailing])


def read_preferences(token: str) -> Holder | None:
    """Return whose preferences a token opens; nothing when it was changed or is not ours."""
    value = tokens.unsign(_SIGNED, token)
    if not isinstance(value, list) or len(value) != 2:
        return None
    person = db.session.scalar(
        select(Person).where(Person.public_id == value[0], Person.died_on.is_(None))
    )
    return Holder(person, value[1]) if person is not None else None


def prefer(person: Person, topics: Collection[LetterTopic], language: str) -> None:
    """Let a person get newsletters about exactly these topics, in this language."""
    muted = set(LetterTopic) - set(topics)
    before = queries.muted_by(person.id)
    db.session.execute(delete(MutedTopic).where(MutedTopic.person_id == person.id))
    if muted:
        rows = [{"person_id": person.id, "topic": one} for one in sorted(muted)]
        db.session.execute(insert(MutedTopic), rows)
    if muted != before or person.language != language:
        audit.record("preferences.chosen", by=SYSTEM, subject=person.public_id)
    person.language = language


def let_visits_count(person: Person, *, yes: bool) -> None:
    """Let us count a person's visits to openings from newsletters, or no longer."""
    known = db.session.get(CountedVisits, person.id)
    if yes and known is None:
        db.session.add(CountedVisits(person_id=person.id))
        audit.record("visits.allowed", by=SYSTEM, subject=person.public_id)
    elif known is not None and not yes:
        db.session.delete(known)
        audit.record("visits.refused", by=SYSTEM, subject=person.public_id)
    db.session.flush()


def pause(person: Person) -> datetime:
    """Let a person get no mailings for three months from now and return until when."""
    until = clock.now() + PAUSE
    known = db.session.get(MailPause, person.id, with_for_update=True)
    if known is None:
        db.session.add(MailPause(person_id=person.id, until=until))
    else:
        known.until = until
    audit.record("mail.paused", by=SYSTEM, subject=person.public_id)
    return until


def end_pause(person: Person) -> None:
    """Let a person get mailings again."""
    db.session.execute(delete(MailPause).where(MailPause.person_id == person.id))
    audit.record("mail.unpaused", by=SYSTEM, subject=person.public_id)


def leave(person: Person, purpose: Purpose, mailing: str) -> None:
    """End a yes from a mailing's link; the mailing counts it once, replayed it is nothing."""
    if answers.take_back(person, purpose, how=How.MAIL_LINK, by=SYSTEM).no:
        row = Departure(person_id=person.id, purpose=purpose, mailing=mailing[:20])
        db.session.add(row)


def explain(person: Person, purpose: Purpose, reason: DepartureReason) -> None:
    """Note why a person left, at the latest time they did. Never needed, never asked twice."""
    latest = (
        select(Departure.id)
        .where(Departure.person_id == person.id, Departure.purpose == purpose)
        .order_by(Departure.id.desc())
        .limit(1)
    )
    found = db.session.scalar(latest)
    if found is not None:
        db.session.execute(update(Departure).where(Departure.id == found).values(reason=reason))


def resubscribe(person: Person, *, language: str) -> None:
    """Say yes to newsletters again, to today's wording.

    Raises Refusal for somebody who is no member, or is employed here.
    """
    wanted = {*queries.standing(person.id), Purpose.NEWSLETTER}
    answers.answer(person, wanted, language=language, how=How.MAIL_LINK, by=SYSTEM)


def forget_preferences(before: datetime) -> int:
    """Forget ended pauses, who left before a moment, and what people chose who are no members."""
    db.session.execute(delete(MailPause).where(MailPause.until < clock.now()))
    member = select(StandingConsent.person_id).where(StandingConsent.purpose == Purpose.MEMBERSHIP)
    for chosen in (MutedTopic, CountedVisits):
        db.session.execute(delete(chosen).where(chosen.person_id.not_in(member)))
    gone = db.session.execute(
        update(Departure)
        .where(Departure.at < before, Departure.person_id.is_not(None))
        .values(person_id=None)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # an update has a row count
