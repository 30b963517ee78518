"""Reads about texts to code: only of interviews on which somebody is a named coder."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    InterviewState,
    Reader,
    Redaction,
    Seat,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries.codes import reason_themes
from alumni_portal.exit_interviews.queries.near import manages
from alumni_portal.exit_interviews.rules import GROUP_SIZE
from alumni_portal.exit_interviews.rules.agreement import agreed_codes
from alumni_portal.exit_interviews.rules.timing import last_quarter_to_read
from alumni_portal.people.models import Employment


@dataclass(frozen=True)
class Sealed:
    """One text that waits for a coder, still sealed."""

    interview_id: int
    public_id: str
    question: str
    value: bytes
    person_id: int | None
    is_cleaned: bool
    #: The sealed text that somebody proposes instead, and who.
    proposed: bytes | None
    proposed_by: int | None


def texts_for(coder_id: int, *, limit: int = 500) -> list[Sealed]:
    """Return the texts that a named coder may read, by random order of rows.

    Those with a name when the leaver is done, those without when their quarter is and enough others
    of it have written something to the same question.
    """
    named = db.session.execute(
        _texts(coder_id).where(_is_done()).order_by(Interview.public_id).limit(limit)
    )
    found = [Sealed(*row) for row in named] + _texts_without_a_name(coder_id)
    return sorted(found, key=lambda one: (one.public_id, one.question))[:limit]


def _texts(coder_id: int, *more: InstrumentedAttribute[int | None]) -> Select[*tuple[Any, ...]]:
    """Return the query of sealed texts that name a coder, with `more` columns."""
    proposed = and_(
        Redaction.interview_id == Answer.interview_id, Redaction.question == Answer.question
    )
    return (
        select(
            Interview.id,
            Interview.public_id,
            Answer.question,
            Answer.value,
            Interview.person_id,
            Answer.is_cleaned,
            Redaction.value,
            Redaction.by_id,
            *more,
        )
        .join(Reader, Reader.interview_id == Interview.id)
        .join(Answer, Answer.interview_id == Interview.id)
        .outerjoin(Redaction, proposed)
        .where(
            Reader.person_id == coder_id,
            Reader.seat == Seat.CODER,
            Reader.from_circle <= Answer.circle,
            Answer.question.like("%\\_open", escape="\\"),
            Interview.withdrawn.is_(False),
            ~manages(coder_id),
        )
    )


def _is_done() -> ColumnElement[bool]:
    """Return the condition that somebody with a name is no longer writing."""
    return and_(
        Interview.person_id.is_not(None),
        or_(
            Interview.track != Track.QUESTIONNAIRE,
            Interview.sent_in.is_(True),
            Interview.state != InterviewState.OPEN,
        ),
    )


def _texts_without_a_name(coder_id: int) -> list[Sealed]:
    """Return texts of quarters that are over, where at least five wrote to the same question.

    Rows are no people's texts: a sealed nothing stands in those that wrote nothing.
    """
    year, month = last_quarter_to_read(clock.today())
    is_over = or_(
        Interview.exit_year < year,
        and_(Interview.exit_year == year, Interview.exit_month <= month),
    )
    query = _texts(coder_id, Interview.exit_year, Interview.exit_month).where(
        Interview.person_id.is_(None), Interview.state == InterviewState.CLOSED, is_over
    )
    vault, together = Vault(), defaultdict(list)
    for *row, of_year, of_month in db.session.execute(query):
        one = Sealed(*row)
        if vault.open(one.value) is not None:
            together[of_year, of_month, one.question].append(one)
    return [one for many in together.values() if len(many) >= GROUP_SIZE for one in many]


def codings() -> dict[int, dict[str, frozenset[str]]]:
    """Return what each coder found: by coder, text key → codes."""
    found: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    for one in db.session.scalars(select(Coding)):
        found[one.coder_id][f"{one.interview_id} {one.question}"] = frozenset(one.codes)
    return found


def agreed_themes() -> dict[int, tuple[str, ...]]:
    """Return the themes that two coders agree on, by interview: each once, in order of codes."""
    themes = reason_themes()
    texts: dict[tuple[int, str], list[frozenset[str]]] = defaultdict(list)
    for one in db.session.scalars(select(Coding)):
        texts[one.interview_id, one.question].append(frozenset(one.codes))
    found: dict[int, set[str]] = defaultdict(set)
    for (interview_id, _question), judgements in texts.items():
        found[interview_id] |= {
            themes[code] for code in agreed_codes(judgements) if themes.get(code)
        }
    return {interview_id: tuple(sorted(agreed)) for interview_id, agreed in found.items()}


def quotes_allowed(theme: str, *, until: date) -> list[str]:
    """Return the texts about a theme that may be quoted, of exits in quarters before `until`.

    The leaver has agreed to it for that answer, two people have taken names and dates out, and both
    coders found the theme. In random order, without unit, time or person. Whoever shows them notes
    the read.
    """
    themes, vault = reason_themes(), Vault()
    judged: dict[tuple[int, str], list[frozenset[str]]] = defaultdict(list)
    for one in db.session.scalars(select(Coding)):
        judged[one.interview_id, one.question].append(frozenset(one.codes))
    rows = db.session.execute(
        select(Answer.interview_id, Answer.question, Answer.value)
        .join(Interview, Interview.id == Answer.interview_id)
        .outerjoin(Employment, Employment.id == Interview.employment_id)
        .where(
            Answer.is_quotable.is_(True),
            Answer.is_cleaned.is_(True),
            Interview.state == InterviewState.CLOSED,
            Interview.withdrawn.is_(False),
            or_(
                Employment.ends_on < until,
                Interview.exit_year < until.year,
                and_(Interview.exit_year == until.year, Interview.exit_month < until.month),
            ),
        )
        .order_by(Interview.mark, Answer.question)
    )
    return [
        str(vault.open(value))
        for interview_id, question, value in rows
        if theme in {themes.get(c) for c in agreed_codes(judged[interview_id, question])}
    ]


def coding(interview_id: int, question: str, coder_id: int) -> Coding | None:
    """Return what one coder found in one text."""
    return db.session.get(Coding, (interview_id, question, coder_id))
