"""Which reasons a text may be about, by words that people have written into the code book."""

from collections.abc import Iterable
from dataclasses import dataclass

from alumni_portal.core.text import normalise, words
from alumni_portal.exit_interviews.rules.codebook import Reason


@dataclass(frozen=True)
class Suggestion:
    """A reason that a text may be about, and the words that say so."""

    code: str
    found: tuple[str, ...]


def suggestions(text: str, book: Iterable[Reason]) -> list[Suggestion]:
    """Return the reasons whose keywords begin a word of a text, most words first.

    Only a hint: nothing is coded until a person says so.
    """
    written = list(dict.fromkeys(words(text)))
    found = []
    for reason in book:
        keys = tuple(map(normalise, reason.keywords))
        hits = tuple(word for word in written if word.startswith(keys)) if keys else ()
        if hits:
            found.append(Suggestion(reason.code, hits))
    return sorted(found, key=lambda one: -len(one.found))
