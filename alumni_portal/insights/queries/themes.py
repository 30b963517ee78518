"""The themes of the code book, by code, in the order of the book."""

from alumni_portal.core import language
from alumni_portal.exit_interviews.models import THEMES


def themes() -> list[tuple[str, str]]:
    """Return every theme as code and name in the reader's language, in the order of the book."""
    spoken = language.current()
    return [(code, theme.name.of(spoken)) for code, theme in THEMES.items()]


def theme_name(code: str) -> str:
    """Return what a theme is called; one that has left the book is called by its code."""
    theme = THEMES.get(code)
    return theme.name.of(language.current()) if theme else code


def is_theme(code: str) -> bool:
    """Say whether the book has a theme."""
    return code in THEMES
