"""Find the row of headings under titles and blank lines, and give each column its own name."""

import re
from collections import Counter
from collections.abc import Sequence

#: Headings are looked for in the first rows only.
SEARCHED = 30

_VALUE = re.compile(
    r"\S+@\S+\.\S+|\d[\d .,/:+-]*|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|\+?\d[\d ()/-]{5,}|[=-]+"
)


def heading_index(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows holds the headings, or None when none does.

    Titles stand in few cells; headings fill as many as the rows below, are all different and
    hold no addresses, dates or numbers.
    """
    width = _usual_width(rows)
    for index, cells in enumerate(rows[:SEARCHED]):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) >= max(2, (width + 1) // 2):
            return index if _are_headings(filled) else None
    return None


def unique_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the headings trimmed and all different.

    A repeated one gets a number, an empty one the letter that a spreadsheet shows.
    """
    names: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        wanted = " ".join(cell.split())[:120] or f"({column_letter(index)})"
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted} ({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def column_letter(index: int) -> str:
    """Return the letter of a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(sum(1 for cell in cells if cell.strip()) for cells in rows)
    widths.pop(0, None)
    return max(widths, key=lambda width: (widths[width] * width, width), default=0)


def _are_headings(filled: Sequence[str]) -> bool:
    values = sum(1 for cell in filled if _VALUE.fullmatch(cell))
    distinct = len({cell.casefold() for cell in filled})
    return 4 * values <= len(filled) and 2 * distinct > len(filled)
