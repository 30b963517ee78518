"""The themes of the code book, by code, in the order of the book; HR's own are among them."""

from alumni_portal.core import language
from alumni_portal.core.asking import once_per_page
from alumni_portal.exit_interviews import queries as exits
from alumni_portal.exit_interviews.rules.book import Book


@once_per_page
def _book() -> Book:
    return exits.book()


def themes() -> list[tuple[str, str]]:
    """Return every theme in use as code and name in the reader's language."""
    spoken, book = language.current(), _book()
    return [
        (code, theme.name.of(spoken))
        for code, theme in book.themes.items()
        if code not in book.retired_themes
    ]


def theme_name(code: str) -> str:
    """Return what a theme is called; one that was never in the book is called by its code."""
    theme = _book().themes.get(code)
    return theme.name.of(language.current()) if theme else code


def is_theme(code: str) -> bool:
    """Say whether the book has a theme."""
    return code in _book().themes
