"""Posting a letter: rendered now, stored with its cause, sent by a job."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import css_inline
from jinja2 import Environment
from markdown_it import MarkdownIt
from sqlalchemy import select, update

from alumni_portal.core import clock, facts, jobs, language, tokens
from alumni_portal.core.db import db
from alumni_portal.core.rendering import letter_environment, render
from alumni_portal.core.text import clean_line
from alumni_portal.mail.facts import LettersKeptBack
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.mail.rules import plain_in_markdown
from alumni_portal.mail.services.attachments import Attachment, packed, unpacked

SEND = "mail.send_letter"
_URGENT = 100
#: However often its worker is lost, a letter goes: what it is worth ends with its own time.
TRIES = 1_000
_BUTTON = re.compile(r"^\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)\)$", re.MULTILINE)
_markdown = MarkdownIt("commonmark", {"html": False})
#: Rules for a dark screen cannot stand in a style attribute; they stay in the head.
_inliner = css_inline.CSSInliner(keep_at_rules=True)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter to one person: which one, to whom, and what stands in it."""

    kind: str
    to: str
    #: What the outbox says it was, where the kind itself would tell too much about its receiver.
    kept_as: str = ""
    language: str = "sv"
    person_id: int | None = None
    expires_at: datetime | None = None
    urgent: bool = False
    #: Values of the letter's text. Shown literally, never as Markdown or HTML.
    values: dict[str, Any] = field(default_factory=dict)
    #: Files that go with it.
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Written:
    """A rendered letter, with the files that go with it."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    #: Where answers go; empty: to whom the mail is from.
    reply_to: str = ""


def write(kind: str, spoken: str, values: dict[str, Any]) -> Written:
    """Render `templates/<slice>/emails/<name>.<language>.txt`; its first line is the subject."""
    folder, _slash, name = kind.partition("/")
    template = f"{folder}/emails/{name}.{spoken}.txt"
    with language.spoken(spoken):
        subject, plain = _filled(letter_environment(clean_line), template, values)
        _subject, marked = _filled(letter_environment(plain_in_markdown), template, values)
        text = _BUTTON.sub(r"\g<text>:\n\g<url>", plain)
        html = render("layouts/letter.html", subject=subject, body=_html(marked))
    return Written(subject, text, _inliner.inline(html))


def _filled(environment: Environment, template: str, values: dict[str, Any]) -> tuple[str, str]:
    first, _newline, rest = environment.get_template(template).render(values).partition("\n")
    return clean_line(first.removeprefix("Subject:")), rest.strip() + "\n"


def _html(marked: str) -> str:
    with_buttons = _BUTTON.sub(r'[\g<text>](\g<url> "button")', marked)
    return _markdown.render(with_buttons).replace('title="button"', 'class="button"')


def post(draft: Draft) -> Letter:
    """Write a letter in the transaction under way; a job sends it after the commit."""
    letter = _row(draft, LetterState.QUEUED)
    jobs.enqueue(
        SEND,
        {"letter": letter.id},
        key=f"letter:{letter.public_id}",
        priority=_URGENT if draft.urgent else 0,
        tries=TRIES,
    )
    return letter


def post_written(written: Written, *, kind: str, to: str, language: str, person_id: int) -> Letter:
    """Post a letter that somebody else has written (a mailing tried on oneself)."""
    letter = _stored(written, kind=kind, to=to, language=language, person_id=person_id)
    jobs.enqueue(SEND, {"letter": letter.id}, key=f"letter:{letter.public_id}", tries=TRIES)
    return letter


def _stored(written: Written, *, kind: str, to: str, language: str, person_id: int) -> Letter:
    letter = Letter(
        kind=kind,
        person_id=person_id,
        to_address=to,
        language=language,
        sealed=_sealed(written),
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def pretend(draft: Draft) -> Letter:
    """Do all the work of posting for an address that nobody is behind, and send nothing (S6)."""
    letter = _row(draft, LetterState.DROPPED, for_nobody=True)
    jobs.enqueue(SEND, {"letter": letter.id}, key=f"letter:{letter.public_id}", priority=_URGENT)
    db.session.flush()
    return letter


def _row(draft: Draft, state: LetterState, *, for_nobody: bool = False) -> Letter:
    written = write(draft.kind, draft.language, draft.values)
    sealed = _sealed(replace(written, attachments=draft.attachments))
    letter = Letter(
        kind=draft.kept_as or draft.kind,
        person_id=draft.person_id,
        to_address="" if for_nobody else draft.to,
        language=draft.language,
        sealed=None if for_nobody else sealed,
        state=state,
        outcome="nobody" if for_nobody else "",
        expires_at=draft.expires_at,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def _sealed(written: Written) -> bytes:
    kept = {**vars(written), "attachments": [packed(one) for one in written.attachments]}
    return tokens.seal("letter", json.dumps(kept, ensure_ascii=False))


def opened(letter: Letter) -> Written | None:
    """Return what stands in a letter, or nothing once its text was forgotten."""
    if not letter.sealed:
        return None
    kept = json.loads(tokens.unseal("letter", letter.sealed))
    files = kept.pop("attachments", [])  # letters from before there were any have none
    return Written(**kept, attachments=tuple(unpacked(one) for one in files))


def keep_back(letter: Letter) -> None:
    """Do not send a letter that must not go any more, and let whoever wrote it know."""
    letter.state, letter.outcome, letter.sealed = LetterState.DROPPED, "may not go any more", None
    if letter.person_id is not None:
        facts.state(LettersKeptBack(letter.kind, (letter.person_id,)))


def keep_back_waiting_for(person_ids: tuple[int, ...], *, kind: str) -> None:
    """Do the same with all letters of a kind to these people that wait to be sent."""
    waiting = select(Letter).where(
        Letter.person_id.in_(person_ids), Letter.state == LetterState.QUEUED, Letter.kind == kind
    )
    for letter in db.session.scalars(waiting):
        keep_back(letter)


def drop_waiting_for(person_ids: tuple[int, ...], reason: str, *, kind: str = "") -> int:
    """Keep unsent letters to these people, all or of one kind, from being sent; return how many.

    What is being sent at this moment goes no second time.
    """
    theirs = update(Letter).where(Letter.person_id.in_(person_ids))
    if kind:
        theirs = theirs.where(Letter.kind == kind)
    db.session.execute(theirs.where(Letter.state == LetterState.SENDING).values(sealed=None))
    result = db.session.execute(
        theirs.where(Letter.state == LetterState.QUEUED).values(
            state=LetterState.DROPPED, sealed=None, outcome=reason
        )
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def forget_texts(before: datetime) -> int:
    """Forget the text of letters made before a moment and return how many."""
    result = db.session.execute(
        update(Letter)
        .where(Letter.created_at < before, Letter.sealed.is_not(None))
        .values(sealed=None)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def note_sent(letter: Letter, outcome: str) -> None:
    """Note that the server took a letter, and forget its text."""
    letter.state, letter.sent_at, letter.outcome = LetterState.SENT, clock.now(), outcome[:200]
    letter.sealed = None


def forget_recipients(letter_ids: Collection[int]) -> None:
    """Forget to whom letters went, and keep those that wait from being sent."""
    theirs = update(Letter).where(Letter.id.in_(letter_ids))
    db.session.execute(theirs.values(to_address="", sealed=None, outcome=""))
    waiting = theirs.where(Letter.state == LetterState.QUEUED)
    db.session.execute(waiting.values(state=LetterState.DROPPED, outcome="recipient forgotten"))
