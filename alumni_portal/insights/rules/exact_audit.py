"""The joint audit of few cells for a large k: what comments are about (A5, A6, A9).

The same question as in `joint_audit`: does the sum of fewer than k people follow from the cells?
With ten people a group may have nine atoms, too many to look for among all. But here are few cells:
their row space can be written down, and that divides the search:

- A small group has no large atom in it. Only sums that are nothing on every large atom matter.
- Where those fall into parts that share no atom (two divisions, say), a group of two parts is a
  group in each of them. Each part is searched for itself.

A part that is too large to be searched completely counts as open: what cannot be searched is not
shown.
"""

from collections.abc import Iterator

import numpy as np

from alumni_portal.insights.rules.null_space import PRIME, Flags, Whole, modulo, random_vectors
from alumni_portal.insights.rules.open_groups import OpenGroups


class ExactAudit:
    """The audit of one question, one candidate after the other."""

    def __init__(self, published: Flags, k: int) -> None:
        """Begin with the cells that are published, as rows of who is a member."""
        self._rows, self._k = published, k

    def accepted(self, candidates: Flags) -> list[bool]:
        """Say of each candidate, in order, whether it may be shown beside those before it."""
        return [self._takes(row) for row in candidates]

    def _takes(self, row: Flags) -> bool:
        tried = np.vstack([self._rows, row])
        if is_any_open(tried, self._k):
            return False
        self._rows = tried
        return True


def is_any_open(cells: Flags, k: int) -> bool:
    """Say whether the sum of a group of fewer than k people follows from cells, or may do so."""
    people = cells[:, cells.any(axis=0)]
    atoms, sizes = np.unique(people, axis=1, return_counts=True)
    order = np.argsort(sizes < k, kind="stable")  # large ones first
    large = int((sizes >= k).sum())
    rows = _of_small_atoms(atoms[:, order], large)
    return any(_is_open(rows[part], sizes[order][large:], k) for part in _parts(rows))


def _of_small_atoms(cells: Flags, large: int) -> Whole:
    """Return the sums that are nothing on the large atoms, which come first, on the small ones."""
    left = cells.astype(np.int64)
    done = 0
    for column in range(left.shape[1]):
        able = done + np.flatnonzero(left[done:, column])
        if not able.size:
            continue
        left[[done, able[0]]] = left[[able[0], done]]
        left[done] = modulo(left[done] * pow(int(left[done, column]), -1, PRIME))
        others = np.arange(len(left)) != done
        less = modulo(left[others, column, None] * left[None, done])
        left[others] = (left[others] - less) % PRIME
        done += 1
    reduced = left[:done]
    return reduced[~reduced[:, :large].any(axis=1), large:]


def _parts(rows: Whole) -> Iterator[list[int]]:
    """Yield rows that have atoms in common, directly or by way of others, together."""
    waiting = set(range(len(rows)))
    while waiting:
        part = [waiting.pop()]
        atoms = rows[part[0]] != 0
        while near := [n for n in waiting if (atoms & (rows[n] != 0)).any()]:
            waiting.difference_update(near)
            part += near
            atoms |= (rows[near] != 0).any(axis=0)
        yield sorted(part)


def _is_open(rows: Whole, sizes: Whole, k: int) -> bool:
    """Say whether a part has an open group in it; rows are reduced."""
    inside = (rows != 0).any(axis=0)
    groups = OpenGroups(sizes[inside], k)
    return not groups.is_complete or groups.find(_blind_to(rows[:, inside])) is not None


def _blind_to(reduced: Whole) -> Whole:
    """Return two random vectors over all atoms that sum to nothing with every reduced row."""
    leading = (reduced != 0).argmax(axis=1)
    pair = random_vectors(2, reduced.shape[1])
    pair[:, leading] = 0
    for row, column in zip(reduced, leading, strict=True):
        sums = modulo(modulo(row[None] * pair).sum(axis=1))
        pair[:, column] = (PRIME - sums) % PRIME
    return pair
