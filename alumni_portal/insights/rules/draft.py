"""A whole release, worked out from rows and from what was published before (A2 to A8, A13)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from alumni_portal.insights.rules import measures, rounding
from alumni_portal.insights.rules.counting import Counting
from alumni_portal.insights.rules.exact_audit import ExactAudit
from alumni_portal.insights.rules.fingerprint import fingerprint
from alumni_portal.insights.rules.joint_audit import Group, JointAudit, searchable
from alumni_portal.insights.rules.null_space import Flags
from alumni_portal.insights.rules.population import (
    Counted,
    Leaver,
    Place,
    counted,
    divisions,
    in_order,
    is_broad,
)
from alumni_portal.insights.rules.rests import Rests
from alumni_portal.insights.rules.texts import voiced

#: The fewest people behind a figure; it may be raised, never lowered.
K = 5
#: As far as it may be raised: with more, groups have so many atoms that not all can be looked for.
HIGHEST_K = 7
#: Fewest people in what a manager sees of the own unit (A10).
MANAGER_K = 8


class Why(StrEnum):
    """Why a cell is shown or not; kept in the ledger, never published."""

    SHOWN = "shown"
    #: Fewer than k (A4).
    FEW = "few"
    #: With all cells before it, fewer than k people could be worked out (A5, A6).
    SOLVABLE = "solvable"
    #: The same for those who left, whatever they answered.
    PLACE = "place"
    #: Answers too alike (A7), or no theme that ten comments are about (A9).
    ALIKE = "alike"
    #: Other figures of the very same people are out: those stand, nobody compares the two (A6).
    CHANGED = "changed"


@dataclass(frozen=True)
class Past:
    """Cells of earlier releases: question to the tokens of each cell that was shown."""

    shown: Mapping[str, Sequence[frozenset[str]]] = field(default_factory=dict)
    #: Question to what is told of the people of each cell, the latest last.
    told: Mapping[str, Mapping[frozenset[str], Mapping[str, float]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What became of one candidate cell of one question."""

    where: Place
    question: str
    why: Why
    #: As it may be published; nothing for a cell that is not shown.
    n: int | None = None
    told: measures.Told = field(default_factory=measures.Told)
    #: Who is in the cell, as numbers in the draft's tokens; only of cells that were let through.
    members: tuple[int, ...] = ()
    #: The latest quarter in which somebody in it left, and whether a manager may see it (A10).
    newest: str = ""
    is_for_managers: bool = False


@dataclass(frozen=True)
class Draft:
    """A release before it is stored."""

    quarter: str
    k: int
    #: Hash of what went in, tokens left out: the same people under other tokens give the same.
    input_hash: str
    tokens: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    #: Themes that three leavers have named in their own answers (A9).
    voiced: frozenset[str] = frozenset()


def worked_out(
    rows: Iterable[Leaver],
    quarter: str,
    *,
    past: Past | None = None,
    theme_of: Mapping[str, str] | None = None,
    k: int = K,
) -> Draft:
    """Return the release of a quarter.

    Rows may come in any order and reach further back than the release does. Raises ValueError when
    k is below five, or too high for every group to be looked for.
    """
    if not K <= k <= HIGHEST_K:
        raise ValueError("k may be raised to seven, never lowered")
    rows = list(rows)
    people = counted(rows, quarter)
    counting = Counting(people, theme_of or {})
    imported = frozenset(row.token for row in rows if row.is_imported)
    work = _Work(people, counting, past or Past(), k, imported)
    return Draft(
        quarter,
        k,
        fingerprint(quarter, k, people, counting),
        tuple(person.token for person in people),
        tuple(work.verdicts()),
        voiced(measures.named(person, theme_of or {}) for person in people),
    )


