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
#: Up to this k a group has four atoms at most.
_PLAIN = 5
#: Sums of three atoms are looked at when there are no more of them than this.
_MOST_SUMS = 10_000_000


class OpenGroups:
    """The search for open groups of a few atoms; what does not change is kept.

    Atoms are people who are in exactly the same cells, `sizes` says how many. Sums of one and two
    atoms (and of three, when k is above five) are met with each other in the middle: two of them
    that are each other's opposite are a group. So groups of up to four atoms are found, which for
    k = 5 is all there are, and of up to six for a larger k, unless small atoms are more than some
    400: then it stays at four. One of a group's two sums sieves, both decide.
    """

    def __init__(self, sizes: Whole, k: int) -> None:
        self._k = k
        self._small = np.flatnonzero(sizes < k)
        weights = np.append(sizes[self._small], 0)  # and one that stands for nobody
        self._parts, weights = _sums_of(weights, k)
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


def _sums_of(weights: Whole, k: int) -> tuple[Parts, Whole]:
    """Return what light sums are made of, and how heavy they are.

    The last of the weights is nobody's and fills up sums of fewer atoms.
    """
    nobody = weights.size - 1
    left, right = np.triu_indices(nobody, 1)
    deep = k > _PLAIN and comb(nobody, 3) <= _MOST_SUMS
    nobodies = [nobody] * (3 if deep else 2)
    found = [_filled(nobodies, np.arange(nobody)), _filled(nobodies, left, right)]
    if deep:
        for first, start in enumerate(np.searchsorted(left, np.arange(nobody), side="right")):
            found.append(_filled([first] * 3, left[start:], right[start:]))
    parts = np.concatenate(found, axis=1)
    heavy = weights[parts].sum(axis=0)
    return parts[:, heavy < k], heavy[heavy < k]


def _filled(rest: list[int], *parts: Whole) -> Parts:
    """Return columns of atoms: those given, and what is said for the rest."""
    columns = np.empty((len(rest), parts[0].size), dtype=np.int32)
    for at, other in enumerate(rest):
        columns[at] = parts[at] if at < len(parts) else other
    return columns


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
