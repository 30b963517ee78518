"""The code book, changed: other words, own reasons and themes, codes that are chosen no longer."""

from dataclasses import dataclass

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import (
    REASONS,
    THEMES,
    CodeWording,
    Force,
    ThemeWording,
)
from alumni_portal.exit_interviews.queries import codes as queries
from alumni_portal.exit_interviews.rules.book import Book, keywords_of, own_code
from alumni_portal.exit_interviews.rules.codebook import Words


@dataclass(frozen=True, kw_only=True)
class Description:
    """What stands about a code, in both languages."""

    name: Words
    definition: Words
    example: Words
    keywords: str = ""


def describe_reason(
    code: str | None,
    said: Description,
    *,
    by: Actor,
    theme: str | None = None,
    force: Force | None = None,
) -> str:
    """Describe a reason anew, or add one of HR's own when there is no code; return its code.

    A reason keeps its code, theme and force, so that figures can be compared. Raises NotFound for
    no such code, Refusal at the field for words that are missing or a name that another has.
    """
    book = queries.book()
    if code is not None and code not in book.reasons:
        raise NotFound
    _check(said, {c: one.name for c, one in book.reasons.items() if c != code})
    if code is None:
        if theme not in book.themes_in_use() or force is None:
            raise Refusal(_l("Välj ett tema."), field="theme")
        code = own_code(set(book.reasons))
    kept = db.session.get(CodeWording, code)
    if kept is None:
        kept = CodeWording(code=code, theme=theme, force=force, is_retired=False)
        kept.theme, kept.force = (None, None) if code in REASONS else (theme, force)
        db.session.add(kept)
    _write(kept, said, by)
    kept.keywords = " ".join(keywords_of(said.keywords))[:400]
    audit.record("exit_code.changed", by=by, subject=code)
    db.session.flush()
    return code


def describe_theme(code: str | None, said: Description, *, by: Actor) -> str:
    """Describe a theme anew, or add one of HR's own; return its code. Raises as for reasons."""
    book = queries.book()
    if code is not None and code not in book.themes:
        raise NotFound
    _check(said, {c: one.name for c, one in book.themes.items() if c != code})
    code = code or own_code(set(book.themes))
    kept = db.session.get(ThemeWording, code)
    if kept is None:
        kept = ThemeWording(code=code, is_retired=False)
        db.session.add(kept)
    _write(kept, said, by)
    audit.record("exit_theme.changed", by=by, subject=code)
    db.session.flush()
    return code


def _check(said: Description, others: dict[str, Words]) -> None:
    for field, words in (("name", said.name), ("definition", said.definition)):
        for ending, written in (("", words.sv), ("_en", words.en)):
            if not written.strip():
                raise Refusal(
                    _l("Namn och förklaring behövs på båda språken."), field=f"{field}{ending}"
                )
    for other in others.values():
        if said.name.sv.casefold() == other.sv.casefold():
            raise Refusal(_l("Det namnet finns redan."), field="name")
        if said.name.en.casefold() == other.en.casefold():
            raise Refusal(_l("Det namnet finns redan."), field="name_en")


def _write(kept: CodeWording | ThemeWording, said: Description, by: Actor) -> None:
    kept.name, kept.name_en = said.name.sv.strip()[:200], said.name.en.strip()[:200]
    kept.definition = said.definition.sv.strip()[:200]
    kept.definition_en = said.definition.en.strip()[:200]
    kept.example = said.example.sv.strip()[:200]
    kept.example_en = said.example.en.strip()[:200]
    kept.changed_by, kept.changed_at = by.ref, clock.now()


def retire_reason(code: str, *, by: Actor, retired: bool = True) -> None:
    """Let a reason be chosen no longer, or again. What was coded with it stays."""
    _reason_kept(code, queries.book(), by).is_retired = retired
    audit.record("exit_code.retired" if retired else "exit_code.restored", by=by, subject=code)
    db.session.flush()


def retire_theme(code: str, *, by: Actor, retired: bool = True) -> None:
    """Let a theme be chosen no longer, and none of its reasons, or all again."""
    book = queries.book()
    kept = db.session.get(ThemeWording, code)
    if kept is None:
        if code not in THEMES:
            raise NotFound
        one = book.themes[code]
        said = Description(name=one.name, definition=one.definition, example=one.example)
        describe_theme(code, said, by=by)
        kept = db.session.get_one(ThemeWording, code)
    kept.is_retired = retired
    audit.record("exit_theme.retired" if retired else "exit_theme.restored", by=by, subject=code)
    db.session.flush()


def _reason_kept(code: str, book: Book, by: Actor) -> CodeWording:
    kept = db.session.get(CodeWording, code)
    if kept is None:
        if code not in book.reasons:
            raise NotFound
        one = book.reasons[code]
        said = Description(
            name=one.name,
            definition=one.definition,
            example=one.example,
            keywords=" ".join(one.keywords),
        )
        describe_reason(code, said, by=by)
        kept = db.session.get_one(CodeWording, code)
    return kept


def delete_reason(code: str, *, by: Actor) -> None:
    """Delete a reason of HR's own that nobody has used.

    Raises NotFound for no such code, Refusal for a shipped or a used one: those are retired.
    """
    kept = db.session.get(CodeWording, code)
    if code in REASONS:
        raise Refusal(_l("Skälet hör till kodboken. Ta det ur bruk i stället."))
    if kept is None:
        raise NotFound
    if queries.is_reason_used(code):
        raise Refusal(_l("Skälet är använt. Ta det ur bruk i stället, så finns svaren kvar."))
    db.session.delete(kept)
    audit.record("exit_code.deleted", by=by, subject=code)
    db.session.flush()


def delete_theme(code: str, *, by: Actor) -> None:
    """Delete a theme of HR's own that no reason belongs to. Raises as `delete_reason`."""
    kept = db.session.get(ThemeWording, code)
    if code in THEMES:
        raise Refusal(_l("Temat hör till kodboken. Ta det ur bruk i stället."))
    if kept is None:
        raise NotFound
    if any(one.theme == code for one in queries.book().reasons.values()):
        raise Refusal(_l("Temat har skäl. Ta det ur bruk i stället."))
    db.session.delete(kept)
    audit.record("exit_theme.deleted", by=by, subject=code)
    db.session.flush()
