"""Finding a group of fewer than k people whose sum two blind vectors know: it is open."""

from math import comb

import numpy as np
from numpy.typing import NDArray

from alumni_portal.insights.rules.null_space import PRIME, Whole

#: A sum below the prime, and two of them in one number.
Half = NDArray[np.uint32]
Packed = NDArray[np.uint64]
#: The atoms of sums, by place: a column for each sum.
Parts = NDArray[np.int32]
_HALF = np.uint64(32)
_PRIME = np.uint32(PRIME)
#: Sums of two atoms are always looked at; of more, while they name no more atoms than this.
_PLAIN = 2
_MOST_ATOMS = 30_000_000


class OpenGroups:
    """The search for open groups of a few atoms; what does not change is kept.

    Atoms are people who are in exactly the same cells, `sizes` says how many. Sums of half as many
    atoms as a group can have are met with each other in the middle: two of them that are each
    other's opposite are a group. For k = 5 sums of two atoms find all groups there are. For a
    larger k longer sums are needed; where they are too many, some groups are not looked for, and
    the search is not complete. One of a group's two sums sieves, both decide.
    """

    def __init__(self, sizes: Whole, k: int) -> None:
        self._k = k
        self._small = np.flatnonzero(sizes < k)
        half = _half(sizes, k)
        #: Whether every group of fewer than k people would be found.
        self.is_complete = is_complete(sizes, k)
        weights = np.append(sizes[self._small], 0)  # and one that stands for nobody
        self._parts, weights = _sums_of(weights, k, half)
        order = np.argsort(weights, kind="stable")
        self._parts, self._weights = self._parts[:, order], weights[order]
        #: So many sums are light enough to be met by one more.
        self._meeting = int((weights < k - 1).sum())

    def find(self, pair: Whole) -> tuple[int, ...] | None:
        """Return the atoms of an open group of fewer than k people, if there is one.

        `pair` are two random blind vectors over all atoms, values below the prime.
        """
        upper, lower = np.pad(pair[:, self._small], ((0, 0), (0, 1))).astype(np.uint32)
        low = _sum(lower, self._parts)
        gone = np.flatnonzero(low == 0)
        gone = gone[_sum(upper, self._parts[:, gone]) == 0]
        if gone.size:
            return self._atoms(int(gone[0]))
        kept = _perhaps_met(low[: self._meeting])
        high = _sum(upper, self._parts[:, kept])
        first, second = (kept[some] for some in _met(_packed(high, low[kept])))
        light = self._weights[first] + self._weights[second] < self._k
        found = np.flatnonzero(light & self._apart(first, second))
        if not found.size:
            return None
        at = int(found[0])
        return self._atoms(int(first[at]), int(second[at]))

    def _apart(self, first: Whole, second: Whole) -> NDArray[np.bool_]:
        """Say which sums that met have no atom in common."""
        nobody = self._small.size
        apart = np.ones(first.size, dtype=np.bool_)
        for one in self._parts[:, first]:
            for other in self._parts[:, second]:
                apart &= (one != other) | (one == nobody)
        return apart

    def _atoms(self, *numbers: int) -> tuple[int, ...]:
        parts = np.unique(self._parts[:, numbers])
        return tuple(self._small[parts[parts < self._small.size]].tolist())


def is_complete(sizes: Whole, k: int) -> bool:
    """Say whether every group of fewer than k people in such atoms would be found."""
    return 2 * _half(sizes, k) >= _longest(sizes, k)


def _longest(sizes: Whole, k: int) -> int:
    """Return how many atoms a group can have: of the smallest, as many as are fewer than k."""
    return int((np.cumsum(np.sort(sizes[sizes < k])) < k).sum())


def _half(sizes: Whole, k: int) -> int:
    return _reachable(int((sizes < k).sum()), -(-_longest(sizes, k) // 2))


def _reachable(atoms: int, half: int) -> int:
    """Return how many atoms a sum may have, so that sums are not too many."""
    while half > _PLAIN and half * comb(atoms, half) > _MOST_ATOMS:
        half -= 1
    return max(half, 1)


def _sums_of(weights: Whole, k: int, most: int) -> tuple[Parts, Whole]:
    """Return what light sums of so many atoms at most are made of, and how heavy they are.

    The last of the weights is nobody's and fills up sums of fewer atoms.
    """
    nobody = weights.size - 1
    found = [np.arange(nobody, dtype=np.int32)[None]]
    for _more in range(most - 1):
        longer = _longer(found[-1], nobody)
        found.append(longer[:, weights[longer].sum(axis=0) < k])
    parts = np.concatenate([_filled(one, most, nobody) for one in found], axis=1)
    return parts, weights[parts].sum(axis=0)


def _longer(parts: Parts, nobody: int) -> Parts:
    """Return every sum with one more atom, each once: atoms rise."""
    number = nobody - 1 - parts[-1]
    offset = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    repeated = np.repeat(parts, number, axis=1)
    return np.vstack([repeated, repeated[-1] + 1 + offset.astype(np.int32)])


def _filled(parts: Parts, most: int, nobody: int) -> Parts:
    """Return sums with nobody where they have fewer atoms than others."""
    rest = np.full((most - len(parts), parts.shape[1]), nobody, dtype=np.int32)
    return np.vstack([parts, rest])


def _sum(values: Half, parts: Parts) -> Half:
    """Return sums modulo the prime of the values that each is made of."""
    found: Half = values[parts[0]]  # a copy
    for part in parts[1:]:
        found += values[part]
        found -= np.where(found >= _PRIME, _PRIME, np.uint32(0))
    return found


def _packed(upper: Half, lower: Half) -> Packed:
    """Return two sums as one number."""
    return (upper.astype(np.uint64) << _HALF) | lower


def _opposite(sums: Half) -> Half:
    """Return what each number lacks to nothing."""
    return np.where(sums > 0, _PRIME - sums, np.uint32(0))


def _perhaps_met(sums: Half) -> Whole:
    """Return the places of sums whose opposite may be among them: a quick sieve, not a proof."""
    mask = np.uint32(2 ** max(10, (4 * sums.size).bit_length()) - 1)
    there = np.zeros(int(mask) + 1, dtype=np.bool_)
    there[sums & mask] = True
    return np.flatnonzero(there[_opposite(sums) & mask])


def _met(sums: Packed) -> tuple[Whole, Whole]:
    """Return the places of all pairs of numbers that are each other's opposite, each pair once."""
    halves = (sums >> _HALF).astype(np.uint32), sums.astype(np.uint32)
    opposite = _packed(*map(_opposite, halves))
    order = np.argsort(sums, kind="stable")
    ordered = sums[order]
    begin = np.searchsorted(ordered, opposite, side="left")
    is_met = np.flatnonzero(ordered[np.minimum(begin, sums.size - 1)] == opposite)
    begin, opposite = begin[is_met], opposite[is_met]
    number = np.searchsorted(ordered, opposite, side="right") - begin
    first = np.repeat(is_met, number)
    offset = np.arange(first.size) - np.repeat(np.cumsum(number) - number, number)
    second = order[np.repeat(begin, number) + offset]
    once = first < second
    return first[once], second[once]
