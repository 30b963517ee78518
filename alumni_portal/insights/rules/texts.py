"""Words about what leavers said (A9)."""

#: So many people must stand behind a theme in words, with answers from so many different leavers.
COMMENTS_K, LEAVERS = 10, 3


def may_be_written(*, people: int, leavers: int) -> bool:
    """Say whether HR may publish a theme in words.

    `people` stand behind the theme in the release; `leavers` wrote answers that it is drawn from.
    """
    return people >= COMMENTS_K and leavers >= LEAVERS


def may_be_split_by(table: str, *, depth: int = 0) -> bool:
    """Say whether a text may be about such a cell: the company or a division, nothing finer."""
    return table == "company" or (table == "unit" and depth == 1)
