"""Sending letters."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from flask_mail import Message
from sqlalchemy import select

from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.mail.rules import next_try
from alumni_portal.mail.services import letters, transport

_TEXT_IS_KEPT = timedelta(days=30)


def send_letter(run: JobRun) -> dict[str, Any]:
    """Send one letter; what the server answers decides whether there is another try."""
    with unit():
        letter = _claim(run.args["letter"])
        made = _message(letter) if letter else None
    if letter is None or made is None:
        return {"state": "nothing to send"}
    answer = transport.send(made)
    with unit():
        _note(run.args["letter"], answer)
    return {"answer": answer.answer}


def _claim(letter_id: int) -> Letter | None:
    letter = db.session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None or letter.state not in {LetterState.QUEUED, LetterState.SENDING}:
        return None
    if letter.expires_at is not None and letter.expires_at <= clock.now():
        letter.state, letter.outcome, letter.sealed = LetterState.DROPPED, "too late", None
        return None
    letter.state = LetterState.SENDING
    letter.attempts += 1
    return letter


def _message(letter: Letter) -> Message:
    written = services.opened(letter)
    if written is None:
        raise jobs.Dead
    domain = parseaddr(settings().mail_from)[1].rpartition("@")[2]
    return transport.message(
        letter.to_address,
        written.subject,
        written.text,
        written.html,
        message_id=f"<{letter.public_id}@{domain}>",
    )


def _note(letter_id: int, answer: transport.Sent | transport.NotSent) -> None:
    letter = db.session.get_one(Letter, letter_id)
    if isinstance(answer, transport.Sent):
        letters.note_sent(letter, answer.answer)
        return
    letter.outcome = answer.answer[:200]
    again = next_try(letter.attempts, letter.created_at, clock.now())
    if answer.final or again is None:
        letter.state, letter.sealed = LetterState.FAILED, None
        return
    letter.state, letter.next_try_at = LetterState.QUEUED, again
    jobs.enqueue(
        letters.SEND,
        {"letter": letter.id},
        key=f"letter:{letter.public_id}:{letter.attempts}",
        run_at=again,
    )


def forget_texts(run: JobRun) -> dict[str, Any]:
    """Forget the text of letters after thirty days, sent or not."""
    with unit():
        forgotten = services.forget_texts(clock.now() - _TEXT_IS_KEPT)
        run.finish({"forgotten": forgotten})
    return {"forgotten": forgotten}
