"""Reads about the code book: what we ship and what HR made of it."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import String, cast, select

from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    REASONS,
    THEMES,
    CodeWording,
    Coding,
    Force,
    GuideVersion,
    Reason,
    SurveyImport,
    Theme,
    ThemeWording,
)
from alumni_portal.exit_interviews.rules.book import Book, keywords_of
from alumni_portal.exit_interviews.rules.codebook import Words


@once_per_page
def book() -> Book:
    """Return the code book as it is now: shipped codes first, then HR's own."""
    themes = _themes()
    reasons = list(db.session.scalars(select(CodeWording).order_by(CodeWording.code)))
    return Book(
        reasons=dict(REASONS) | {one.code: _reason(one) for one in reasons},
        themes=dict(THEMES) | {one.code: _theme(one) for one in themes},
        retired_reasons=frozenset(one.code for one in reasons if one.is_retired),
        retired_themes=frozenset(one.code for one in themes if one.is_retired),
    )


@once_per_page
def _themes() -> list[ThemeWording]:
    return list(db.session.scalars(select(ThemeWording).order_by(ThemeWording.code)))


def book_of_themes() -> Mapping[str, tuple[Words, bool]]:
    """Return the name of every theme by code, and whether it is still in use."""
    kept = _themes()
    shipped = {code: (theme.name, True) for code, theme in THEMES.items()}
    return shipped | {one.code: (_theme(one).name, not one.is_retired) for one in kept}


def _theme(kept: ThemeWording) -> Theme:
    return Theme(
        code=kept.code,
        name=Words(kept.name, kept.name_en),
        definition=Words(kept.definition, kept.definition_en),
        example=Words(kept.example, kept.example_en),
    )


def _reason(kept: CodeWording) -> Reason:
    shipped = REASONS.get(kept.code)
    name, definition = Words(kept.name, kept.name_en), Words(kept.definition, kept.definition_en)
    if shipped is None:
        return Reason(
            code=kept.code,
            name=name,
            definition=definition,
            example=Words(kept.example, kept.example_en),
            force=kept.force or Force.PUSH,
            theme=kept.theme or "",
            keywords=keywords_of(kept.keywords or ""),
        )
    example = Words(kept.example or shipped.example.sv, kept.example_en or shipped.example.en)
    keywords = shipped.keywords if kept.keywords is None else keywords_of(kept.keywords)
    return replace(shipped, name=name, definition=definition, example=example, keywords=keywords)


def reason_themes() -> dict[str, str]:
    """Return the theme of each reason, also of those that are chosen no longer."""
    return {code: one.theme for code, one in book().reasons.items()}


def known_reasons() -> frozenset[str]:
    """Return the codes of all reasons, HR's own and those that are chosen no longer with them."""
    return frozenset(book().reasons)


def is_reason_used(code: str) -> bool:
    """Say whether a reason has been coded, was read from a file, or is or was asked in a guide."""
    quoted = f'"{code}"'
    coded = select(Coding.interview_id).where(
        cast(Coding.codes, String).contains(quoted, autoescape=True)
    )
    asked = select(GuideVersion.id).where(
        cast(GuideVersion.content, String).contains(quoted, autoescape=True)
    )
    read = select(SurveyImport.id).where(SurveyImport.mapping.contains(code, autoescape=True))
    return any(db.session.scalar(query.limit(1)) is not None for query in (coded, asked, read))
