"""The themes of the code book, by code, in the order of the book."""

from collections.abc import Mapping

from alumni_portal.core.text import lazy as _l

_NAMES: Mapping[str, object] = {
    "leadership": _l("Ledarskap"),
    "development": _l("Utveckling och karriär"),
    "pay": _l("Lön och förmåner"),
    "workload": _l("Arbetsbelastning"),
    "cooperation": _l("Samarbete och stämning"),
    "recognition": _l("Uppskattning"),
    "processes": _l("Arbetssätt och beslut"),
    "workplace": _l("Arbetsplats och verktyg"),
    "balance": _l("Arbete och fritid"),
    "private_life": _l("Livet utanför jobbet"),
}


def themes() -> list[tuple[str, object]]:
    """Return every theme as code and name, in the order of the book."""
    return list(_NAMES.items())


def theme_name(code: str) -> object:
    """Return what a theme is called; one that has left the book is called by its code."""
    return _NAMES.get(code, code)


def is_theme(code: str) -> bool:
    """Say whether the book has a theme."""
    return code in _NAMES
