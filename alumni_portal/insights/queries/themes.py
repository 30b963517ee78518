"""The themes of the code book, by code, in the order of the book; HR's own are among them."""

from alumni_portal.core import language
from alumni_portal.core.asking import once_per_page
from alumni_portal.exit_interviews import queries as exits

_book = once_per_page(exits.book_of_themes)


def themes() -> list[tuple[str, str]]:
    """Return every theme in use as code and name in the reader's language."""
    spoken = language.current()
    return [(code, name.of(spoken)) for code, (name, in_use) in _book().items() if in_use]


def theme_name(code: str) -> str:
    """Return what a theme is called; one that was never in the book is called by its code."""
    found = _book().get(code)
    return found[0].of(language.current()) if found else code


def is_theme(code: str) -> bool:
    """Say whether the book has a theme."""
    return code in _book()
