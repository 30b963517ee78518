"""The code book in use: what we ship, in HR's words, with HR's own reasons and themes."""

from collections.abc import Mapping
from dataclasses import dataclass

from alumni_portal.exit_interviews.rules.codebook import Reason, Theme


@dataclass(frozen=True, kw_only=True)
class Book:
    """All reasons and themes by code, and those that are chosen no longer."""

    reasons: Mapping[str, Reason]
    themes: Mapping[str, Theme]
    retired_reasons: frozenset[str] = frozenset()
    retired_themes: frozenset[str] = frozenset()

    def reasons_in_use(self) -> dict[str, Reason]:
        """Return the reasons that can be chosen now: neither they nor their theme is retired."""
        return {
            code: one
            for code, one in self.reasons.items()
            if code not in self.retired_reasons and one.theme not in self.retired_themes
        }

    def themes_in_use(self) -> dict[str, Theme]:
        """Return the themes that can be chosen now."""
        return {code: one for code, one in self.themes.items() if code not in self.retired_themes}


def keywords_of(typed: str) -> tuple[str, ...]:
    """Return the beginnings of words that were typed, apart by space, comma or semicolon."""
    apart = typed.replace(",", " ").replace(";", " ").lower().split()
    return tuple(dict.fromkeys(apart))


def own_code(taken: set[str]) -> str:
    """Return a code for a reason or theme of HR's own that nothing has."""
    number = 1
    while f"own_{number}" in taken:
        number += 1
    return f"own_{number}"
