"""The joint audit: no cells of all releases together give away fewer than k people (A5, A6).

Rows are the member sets of cells, in this and all earlier releases; columns are atoms, people who
are in exactly the same cells. What a reader can work out by adding and subtracting cells is the row
space. The sum over a group of atoms is open when the group is orthogonal to the null space: when
its atoms' rows of the null space add to nothing. Two random mixtures of the null space modulo a
prime above 2^30 stand for those rows: both sums of an open group are zero, both sums of a closed
one with a chance of 2^-62. Part of an atom is never open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: A Mersenne prime: what lies above 31 bits is added back instead of divided.
PRIME = 2**31 - 1
_BITS = 31
_SEED = 20_260_928
#: Candidates are tried together, so many at first and at most, in so much memory.
_FEWEST, _MOST, _MEMORY = 4, 32, 200_000_000


def _mod(numbers: Whole) -> Whole:
    """Return numbers below 2^62 modulo the prime."""
    once = (numbers & PRIME) + (numbers >> _BITS)
    twice = (once & PRIME) + (once >> _BITS)
    return np.where(twice == PRIME, 0, twice)


@dataclass(frozen=True)
class _Space:
    """What the published rows span: each pivot atom written in the free atoms.

    `hashes` are the two random null vectors, one value per atom, kept up to date row by row.
    """

    hashes: Whole
    free: Whole
    pivots: Whole
    table: Whole

    @classmethod
    def empty(cls, atoms: int) -> "_Space":
        draw = np.random.default_rng(_SEED).integers(1, PRIME, size=(2, atoms), dtype=np.int64)
        none = np.empty(0, dtype=np.int64)
        return cls(draw, np.arange(atoms), none, np.empty((0, atoms), dtype=np.int64))

    def with_row(self, row: Flags) -> "_Space":
        """Return the space with one more published cell."""
        rest = row[self.free].astype(np.int64)
        taken = row[self.pivots]
        if taken.any():
            rest = (rest - self.table[taken].sum(axis=0)) % PRIME
        used = np.flatnonzero(rest)
        if not used.size:
            return self  # nothing that was not known before
        at = int(used[0])
        return self._turned(at, _mod(rest * pow(int(rest[at]), -1, PRIME)), used)

    def _turned(self, at: int, rest: Whole, used: Whole) -> "_Space":
        """Make the free atom at a place a pivot, written as `rest` says in the other free ones."""
        hashes, atom, others = self.hashes.copy(), self.free[at], used[1:]
        known = _mod(hashes[:, self.free[others]] * rest[others]).sum(axis=1)
        change = (-known - hashes[:, atom]) % PRIME
        hashes[:, atom] = (-known) % PRIME
        left = np.flatnonzero(np.arange(rest.size) != at)
        table = np.vstack([self.table[:, left], rest[left]])
        factor = self.table[:, at]
        touched = np.flatnonzero(factor)
        if touched.size:
            moved = self.pivots[touched]
            hashes[:, moved] = (
                hashes[:, moved] - _mod(change[:, None] * factor[None, touched])
            ) % PRIME
            below = np.ix_(touched, others - 1)
            change_below = _mod(factor[touched, None] * rest[None, others])
            table[below] = (table[below] - change_below) % PRIME
        return _Space(hashes, self.free[left], np.append(self.pivots, atom), table)


def open_group(hashes: Whole, sizes: Whole, k: int) -> tuple[int, ...] | None:
    """Return a group of fewer than k people, of at most four atoms, that can be worked out.

    Groups of one and two atoms are met as sums, then pairs are met in the middle: with one atom or
    with another pair whose sum is the opposite. One sort finds all of that.
    """
    small = np.flatnonzero(sizes < k)
    values, weights = hashes[:, small], sizes[small]
    left, right = np.triu_indices(small.size, 1)
    light = weights[left] + weights[right] < k
    left, right = left[light], right[light]
    sums = values[:, left] + values[:, right]
    sums -= PRIME * (sums >= PRIME)
    sums = np.hstack([values, sums])
    keys = (sums[0] << _BITS) | sums[1]
    gone = np.flatnonzero(keys == 0)
    number = np.arange(small.size)
    parts = np.hstack([np.vstack([number, number]), np.vstack([left, right])])
    if gone.size:
        return tuple(int(small[part]) for part in set(parts[:, gone[0]]))
    opposite = (PRIME - sums) % PRIME
    met = _met(keys, (opposite[0] << _BITS) | opposite[1])
    group = _disjoint(met, parts, weights, k)
    return tuple(map(int, small[group])) if group else None


def _met(keys: Whole, opposite: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Yield places in `keys` of sums and of their opposites, where both are among them."""
    same = np.minimum(keys, opposite)
    marked = (same << 1) | (keys != same)
    ordered = np.sort(marked)
    is_met = (ordered[1:] >> 1 == ordered[:-1] >> 1) & (ordered[1:] != ordered[:-1])
    for value in np.unique(ordered[1:][is_met] >> 1):
        yield np.flatnonzero(marked == value << 1), np.flatnonzero(marked == (value << 1) + 1)