class _Work:
    """The state of one release being worked out: the same for every question but its members."""

    def __init__(
        self,
        people: Sequence[Counted],
        counting: Counting,
        past: Past,
        k: int,
        imported: Collection[str],
    ) -> None:
        self._people, self._counting, self._past, self._k = people, counting, past, k
        self._divisions = divisions(people)
        self._audited: dict[bytes, list[bool]] = {}
        #: Groups that a place would have opened for an earlier question: suspects for the next.
        self._opened: dict[Place, set[Group]] = {}
        gone = sorted(
            {t for sets in past.shown.values() for cell in sets for t in cell}
            - {person.token for person in people}
        )
        everybody = [person.token for person in people] + gone
        self._columns = {token: number for number, token in enumerate(everybody)}
        #: Who is not in a file that a reader may have: what is left when they take theirs away.
        self._own = np.array([token not in imported for token in everybody], dtype=np.bool_)

    def verdicts(self) -> Iterable[Verdict]:
        """Yield what becomes of each cell: first of the places, then question by question.

        A place must pass with everybody who left counted, so that who kept silent stays unknown.
        """
        places: dict[Place, bool] = {}
        for verdict in self._question(measures.EXITS, set(self._counting.places)):
            places[verdict.where] = verdict.why is Why.SHOWN
            yield verdict
        open_ = {where for where, is_open in places.items() if is_open}
        for question in sorted(self._counting.replies.keys() - {measures.EXITS}):
            yield from self._question(question, open_)

    def _question(self, question: str, open_: set[Place]) -> Iterable[Verdict]:
        counts = self._counting.counts(question)
        people = counts.sum(axis=1).tolist()
        sizes = {
            where: people[number]
            for where, number in self._counting.places.items()
            if question != measures.COMMENTS or is_broad(where, self._divisions)
        }
        fewest = measures.fewest(question, self._k)
        order = in_order(sizes, self._divisions)
        asked = [where for where in order if sizes[where] >= fewest and where in open_]
        flags = self._counting.flags(asked, question)
        inside = dict(zip(asked, flags, strict=True))
        passed = dict(zip(asked, self._audit(question, asked, flags), strict=True))
        words, rests = self._counting.replies[question].words, self._rests(question)
        for where in order:
            if sizes[where] < fewest:
                yield Verdict(where, question, Why.FEW)
            elif where not in open_:
                yield Verdict(where, question, Why.PLACE)
            elif not passed[where]:
                yield Verdict(where, question, Why.SOLVABLE)
            else:
                row = counts[self._counting.places[where]].tolist()
                given = {word: number for word, number in zip(words, row, strict=True) if number}
                yield self._shown(where, question, given, inside[where], rests)

    def _audit(self, question: str, asked: Sequence[Place], inside: Flags) -> list[bool]:
        """Say of each candidate whether it may be shown: to all, and to who knows the imported."""
        published = self._flags(self._past.shown.get(question, ()))
        candidates = np.zeros((len(asked), len(self._columns)), dtype=np.bool_)
        candidates[:, : inside.shape[1]] = inside
        passed = np.arange(len(asked))
        for unknown in self._unknown():
            left = candidates[passed] & unknown
            people = left.sum(axis=1)
            enough = (people == 0) | (people >= measures.fewest(question, self._k))
            passed, left = passed[enough], left[enough]
            places = [asked[number] for number in passed.tolist()]
            passed = passed[self._accepted(question, places, published & unknown, left)]
        return np.isin(np.arange(len(asked)), passed).tolist()

    def _unknown(self) -> list[Flags]:
        """Return whom one kind of reader does not know already; the other kind knows nobody."""
        everybody = np.ones_like(self._own)
        is_mixed = self._own.any() and not self._own.all()
        return [self._own, everybody] if is_mixed else [everybody]

    def _accepted(
        self, question: str, asked: Sequence[Place], published: Flags, candidates: Flags
    ) -> list[bool]:
        if question == measures.COMMENTS:
            return ExactAudit(published, measures.fewest(question, self._k)).accepted(candidates)
        key = published.tobytes() + b"|" + candidates.tobytes()
        if key not in self._audited:  # questions that the same people answered share one audit
            suspects = [sorted(self._opened.get(where, ())) for where in asked]
            number = searchable(published, candidates, self._k)
            audit = JointAudit(published, candidates[:number], self._k, suspects)
            self._audited[key] = audit.accepted() + [False] * (len(asked) - number)
            for number, group in audit.opened.items():
                self._opened.setdefault(asked[number], set()).add(group)
        return self._audited[key]

    def _also_told(
        self, question: str, numbers: Sequence[int], told: measures.Told
    ) -> measures.Told | None:
        """Return what is left to tell when who knows the imported takes these away (A7)."""
        own = self._own[numbers]
        if own.all() or not own.any():
            return told
        said = self._counting.replies[question]
        words = [*said.words, ""]
        given = Counter(words[at] for at in said.of[np.array(numbers)[own]].tolist())
        alone = measures.told(question, measures.counts(question, given), int(own.sum()), self._k)
        if alone is None:
            return None
        values = {name: value for name, value in told.values.items() if name in alone.values}
        return replace(told, values=values)

    def _is_new(self, question: str, numbers: Sequence[int], told: measures.Told) -> bool:
        """Say whether no other figures of the very same people are out (A6)."""
        known = self._past.told.get(question, {})
        tokens = frozenset(self._people[number].token for number in numbers) if known else ()
        return known.get(frozenset(tokens), told.values) == told.values

    def _flags(self, cells: Sequence[frozenset[str]]) -> Flags:
        rows = np.zeros((len(cells), len(self._columns)), dtype=np.bool_)
        for row, tokens in zip(rows, cells, strict=True):
            row[[self._columns[token] for token in tokens]] = True
        return rows

    def _rests(self, question: str) -> Rests:
        """Return what earlier cells of a question tell, and of whom."""
        found, before = Rests(self._k), self._past.told.get(question, {})
        for row, told in zip(self._flags(list(before)), before.values(), strict=True):
            found.add(row, told)
        return found

    def _shown(
        self, where: Place, question: str, given: Mapping[str, int], inside: Flags, rests: Rests
    ) -> Verdict:
        """Return the cell with its figures, unless its answers are too alike."""
        numbers = np.flatnonzero(inside).tolist()
        told = measures.told(question, measures.counts(question, given), len(numbers), self._k)
        if told is not None:
            told = self._also_told(question, numbers, told)
        if told is None:
            return Verdict(where, question, Why.ALIKE)
        if not self._is_new(question, numbers, told):
            return Verdict(where, question, Why.CHANGED)
        row = np.pad(inside, (0, len(self._columns) - inside.size))
        if not rests.takes(row, told.values):
            return Verdict(where, question, Why.ALIKE)
        rests.add(row, told.values)
        return Verdict(
            where,
            question,
            Why.SHOWN,
            rounding.count(len(numbers)),
            told,
            tuple(numbers),
            max(self._people[n].quarter for n in numbers),
            len(numbers) >= max(self._k, MANAGER_K),
        )


def with_past(past: Past, draft: Draft) -> Past:
    """Return what was published before and with this draft."""
    shown = {question: list(cells) for question, cells in past.shown.items()}
    told = {question: dict(cells) for question, cells in past.told.items()}
    for verdict in draft.verdicts:
        if verdict.why is Why.SHOWN:
            tokens = frozenset(draft.tokens[number] for number in verdict.members)
            shown.setdefault(verdict.question, []).append(tokens)
            told.setdefault(verdict.question, {})[tokens] = verdict.told.values
    return Past(shown, told)
