"""Reading in an emergency: one record, a reason, a second person, half an hour, all told (S62)."""

from datetime import timedelta

from sqlalchemy import delete

from alumni_portal.accounts.queries import holders_of
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.models import BreakGlass, Interview, Track
from alumni_portal.exit_interviews.queries import break_glass as queries
from alumni_portal.exit_interviews.services.readers import recuse

#: How long a record may be read.
OPEN_FOR = timedelta(minutes=30)
KEPT = timedelta(days=730)
_SHORTEST = 20


def may_be_broken(interview: Interview) -> bool:
    """Say whether there is anything to read: named, and no longer being written."""
    is_written = interview.track is Track.QUESTIONNAIRE and interview.is_open
    return interview.person_id is not None and (interview.sent_in or not is_written)


def ask(interview: Interview, reason: str, *, by: Actor) -> BreakGlass:
    """Ask to read one record; the data protection officer is written to.

    Raises Refusal (field `reason`) for too short a reason, and when another record is open or
    asked for, when there is nobody to decide, or who asks signed in a while ago (S9); NotFound for
    answers without a name.
    """
    if not may_be_broken(interview) or interview.person_id == by.person_id:
        raise NotFound
    _check_fresh(by)
    if len(reason.strip()) < _SHORTEST:
        raise Refusal(_l("Skriv varför, och i vilket ärende."), field="reason")
    if queries.busy(by.person_id or 0):
        raise Refusal(_l("Du har redan ett samtal öppet eller väntar på svar om ett."))
    officers = [who for who in holders_of(Role.DPO) if who.id != by.person_id]
    if not officers:
        raise Refusal(_l("Det finns inget dataskyddsombud som kan besluta."))
    made = BreakGlass(
        interview_id=interview.id, asked_by_id=by.person_id or 0, reason=reason.strip()
    )
    db.session.add(made)
    db.session.flush()
    for who in officers:
        emails.break_glass_asked(made, who)
    audit.record("exit_answers.break_asked", by=by, subject=interview.public_id)
    return made


def _check_fresh(by: Actor) -> None:
    if not by.is_fresh:
        raise Refusal(_l("Det var mer än tio minuter sedan du loggade in. Logga in igen."))


def decide(glass: BreakGlass, *, agrees: bool, by: Actor) -> None:
    """Let the asker read for half an hour, or not; the leaver is told when they may.

    Raises Refusal for the asker and the leaver, and for a yes from who signed in a while ago (S9);
    Conflict when it is decided.
    """
    interview = glass.interview
    if not glass.waits or interview is None or interview.person is None:
        raise Conflict(_l("Det är redan avgjort."))
    if by.person_id in {None, glass.asked_by_id, interview.person_id}:
        raise Refusal(_l("Någon annan måste besluta."))
    if agrees:
        _check_fresh(by)
    glass.decided_by_id, glass.decided_at = by.person_id, clock.now()
    glass.until = clock.now() + OPEN_FOR if agrees else None
    audit.record(
        "exit_answers.break_agreed" if agrees else "exit_answers.break_refused",
        by=by,
        subject=interview.public_id,
    )
    if agrees:
        recuse(interview, [glass.asked_by_id])
        emails.break_glass_opened(interview.person)
    db.session.flush()


def review(glass: BreakGlass, *, by: Actor) -> None:
    """Note that somebody else has looked at how it was used. Raises Refusal for the asker."""
    if glass.waits or glass.is_open:
        raise Conflict(_l("Vänta tills läsningen är över."))
    if by.person_id in {None, glass.asked_by_id}:
        raise Refusal(_l("Någon annan måste granska."))
    glass.reviewed_by_id, glass.reviewed_at = by.person_id, clock.now()
    audit.record("exit_answers.break_reviewed", by=by, subject=glass.public_id)
    db.session.flush()


def forget_old() -> int:
    """Forget what was asked two years ago and return how many."""
    old = delete(BreakGlass).where(BreakGlass.asked_at < clock.now() - KEPT)
    return db.session.execute(old).rowcount or 0  # type: ignore[attr-defined]  # of a delete
