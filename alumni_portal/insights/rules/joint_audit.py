"""The joint audit: no cells of all releases together give away fewer than k people (A5, A6).

Rows are the member sets of cells, in this and all earlier releases; columns are atoms, people who
are in exactly the same cells. What a reader can work out by adding and subtracting cells is the row
space. A group of atoms is open when its sum can be worked out so: when each vector that is blind to
the cells (`null_space`) sums to nothing over it. Two random ones stand for all of them. Part of an
atom is never open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from alumni_portal.insights.rules.null_space import (
    PRIME,
    Flags,
    Whole,
    blind_to,
    blind_to_row,
    modulo,
    random_vectors,
)
from alumni_portal.insights.rules.open_groups import OpenGroups, is_complete

#: Candidates are tried together, so many at first and at most.
_FEWEST, _MOST = 4, 32
#: The vectors that judge, and one more to make them blind to a candidate that is looked at.
_JUDGES = 2

#: People, as columns.
Group = tuple[int, ...]


@dataclass
class _Tried:
    """Candidates tried together: how each fared, and the vectors before and after each addition."""

    vectors: list[Whole]
    verdicts: list[bool] = field(default_factory=list)
    added: list[int] = field(default_factory=list)

    def add(self, row: Flags) -> None:
        self.added.append(len(self.verdicts))
        self.verdicts.append(True)
        self.vectors.append(blind_to_row(self.vectors[-1], row))


def searchable(published: Flags, candidates: Flags, k: int) -> int:
    """Return how many of the candidates, from the first on, can be searched completely.

    More cells make more and smaller atoms. For k = 5 all groups are looked for among any number of
    them; for a larger k the last tables are given up, so that nothing shown goes unsearched.
    """
    fewest, most = 0, len(candidates)
    while fewest < most:
        number = most if fewest == 0 and most == len(candidates) else (fewest + most + 1) // 2
        both = np.vstack([published, candidates[:number]])
        people = both[:, both.any(axis=0)]
        _atoms, sizes = np.unique(np.packbits(people, axis=0), axis=1, return_counts=True)
        if is_complete(sizes, k):
            fewest = number
        else:
            most = number - 1
    return fewest


def _two(vectors: Whole) -> Whole:
    """Return two vectors to judge by; where none are left, everything is known."""
    missing = max(0, _JUDGES - len(vectors))
    return np.vstack([vectors[:_JUDGES], np.zeros((missing, vectors.shape[1]), dtype=np.int64)])


class JointAudit:
    """The audit of one question: what was published before, and what is a candidate now.

    `published` and `candidates` are rows of who is a member, over the same people. `suspects` are
    groups of people, by candidate, that similar cells would have opened: of another question, say.
    Whether they are open here is worked out here; they spare the search for a group.
    """

    def __init__(
        self,
        published: Flags,
        candidates: Flags,
        k: int,
        suspects: Sequence[Iterable[Group]] = (),
    ) -> None:
        #: The group that each refused candidate would have opened.
        self.opened: dict[int, Group] = {}
        self._k = k
        self._suspects = suspects
        published, people = _connected(published, candidates)
        both = np.vstack([published, candidates])[:, people]
        self._take_atoms(both, np.flatnonzero(people), people.size)
        rows = np.unique(both[: len(published), self._first], axis=0)
        self._rows = both[len(published) :, self._first]
        atoms = self._sizes.size
        number = min(len(rows) + len(self._rows) + _JUDGES, atoms)
        self._vectors = blind_to(random_vectors(number, atoms), rows)
        self._groups = OpenGroups(self._sizes, k)
        #: Candidates that are shown, and that not all vectors are blind to yet.
        self._waiting: list[int] = []
        #: All cells shown so far, with how many people are in each, and how many cells that are.
        self._cells = np.zeros((len(rows) + len(self._rows), atoms), dtype=np.float32)
        self._people = np.zeros(len(self._cells), dtype=np.float32)
        self._shown = 0
        for row in rows:
            self._show(row)

    def _take_atoms(self, both: Flags, people: Whole, everybody: int) -> None:
        """Find people who are in exactly the same cells; who is in none is left out."""
        packed = np.ascontiguousarray(np.packbits(both, axis=0).T)
        _unique, first, inverse, sizes = np.unique(
            packed, axis=0, return_index=True, return_inverse=True, return_counts=True
        )
        order = np.argsort(first)  # the order of people, whatever the bits say
        order = order[both[:, first[order]].any(axis=0)]
        place = np.full(first.size, -1)
        place[order] = np.arange(order.size)
        self._first, self._sizes = first[order], sizes[order].astype(np.int64)
        self._atom_of = np.full(everybody, -1)
        self._atom_of[people] = place[inverse.reshape(-1)]

    def accepted(self) -> list[bool]:
        """Say of each candidate, in order, whether it may be shown.

        A candidate is refused when with all that came before it some group could be worked out.
        Adding cells never closes a group, so trying many at once gives what one by one would.
        """
        found: list[bool] = []
        together, vectors = _FEWEST, self._some()
        while len(found) < len(self._rows):
            tried = self._tried(len(found), together, vectors)
            good = self._good(tried, len(found))
            if good < len(tried.added):
                kept = [*tried.verdicts[: tried.added[good]], False]
                together = max(together // 2, _FEWEST)
            else:
                kept = tried.verdicts
                together = min(2 * together, _MOST)
            self._waiting += [len(found) + at for at in tried.added[:good]]
            self._shown += good - len(tried.added)
            vectors = tried.vectors[good]
            found += kept
            if len(vectors) <= together + _JUDGES:
                vectors = self._some()
        return found

    def _some(self) -> Whole:
        """Return a few of the vectors, made blind to all that is shown so far.

        All of them need to be only now and then: few are enough to judge by.
        """
        shown, self._waiting = self._rows[self._waiting], []
        self._vectors = blind_to(self._vectors, shown)
        return self._vectors[: 2 * _MOST + _JUDGES + 1]

    def _tried(self, start: int, together: int, vectors: Whole) -> _Tried:
        """Add candidates to a few vectors, those left out that are seen through at once."""
        tried = _Tried([vectors])
        for number in range(start, len(self._rows)):
            group = self._difference(number) or self._opened_by(number, tried.vectors[-1])
            if group:
                self.opened[number] = group
                tried.verdicts.append(False)
            elif len(tried.added) < together:
                tried.add(self._rows[number])
                self._show(self._rows[number])
            else:
                break
        return tried

    def _show(self, row: Flags) -> None:
        self._cells[self._shown] = row
        self._people[self._shown] = self._sizes[row].sum()
        self._shown += 1

    def _difference(self, number: int) -> Group | None:
        """Return the few people that lie between a candidate and a cell that is shown."""
        row = self._rows[number]
        cells, people = self._cells[: self._shown], self._people[: self._shown]
        both = cells @ (self._sizes * row).astype(np.float32)
        less, more = self._sizes[row].sum() - both, people - both
        close = ((more == 0) & (less > 0) & (less < self._k)) | (
            (less == 0) & (more > 0) & (more < self._k)
        )
        at = np.flatnonzero(close)
        if not at.size:
            return None
        return self._people_of(tuple(np.flatnonzero(cells[at[0]].astype(bool) ^ row).tolist()))

    def _good(self, tried: _Tried, start: int) -> int:
        """Return how many of the candidates added may be shown: all before the first that opens."""
        good = len(tried.added)
        while good:
            atoms = self._groups.find(_two(tried.vectors[good]))
            if atoms is None:
                break
            while good and _is_open(_two(tried.vectors[good]), atoms):
                good -= 1
            self.opened[start + tried.added[good]] = self._people_of(atoms)
        return good

    def _opened_by(self, number: int, vectors: Whole) -> Group | None:
        """Return a suspected group that a candidate would open.

        With the candidate its sum is known when it is, for all blind vectors, the same multiple of
        the candidate's.
        """
        suspects = self._suspects[number] if number < len(self._suspects) else ()
        some = vectors[: _JUDGES + 1]
        whole = modulo(some[:, self._rows[number]].sum(axis=1)).tolist() if suspects else []
        if not any(whole) or len(some) <= _JUDGES:
            return None
        for group in suspects:
            sums = some[:, self._atoms_of(group)].sum(axis=1).tolist()
            if any(sums) and not any(
                (sums[one] * whole[-1] - sums[-1] * whole[one]) % PRIME for one in range(_JUDGES)
            ):
                return group
        return None

    def _atoms_of(self, group: Group) -> Whole:
        """Return the atoms of a group, or none when it holds a part of one or is large enough."""
        found = self._atom_of[list(group)]
        atoms, people = np.unique(found[found >= 0], return_counts=True)
        whole = (self._sizes[atoms] == people).all() and people.sum() < self._k
        return atoms if whole else atoms[:0]

    def _people_of(self, atoms: tuple[int, ...]) -> Group:
        return tuple(np.flatnonzero(np.isin(self._atom_of, atoms)).tolist())


def _is_open(judges: Whole, atoms: tuple[int, ...]) -> bool:
    return not (judges[:, atoms].sum(axis=1) % PRIME).any()


def _connected(published: Flags, candidates: Flags) -> tuple[Flags, Flags]:
    """Return the earlier cells and the people that candidates have anything to do with.

    Cells that share nobody, even by way of other cells, say nothing about each other.
    """
    people: Flags = np.any(candidates, axis=0)
    while True:
        rows = published[:, people].any(axis=1)
        further: Flags = people | np.any(published[rows], axis=0)
        if (further == people).all():
            return published[rows], people
        people = further
