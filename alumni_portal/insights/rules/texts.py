"""Words about what leavers said (A9)."""

from collections import Counter
from collections.abc import Collection, Iterable

#: So many people must stand behind a theme in words, with answers from so many different leavers.
COMMENTS_K, LEAVERS = 10, 3


def voiced(answers: Iterable[Collection[str]]) -> frozenset[str]:
    """Return the themes that the answers of at least three leavers name.

    Each of the answers is what one leaver has named in all interviews together (A1).
    """
    found = Counter(theme for named in answers for theme in set(named))
    return frozenset(theme for theme, leavers in found.items() if leavers >= LEAVERS)


def may_be_written(*, people: int, is_voiced: bool) -> bool:
    """Say whether HR may publish a theme in words.

    So many people at least stand behind the theme in a release, and it `is_voiced`: three leavers
    have named it in answers of their own.
    """
    return people >= COMMENTS_K and is_voiced


def may_be_split_by(table: str, *, depth: int = 0) -> bool:
    """Say whether a text may be about such a cell: the company or a division, nothing finer."""
    return table == "company" or (table == "unit" and depth == 1)
