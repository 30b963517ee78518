"""Whether a text is about one of those who would read it."""

from collections.abc import Iterable
from itertools import pairwise

from alumni_portal.core.text import normalise, words


def is_named(name: str, texts: Iterable[object]) -> bool:
    """Say whether somebody is named in a text: first and last name next to each other.

    In either order, with a genitive s or without. A first name alone says too little: it may be
    anybody's.
    """
    parts = normalise(name).split()
    if len(parts) < 2:
        return False
    first, last = parts[0], parts[-1]
    pairs = {(first, last), (first, last + "s"), (last, first), (last, first + "s")}
    for text in texts:
        written = words(text) if isinstance(text, str) else []
        if pairs & set(pairwise(written)):
            return True
    return False
