"""What stands only for some: whether its marks belong together."""

import re

_MARK = re.compile(r"\{\{ ?([#^/])([a-z][a-z_]{0,39}) ?\}\}")


def loose_marks(text: str) -> list[str]:
    """Return the marks of conditions that open nothing or close nothing: they would be read.

    A part is closed by its own name, the part inside before the one around it.
    """
    opened: list[re.Match[str]] = []
    loose: list[str] = []
    for found in _MARK.finditer(text):
        kind, name = found.groups()
        if kind != "/":
            opened.append(found)
        elif opened and opened[-1][2] == name:
            opened.pop()
        else:
            loose.append(found[0])
    return [*loose, *(one[0] for one in opened)]
