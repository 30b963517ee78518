"""Compare a heading with the words that HR systems use for a field."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from alumni_portal.core.text import words
from alumni_portal.offboarding.rules.vocabulary import LABELS, SAID

#: From here on a heading is taken at its word.
SURE = 0.95
#: Words that differ more are other words.
_NEAR = 0.8


@lru_cache(maxsize=8192)
def likeness(key: str, heading: str) -> float:
    """Return how much a heading speaks for a field, from 0 to 1.

    1: the very words. Less: nearly the words, the words among others, or inside a compound.
    """
    said = words(heading)
    if not said:
        return 0.0
    return max((_alike(tuple(said), known) for known in _known(key)), default=0.0)


@lru_cache(maxsize=64)
def _known(key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(_phrases(key)))


def _phrases(key: str) -> Iterator[tuple[str, ...]]:
    yield tuple(words(key))
    for label in LABELS[key]:
        yield tuple(words(label))
    for phrase in SAID[key].split("|"):
        yield tuple(phrase.split())


def _alike(said: tuple[str, ...], known: tuple[str, ...]) -> float:
    joined, other = "".join(said), "".join(known)
    if joined == other:
        return 1.0
    if len(other) >= 4 and set(known) <= set(said):
        return 0.55 + 0.4 * len(other) / len(joined)
    if len(other) >= 5 and (joined.startswith(other) or joined.endswith(other)):
        return 0.5 + 0.4 * len(other) / len(joined)
    if min(len(joined), len(other)) < 6:
        return 0.0
    return _nearly(joined, other)


def _nearly(joined: str, other: str) -> float:
    if not 0.6 <= len(joined) / len(other) <= 1.67:
        return 0.0
    matcher = SequenceMatcher(None, joined, other, autojunk=False)
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0.0
    ratio = matcher.ratio()
    return 0.45 + 2.5 * (ratio - _NEAR) if ratio >= _NEAR else 0.0
