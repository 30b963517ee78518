"""Reads about exit interviews. `release_rows` is for `insights.services.release` alone."""

from alumni_portal.exit_interviews.queries.break_glass import count_waiting as emergencies_waiting
from alumni_portal.exit_interviews.queries.codes import book, book_of_themes, reason_themes
from alumni_portal.exit_interviews.queries.coding import quotes_allowed
from alumni_portal.exit_interviews.queries.imports import survey_import, survey_imports
from alumni_portal.exit_interviews.queries.release_rows import (
    release_rows,
    release_tokens,
)
from alumni_portal.exit_interviews.rules import REASONS, THEMES, ReleaseRow

__all__ = [
    "REASONS",
    "THEMES",
    "ReleaseRow",
    "book",
    "book_of_themes",
    "emergencies_waiting",
    "quotes_allowed",
    "reason_themes",
    "release_rows",
    "release_tokens",
    "survey_import",
    "survey_imports",
]