def _disjoint(
    met: Iterable[tuple[Whole, Whole]], parts: Whole, weights: Whole, k: int
) -> list[int] | None:
    """Return the first light group of two opposite sums without an atom in common."""
    for run, against in met:
        for one, other in product(run, against):
            group = {*parts[:, one].tolist(), *parts[:, other].tolist()}
            apart = not set(parts[:, one].tolist()) & set(parts[:, other].tolist())
            if apart and sum(weights[list(group)]) < k:
                return sorted(group)
    return None


@dataclass
class JointAudit:
    """The audit of one question: what was published before, and what is a candidate now.

    `published` and `candidates` are rows of who is a member, over the same people.
    """

    published: Flags
    candidates: Flags
    k: int
    _space: _Space = field(init=False)
    _sizes: Whole = field(init=False)
    _rows: Flags = field(init=False)

    def __post_init__(self) -> None:
        published, people = self._connected()
        both = np.vstack([published, self.candidates])[:, people]
        packed = np.ascontiguousarray(np.packbits(both, axis=0).T)
        _unique, first, sizes = np.unique(packed, axis=0, return_index=True, return_counts=True)
        order = np.argsort(first)  # the order of people, whatever the bits say
        first, self._sizes = first[order], sizes[order].astype(np.int64)
        nobody = ~both[:, first].any(axis=0)
        first, self._sizes = first[~nobody], self._sizes[~nobody]
        self._rows = both[len(published) :, first]
        self._space = _Space.empty(first.size)
        for row in both[: len(published), first]:
            self._space = self._space.with_row(row)

    def _connected(self) -> tuple[Flags, Flags]:
        """Return the earlier cells and the people that candidates have anything to do with.

        Cells that share nobody, even by way of other cells, say nothing about each other.
        """
        people: Flags = np.any(self.candidates, axis=0)
        while True:
            rows = self.published[:, people].any(axis=1)
            further: Flags = people | np.any(self.published[rows], axis=0)
            if (further == people).all():
                return self.published[rows], people
            people = further

    def accepted(self) -> list[bool]:
        """Say of each candidate, in order, whether it may be shown.

        A candidate is refused when with all that came before it some group could be worked out.
        Adding cells never closes a group, so trying many at once gives what one by one would.
        """
        found: list[bool] = []
        together = _FEWEST
        while len(found) < len(self._rows):
            rows = self._rows[len(found) : len(found) + self._bounded(together)]
            good = self._add(rows)
            found += [True] * good
            together = min(2 * together, _MOST) if good == len(rows) else _FEWEST
            if good < len(rows):
                found.append(False)
        return found

    def _bounded(self, together: int) -> int:
        return max(1, min(together, _MEMORY // (self._space.table.nbytes + 1)))

    def _add(self, rows: Flags) -> int:
        """Add candidates until one would give somebody away; return how many were added."""
        steps = [self._space]
        for row in rows:
            steps.append(steps[-1].with_row(row))
        good = len(rows)
        while good and (group := open_group(steps[good].hashes, self._sizes, self.k)):
            good = self._closed_until(group, steps[: good + 1])
        self._space = steps[good]
        return good

    @staticmethod
    def _closed_until(group: tuple[int, ...], steps: list[_Space]) -> int:
        """Return the last step at which a group that is open in the end was still closed."""
        at = len(steps) - 1
        while at and not (steps[at].hashes[:, group].sum(axis=1) % PRIME).any():
            at -= 1
        return at
