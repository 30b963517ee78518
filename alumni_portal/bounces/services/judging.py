"""What a bounce or a complaint does to an address, and to the log of its mailing."""

from sqlalchemy.exc import IntegrityError

from alumni_portal.bounces import queries
from alumni_portal.bounces.models import (
    BounceScore,
    Outcome,
    ReturnedCopy,
    ReturnedMail,
    Severity,
    Verdict,
)
from alumni_portal.bounces.queries import Whose
from alumni_portal.bounces.rules import Score, counted, is_enough
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import SuppressedBy
from alumni_portal.mail.queries import is_suppressed
from alumni_portal.people.queries import BadAddress, canonical_address

_SOURCES = {
    Verdict.NOBODY: SuppressedBy.BOUNCE,
    Verdict.COMPLAINT: SuppressedBy.COMPLAINT,
}


def bounced(whose: Whose, severity: Severity, answer: str) -> None:
    """Count a bounce; nobody there at all, or often enough, ends mailings to the address."""
    _note(whose, Outcome.BOUNCED, answer)
    if is_suppressed(whose.canonical):
        return
    if severity is Severity.NOBODY or _is_enough(whose.canonical, severity):
        _suppress(whose.canonical, answer, SuppressedBy.BOUNCE)


def complained(whose: Whose, answer: str) -> None:
    """End mailings to an address at once.

    Consents stay as they are: the person said nothing to us, and may want the mail elsewhere.
    """
    _note(whose, Outcome.COMPLAINED, answer)
    _suppress(whose.canonical, answer, SuppressedBy.COMPLAINT)


def settle(row: ReturnedMail, verdict: Verdict, *, address: str, by: Actor) -> None:
    """Decide by hand what a returned mail means.

    Raises Conflict when somebody else did, Refusal when the verdict needs an address.
    """
    if not row.waits:
        raise Conflict(_l("Någon annan har redan avgjort den här."))
    if verdict is not Verdict.NOTHING:
        try:
            row.canonical = canonical_address(address)
        except BadAddress as error:
            raise Refusal(_l("Skriv adressen det gäller."), field="address") from error
        if mail.suppress(row.canonical, row.answer or verdict, source=_SOURCES[verdict], by=by.ref):
            audit.record("suppression.added", by=by, source=_SOURCES[verdict].value)
        _forget_score(row.canonical)
    row.waits, row.verdict = False, verdict
    row.settled_at, row.settled_by = clock.now(), by.ref
    audit.record("returned_mail.settled", by=by, subject=row.public_id, verdict=verdict.value)


def _note(whose: Whose, outcome: Outcome, answer: str) -> None:
    """Write what came back into the log of its mailing; a complaint outweighs a bounce."""
    if whose.mailing is None or whose.person_id is None:
        return
    key = (whose.mailing.id, whose.person_id)
    noted = db.session.get(ReturnedCopy, key)
    if noted is None:
        try:
            with db.session.begin_nested():
                db.session.add(
                    ReturnedCopy(
                        mailing_id=key[0], person_id=key[1], outcome=outcome, answer=answer[:200]
                    )
                )
        except IntegrityError:  # two reports at once
            return
    elif outcome is Outcome.COMPLAINED:
        noted.outcome, noted.answer = outcome, answer[:200]


def _is_enough(address: str, severity: Severity) -> bool:
    kept = queries.score_of(address)
    before = Score(kept.points, kept.last_on) if kept else None
    now = counted(before, severity, clock.today())
    if kept is None:
        db.session.add(BounceScore(canonical=address, points=now.points, last_on=now.last_on))
        db.session.flush()
    else:
        kept.points, kept.last_on = now.points, now.last_on
    return is_enough(now)


def _suppress(address: str, answer: str, source: SuppressedBy) -> None:
    if mail.suppress(address, answer, source=source):
        audit.record("suppression.added", by=SYSTEM, source=source.value)
    _forget_score(address)


def _forget_score(address: str) -> None:
    kept = queries.score_of(address)
    if kept is not None:
        db.session.delete(kept)
