"""Sending letters and, in chunks, mailings."""

from datetime import timedelta
from typing import Any

from alumni_portal.core import clock, jobs, receiving
from alumni_portal.core.db import db
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services
from alumni_portal.mail.models import SUPPRESSED_FOR, Letter, LetterState
from alumni_portal.mail.rules import Answer, NotSent, Sent, Unknown, next_try, without_addresses
from alumni_portal.mail.services import letters, messages, return_paths, runs, transport

_TEXT_IS_KEPT = timedelta(days=30)
_KEPT = timedelta(days=730)


def send_letter(run: JobRun) -> dict[str, Any]:
    """Send one letter; what the server answers decides whether there is another try."""
    with unit():
        letter = _claim(run.args["letter"])
        made = _message(letter) if letter else None
    if letter is None or made is None:
        return {"state": "nothing to send"}
    answer = transport.send(made)
    with unit():
        _note(run, answer)
    return {"answer": without_addresses(answer.answer)}


def _claim(letter_id: int) -> Letter | None:
    letter = db.session.get(Letter, letter_id, populate_existing=True, with_for_update=True)
    if letter is None or letter.state not in {LetterState.QUEUED, LetterState.SENDING}:
        return None
    if not _is_to_go(letter):
        return None
    letter.was_in_doubt |= letter.state is LetterState.SENDING
    letter.state = LetterState.SENDING
    letter.attempts += 1
    return letter


def _is_to_go(letter: Letter) -> bool:
    """Say whether a letter goes now; one that goes no more is ended.

    In the hands of a run it may have been sent by one that was lost: it goes again, once (S73).
    """
    is_lost = letter.state is LetterState.SENDING
    if letter.expires_at is not None and letter.expires_at <= clock.now():
        letter.state, letter.outcome, letter.sealed = LetterState.DROPPED, "too late", None
    elif not _may_go(letter):
        services.keep_back(letter)
    elif letter.sealed is None:  # forgotten, or dropped while a run held it that was lost
        letter.state = LetterState.DROPPED
    elif is_lost and letter.was_in_doubt:
        letter.state, letter.sealed = LetterState.FAILED, None
    else:
        return True
    return False


def _may_go(letter: Letter) -> bool:
    """Ask once more, last of all, about letters that somebody must agree to (S24)."""
    if letter.person_id is None or not receiving.is_purpose(letter.kind):
        return True
    return letter.person_id in receiving.may_receive(letter.kind, [letter.person_id])


def _message(letter: Letter) -> messages.Mail:
    written = services.opened(letter)
    if written is None:
        raise jobs.Dead
    return messages.message(
        letter.to_address,
        written.subject,
        written.text,
        written.html,
        message_id=f"<{letter.public_id}@{messages.domain()}>",
        headers={"Reply-To": written.reply_to} if written.reply_to else None,
        files=written.attachments,
        date=letter.created_at,
        return_path=return_paths.letter_return_path(letter.public_id),
    )


def _note(run: JobRun, answer: Answer) -> None:
    number = run.args["letter"]
    letter = db.session.get_one(Letter, number, populate_existing=True, with_for_update=True)
    said = answer.answer if letter.to_address else without_addresses(answer.answer)
    if isinstance(answer, Sent):
        letters.note_sent(letter, said)
        return
    letter.outcome = said[:200]
    again = next_try(letter.attempts, letter.created_at, clock.now())
    refused = isinstance(answer, NotSent) and answer.final
    is_doubt = isinstance(answer, Unknown)
    is_enough = is_doubt and letter.was_in_doubt  # once more, and no more (S73)
    letter.was_in_doubt |= is_doubt
    if refused or is_enough or again is None:
        letter.state, letter.sealed = LetterState.FAILED, None
        return
    if letter.sealed is None:  # dropped or forgotten while it was under way
        letter.state = LetterState.DROPPED
        return
    letter.state, letter.next_try_at = LetterState.QUEUED, again
    this = db.session.get(jobs.Job, run.id)
    jobs.enqueue(
        letters.SEND,
        {"letter": letter.id},
        key=f"letter:{letter.public_id}:{letter.attempts}",
        run_at=again,
        priority=this.priority if this else 0,
        tries=letters.TRIES,
    )


def send_mailing_chunk(run: JobRun) -> dict[str, Any]:
    """Send what is due of one chunk of a mailing over several connections."""
    return runs.send_chunk(run)


def forget_texts(run: JobRun) -> dict[str, Any]:
    """Forget the text of letters after thirty days, sent or not."""
    with unit():
        forgotten = services.forget_texts(clock.now() - _TEXT_IS_KEPT)
        run.finish({"forgotten": forgotten})
    return {"forgotten": forgotten}


def forget(run: JobRun) -> dict[str, Any]:
    """Forget, after 24 months, to whom letters and mailings went and what was suppressed."""
    before = clock.now() - _KEPT
    forgotten = {"letters": 0, "deliveries": 0}
    for name, forget_some in (
        ("letters", services.forget_letters),
        ("deliveries", services.forget_deliveries),
    ):
        while True:
            with unit():
                some = forget_some(before)
            if not some:
                break
            forgotten[name] += some
            run.progress(forgotten[name], forgotten[name])
    with unit():
        suppressions = services.forget_suppressions(clock.now() - SUPPRESSED_FOR)
    return {**forgotten, "suppressions": suppressions}
