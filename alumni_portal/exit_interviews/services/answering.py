"""Answers: saved one by one, changed, taken back, and closed for good."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.national_id import masked, may_hold_one
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    InterviewState,
    Reach,
    Redaction,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules import guide as guides
from alumni_portal.exit_interviews.services.choosing import CLOSED, check_open
from alumni_portal.exit_interviews.services.mixing import mix, take_turn
from alumni_portal.exit_interviews.services.redacting import void


class BadAnswers(Refusal):
    """Some answers cannot be taken; which, and why. What was typed well is not stored either."""

    def __init__(self, wrong: Mapping[str, object]) -> None:
        super().__init__(_l("Något svar går inte att spara."))
        self.wrong = wrong


def guide_of(interview: Interview) -> guides.GuideText:
    """Return the guide that an interview follows, in the version that was asked."""
    if interview.version is None:
        raise Conflict(CLOSED)  # imported answers have no guide of ours and no page
    return guides.read(interview.version.content)


def opened(interview: Interview) -> dict[str, object]:
    """Return the answers of an interview in clear. Callers note the read first."""
    vault = Vault()
    found = queries.answers_of(interview.id)
    said = {code: vault.open(one.value) for code, one in found.items()}
    return {code: value for code, value in said.items() if value is not None}


def save(
    interview: Interview,
    typed: Mapping[str, list[str]],
    *,
    by_interviewer: bool = False,
    whole: bool = False,
) -> None:
    """Store what was typed for each question named in `typed`; an empty one takes its answer back.

    An answer that did not change keeps the choice of readers it was given under; one that the
    leaver has corrected stands, whatever the interviewer writes. Raises BadAnswers for what a
    question does not offer or a national id, and with `whole` for a question that must be
    answered; Conflict when closed; Refusal for an interviewer when the leaver took all back.
    """
    _check_may_save(interview, by_interviewer=by_interviewer)
    guide, known = guide_of(interview), queries.answers_of(interview.id)
    given = _checked(guide, typed)
    if whole:
        _check_whole(guide, _said(opened(interview) | given))
    vault = Vault()
    for code, value in given.items():
        old = known.get(code)
        before = vault.open(old.value) if old is not None else None
        if before == value or (by_interviewer and old is not None and not old.by_interviewer):
            continue
        if old is not None:
            void(interview.id, code)
        if value is None:
            db.session.delete(old)
            continue
        answer = old or Answer(interview_id=interview.id, question=code)
        answer.is_quotable = answer.is_quotable if before is not None else False
        answer.value, answer.is_cleaned = vault.seal(value), False
        answer.reach, answer.circle = interview.reach, interview.circle
        answer.by_interviewer = by_interviewer
        db.session.add(answer)
    interview.withdrawn = False
    db.session.flush()


def _check_may_save(interview: Interview, *, by_interviewer: bool) -> None:
    check_open_any(interview)
    if by_interviewer and interview.withdrawn:
        raise Refusal(_l("Den som slutar har tagit tillbaka svaren. De sparas inte igen."))
    if interview.reach is None and not by_interviewer:
        raise Refusal(_l("Välj först vem som får läsa dina svar."), field="reach")


def corrected(interview: Interview) -> set[str]:
    """Return the answers in a talk that the leaver has written or changed."""
    found = queries.answers_of(interview.id)
    return {code for code, one in found.items() if not one.by_interviewer}


def _checked(
    guide: guides.GuideText, typed: Mapping[str, list[str]]
) -> dict[str, int | str | list[str] | None]:
    given: dict[str, int | str | list[str] | None] = {}
    wrong: dict[str, object] = {}
    for question in guide.questions():
        if question.code not in typed:
            continue
        try:
            value = guides.answer_of(question, typed[question.code])
        except ValueError:
            wrong[question.code] = _why(question)
            continue
        if isinstance(value, str) and may_hold_one(value) and masked(value) != value:
            wrong[question.code] = _l("Det ser ut som ett personnummer. Det ska inte stå här.")
        given[question.code] = value
    if wrong:
        raise BadAnswers(wrong)
    return given


def quotable(interview: Interview) -> set[str]:
    """Return the answers that the leaver lets be quoted."""
    said = opened(interview)
    found = queries.answers_of(interview.id).items()
    return {code for code, one in found if one.is_quotable and code in said}


def allow_quotes(interview: Interview, asked: Collection[str], allowed: Collection[str]) -> None:
    """Keep which of the asked answers may be quoted. Raises Conflict when closed."""
    check_open_any(interview)
    for code, answer in queries.answers_of(interview.id).items():
        if code in asked:
            answer.is_quotable = code in allowed
    db.session.flush()


def _said(given: Mapping[str, object]) -> set[str]:
    return {code for code, value in given.items() if value is not None}


def _check_whole(guide: guides.GuideText, answered: Collection[str]) -> None:
    left = [one.code for one in guide.questions() if one.required and one.code not in answered]
    if left:
        raise BadAnswers(dict.fromkeys(left, _l("Den här frågan behövs för att lämna in.")))


def _why(question: guides.Question) -> object:
    if question.kind is guides.Kind.TEXT:
        return _l("Texten är för lång. Högst 4 000 tecken.")
    return _l("Välj något av svaren som finns.")


def check_open_any(interview: Interview) -> None:
    """Raise Conflict when an interview can no longer be answered, named or nameless."""
    check_open(interview)
    if interview.is_nameless and closing_day(interview) < clock.today():
        raise Conflict(CLOSED)


def closing_day(interview: Interview) -> date:
    """Return the last day to change answers without a name; raises Conflict after closing."""
    if interview.closing is None:
        raise Conflict(CLOSED)
    return date.fromisoformat(Vault().open(interview.closing))


def send_in(interview: Interview) -> None:
    """Note that the leaver is done. They may still change until closing.

    Raises BadAnswers for questions that must be answered and are not.
    """
    check_open_any(interview)
    _check_whole(guide_of(interview), set(opened(interview)))
    interview.sent_in = True
    db.session.flush()


def withdraw(interview: Interview) -> None:
    """Take every answer back. Raises Conflict when closed."""
    check_open_any(interview)
    for table in (Redaction, Coding, Answer):
        db.session.execute(delete(table).where(table.interview_id == interview.id))
    # Without a name, a row that says nothing looks like one that says much.
    interview.sent_in, interview.withdrawn = False, not interview.is_nameless
    db.session.flush()


def close_due() -> int:
    """Close what can no longer be answered; nameless rows lose the last way to them.

    They get other ids and marks, too: who kept a copy from before cannot follow them.
    """
    take_turn()
    today, vault = clock.today(), Vault()
    named = queries.to_close(today)
    loose = [
        one
        for one in queries.open_nameless()
        if one.closing and date.fromisoformat(vault.open(one.closing)) < today
    ]
    for one in [*named, *loose]:
        one.state = InterviewState.CLOSED
    for one in loose:
        one.token_hash, one.closing = None, None
    count = len(named) + len(loose)
    db.session.flush()
    if loose:
        mix(renamed={one.id for one in loose})
    return count


__all__ = ["BadAnswers", "Reach", "close_due", "guide_of", "opened", "save", "send_in", "withdraw"]
