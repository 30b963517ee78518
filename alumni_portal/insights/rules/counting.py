"""How many in each cell gave which answer: counted by columns, a table at a time (A1, A3)."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.column import Column, Numbers, column
from alumni_portal.insights.rules.null_space import Flags
from alumni_portal.insights.rules.population import (
    EXIT_TYPE,
    EXIT_TYPES,
    QUARTER,
    TABLES,
    TENURE,
    TENURES,
    UNIT,
    Counted,
    Place,
)


class Counting:
    """The people of a release as columns: which cells they are in, and what they answered."""

    def __init__(self, people: Sequence[Counted], theme_of: Mapping[str, str]) -> None:
        #: Question to what each person answered.
        self.replies = measures.replies(people, theme_of)
        #: Every cell that somebody is in, with its number.
        self.places: dict[Place, int] = {}
        dims = _dimensions(people)
        layers = [
            self._layer(table, columns, len(people))
            for table, names in TABLES.items()
            for columns in product(*(dims[name] for name in names))
        ]
        #: Cells that share nobody together: for each person which of them, or the one after all.
        self._layers = [np.where(layer < 0, len(self.places), layer) for layer in layers]

    def _layer(self, table: str, columns: Sequence[Column], people: int) -> Numbers:
        """Return in which cell of a table each person is; -1 for none."""
        keys = np.zeros(people, dtype=np.int64)
        for one in columns:
            keys = keys * (len(one.words) + 1) + one.of
        used, at = np.unique(keys, return_inverse=True)
        numbers = [self._number(table, columns, key) for key in used.tolist()]
        return np.array(numbers, dtype=np.int64)[at]

    def _number(self, table: str, columns: Sequence[Column], key: int) -> int:
        """Return the number of the cell that a key stands for, or -1 where a word is missing."""
        words: list[str] = []
        for one in reversed(columns):
            key, at = divmod(key, len(one.words) + 1)
            if at == len(one.words):
                return -1
            words.append(one.words[at])
        return self.places.setdefault(Place(table, tuple(reversed(words))), len(self.places))

    def counts(self, question: str) -> Numbers:
        """Return how many gave each answer, a row for each cell."""
        said = self.replies[question]
        width = len(said.words) + 1
        size = (len(self.places) + 1) * width
        found = np.zeros(size, dtype=np.int64)
        for layer in self._layers:
            found += np.bincount(layer * width + said.of, minlength=size)
        return found.reshape(-1, width)[:-1, :-1]

    def flags(self, places: Sequence[Place], question: str) -> Flags:
        """Return who is in some cells and answered a question, a row for each cell."""
        said = self.replies[question].is_said
        rows = np.zeros((len(places), said.size), dtype=np.bool_)
        of_row = np.full(len(self.places) + 1, len(places))
        of_row[[self.places[where] for where in places]] = np.arange(len(places))
        for layer in self._layers:
            row = of_row[layer]
            inside = np.flatnonzero((row < len(places)) & said)
            rows[row[inside], inside] = True
        return rows


def _dimensions(people: Sequence[Counted]) -> dict[str, list[Column]]:
    """Return the column of each dimension; of units one for each level."""
    paths = {path: at for at, path in enumerate(dict.fromkeys(one.units for one in people))}
    of = np.fromiter((paths[one.units] for one in people), np.int64, len(people))
    levels = [
        column([path[depth] if depth < len(path) else "" for path in paths])
        for depth in range(max(map(len, paths), default=0))
    ]
    rows = [one.row for one in people]
    return {
        UNIT: [Column(level.words, level.of[of]) for level in levels],
        TENURE: [column([row.tenure_band for row in rows], TENURES)],
        EXIT_TYPE: [column([row.exit_type for row in rows], EXIT_TYPES)],
        QUARTER: [column([one.quarter for one in people])],
    }
