"""Words as numbers: one for each person, so that they are counted all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Column:
    """Which of some words is said of each person; the number after the last means none."""

    words: tuple[str, ...]
    of: Numbers

    @property
    def is_said(self) -> NDArray[np.bool_]:
        """Say of each person whether there is a word."""
        return self.of < len(self.words)

    def read(self) -> list[str | None]:
        """Return the word of each person, or nothing."""
        known = [*self.words, None]
        return [known[number] for number in self.of.tolist()]


def column(said: Sequence[str], words: Iterable[str] | None = None) -> Column:
    """Return a column of what is said of each person: of some words only, or of all that are."""
    known = tuple(sorted(set(said) - {""}) if words is None else words)
    number = {word: at for at, word in enumerate(known)}
    none = len(known)
    return Column(known, np.fromiter((number.get(one, none) for one in said), np.int64, len(said)))
