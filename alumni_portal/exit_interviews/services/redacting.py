"""Names and dates out of a text: one coder proposes, another agrees, the original goes (A9)."""

from sqlalchemy import delete

from alumni_portal.core import audit, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import Answer, Coding, Redaction
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import coding as queries
from alumni_portal.exit_interviews.queries.coding import Sealed
from alumni_portal.exit_interviews.rules.guide import LONGEST_TEXT
from alumni_portal.exit_interviews.services.mixing import take_turn


def _text_of(public_id: str, question: str, by: Actor) -> Sealed:
    take_turn()
    texts = queries.texts_for(by.person_id or 0)
    found = next((t for t in texts if (t.public_id, t.question) == (public_id, question)), None)
    if found is None:
        raise NotFound
    return found


def propose(public_id: str, question: str, text: str, *, by: Actor) -> None:
    """Propose a text without names and dates, or say that it has none; the latest proposal counts.

    Raises NotFound unless the actor codes that text, Refusal (field `text`) for an empty or too
    long one.
    """
    found = _text_of(public_id, question, by)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise Refusal(_l("Skriv texten utan namn och datum, högst 4 000 tecken."), field="text")
    key = (found.interview_id, question)
    kept = db.session.get(Redaction, key)
    if kept is None:
        kept = Redaction(interview_id=key[0], question=question)
        db.session.add(kept)
    kept.value, kept.by_id = Vault().seal(text.strip()), by.person_id or 0
    audit.record("exit_answers.redaction_proposed", by=by, subject=public_id)
    db.session.flush()


def digest_of(proposed: str) -> str:
    """Return what tells one proposal from another, for the page that shows it."""
    return tokens.digest(proposed)[:16]


def agree(public_id: str, question: str, *, shown: str, by: Actor) -> None:
    """Let the proposed text replace the original for good.

    `shown` is the digest of the proposal that the actor saw. Raises NotFound unless the actor
    codes that text, Conflict when nothing is proposed, Refusal for who proposed it (two people
    are needed) and when it was changed since.
    """
    found = _text_of(public_id, question, by)
    kept = db.session.get(Redaction, (found.interview_id, question))
    if kept is None:
        raise Conflict(_l("Det finns inget förslag att godkänna."))
    if kept.by_id == by.person_id:
        raise Refusal(_l("Någon annan måste godkänna ditt förslag."))
    if digest_of(str(Vault().open(kept.value))) != shown:
        raise Refusal(_l("Förslaget har ändrats. Läs det nya och godkänn igen."))
    answer = db.session.get_one(Answer, (found.interview_id, question))
    answer.value, answer.is_cleaned = kept.value, True
    db.session.delete(kept)
    audit.record("exit_answers.redacted", by=by, subject=public_id)
    db.session.flush()


def void(interview_id: int, question: str) -> None:
    """Forget what was found in and proposed about a text that the leaver changed or took back."""
    for table in (Redaction, Coding):
        db.session.execute(
            delete(table).where(table.interview_id == interview_id, table.question == question)
        )
