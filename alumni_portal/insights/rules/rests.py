"""What two cells leave over, one of them inside the other: it must not be known as all alike (A7).

The audit keeps groups of fewer than k closed. Those who are in the larger cell and not in the
smaller are k at least, and their answers follow from both figures as far as rounding lets them.
When they are fewer than 2k and all of them surely gave the same answer, the second of the two cells
is refused, in one release or from one to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from alumni_portal.insights.rules import measures, rounding
from alumni_portal.insights.rules.homogeneity import FEWEST
from alumni_portal.insights.rules.null_space import Flags

#: The fewest and the most that may stand behind a figure.
Range = tuple[int, int]
_LOWEST, _HIGHEST = 1, 5


def behind_share(share: float, people: int) -> Range:
    """Return how many of so many people may stand behind a published share.

    It is at least three, or nobody: other answers have no figure.
    """
    low, high = _range(round(share * 20), 20, people)
    return max(low, min(FEWEST, high)), people if share >= 1 else min(high, people)


def behind_mean(mean: float, people: int) -> Range:
    """Return which sums of answers from 1 to 5 may stand behind a published mean."""
    low, high = _range(round(mean * 10), 10, people)
    return max(low, _LOWEST * people), min(high, _HIGHEST * people)


def _range(figure: int, steps: int, people: int) -> Range:
    """Return what may have been counted when it was divided, rounded half up, to a whole step."""
    low = -(-(2 * figure - 1) * people // (2 * steps))
    high = -(-(2 * figure + 1) * people // (2 * steps)) - 1
    if people >= rounding.FEW:
        return low, high
    step = rounding.STEP_OF_FEW
    return -(-low // step) * step - step // 2, high // step * step + step // 2


@dataclass(frozen=True)
class _Seen:
    """A cell as a reader knows it, who knows who is in it."""

    people: int
    shares: Mapping[str, Range]
    mean: Range | None

    def most(self, measure: str) -> int:
        """Return how many at most gave an answer; of a hidden one, whom the others leave."""
        known = self.shares.get(measure)
        if known is not None:
            return known[1]
        if measure.startswith(f"{measures.COMMENTS}:"):
            return self.people  # somebody may write of several themes
        return self.people - sum(low for low, _high in self.shares.values())


def _seen(told: Mapping[str, float], people: int) -> _Seen:
    shares, mean = {}, None
    for measure, value in told.items():
        if measure == measures.RESPONSE_RATE:
            shares["silent"] = behind_share(1 - value, people) if value < 1 else (0, 0)
        elif measures.is_mean(measure):
            mean = behind_mean(value, people)
        else:
            shares[measure] = behind_share(value, people)
    return _Seen(people, shares, mean)


def _is_alike(larger: _Seen, smaller: _Seen) -> bool:
    """Say whether everybody in the one and not in the other surely gave the same answer."""
    rest = larger.people - smaller.people
    if larger.mean and smaller.mean:
        low, high = larger.mean[0] - smaller.mean[1], larger.mean[1] - smaller.mean[0]
        return high <= _LOWEST * rest or low >= _HIGHEST * rest
    return any(low - smaller.most(one) >= rest for one, (low, _high) in larger.shares.items())


@dataclass
class Rests:
    """The cells of one question that are shown; each new one is asked for what it would leave."""

    k: int
    _rows: list[Flags] = field(default_factory=list)
    _cells: list[_Seen] = field(default_factory=list)

    def add(self, row: Flags, told: Mapping[str, float]) -> None:
        """Note a cell that is shown: who is in it, and what is told of them."""
        if told:
            self._rows.append(row)
            self._cells.append(_seen(told, int(row.sum())))

    def takes(self, row: Flags, told: Mapping[str, float]) -> bool:
        """Say whether a cell leaves nobody over, with any other, who is known as alike."""
        new = _seen(told, int(row.sum()))
        near = [
            at
            for at, one in enumerate(self._cells)
            if 0 < abs(one.people - new.people) < 2 * self.k
        ]
        if not near or not told:
            return True
        both = (np.stack([self._rows[at] for at in near]) & row).sum(axis=1)
        for at, shared in zip(near, both.tolist(), strict=True):
            larger, smaller = sorted((self._cells[at], new), key=lambda one: -one.people)
            if shared == smaller.people and _is_alike(larger, smaller):
                return False
        return True
