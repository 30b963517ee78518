"""What is counted: questions, who answered them, and what a cell may say of it (A4, A7, A8)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from alumni_portal.insights.rules import homogeneity, rounding
from alumni_portal.insights.rules.column import Column, column
from alumni_portal.insights.rules.population import Counted
from alumni_portal.insights.rules.texts import COMMENTS_K

#: Questions that are not asked: how many left, and how many of them answered at all.
EXITS, ANSWERS = "exits", "answers"
RESPONSE_RATE = "response_rate"
#: What comments are about, as two coders agree: somebody may write of several themes.
COMMENTS = "comments"
_AND = "|"
THEMES, WOULD_RETURN, WOULD_RECOMMEND = "themes", "would_return", "would_recommend"
#: The parts of a scale from 0 to 10: name and lowest value, highest part first.
PARTS: Mapping[str, tuple[tuple[str, int], ...]] = {
    WOULD_RETURN: (("yes", 7), ("maybe", 4), ("no", 0)),
    WOULD_RECOMMEND: (("promoter", 9), ("passive", 7), ("detractor", 0)),
}
_HIGHEST = 5
_PULSE = "pulse_"


@dataclass(frozen=True)
class Told:
    """What a cell says of one question: values by measure, and the answers that were pooled.

    An answer that nobody gave is not told either: none looks like one or two (A4, A7).
    """

    values: dict[str, float] = field(default_factory=dict)
    pooled: frozenset[str] = frozenset()


def question_of(measure: str) -> str:
    """Return the question that a measure belongs to: `themes:pay` is about `themes`."""
    question = measure.partition(":")[0]
    return EXITS if question == RESPONSE_RATE else question


def parts_of(question: str) -> tuple[tuple[str, int], ...]:
    """Return the parts of a scale from 0 to 10, at the exit or months later; none of another."""
    return PARTS.get(question.removeprefix(_PULSE), ())


def is_mean(measure: str) -> bool:
    """Say whether a measure is the mean of a scale, and not a share or a number."""
    return ":" not in measure and measure not in {EXITS, ANSWERS, RESPONSE_RATE}


def replies(people: Sequence[Counted], theme_of: Mapping[str, str]) -> dict[str, Column]:
    """Return what people answered, by question, in the words that are counted.

    The theme is that of the reason named first: everybody has one, so shares make a whole.
    """
    rows = [person.row for person in people]
    silent = np.fromiter((not row.answered for row in rows), np.int64, len(rows))
    scales = [row.scales if row.answered else {} for row in rows]
    reasons = [row.reasons[0] if row.answered and row.reasons else "" for row in rows]
    coded = [_AND.join(sorted(row.coded)) if row.answered else "" for row in rows]
    found = {
        EXITS: Column(("answered", "silent"), silent),
        ANSWERS: Column(("answered",), silent),
        **{question: _parts(question, scales) for question in set().union(*scales)},
        THEMES: column([theme_of.get(reason, reason) for reason in reasons]),
        COMMENTS: column(coded),
    }
    return {q: said for q, said in found.items() if q == EXITS or said.is_said.any()}


def _parts(question: str, scales: Sequence[Mapping[str, int]]) -> Column:
    highest = 10 if parts_of(question) else _HIGHEST
    given = np.fromiter((one.get(question, -1) for one in scales), np.int64, len(scales))
    given[(given < 0) | (given > highest)] = highest + 1
    parts = [_part(question, value) for value in range(highest + 1)]
    said = column([part or "" for part in parts])
    return Column(said.words, np.append(said.of, len(said.words))[given])


def counts(question: str, given: Mapping[str, int]) -> dict[str, int]:
    """Return how many gave each answer; of comments, how many wrote of each theme."""
    if question != COMMENTS:
        return dict(given)
    themes: Counter[str] = Counter()
    for together, number in given.items():
        themes.update(dict.fromkeys(together.split(_AND), number))
    return dict(themes)


def fewest(question: str, k: int) -> int:
    """Return how many people there are at least behind a cell: of comments ten (A9)."""
    return max(k, COMMENTS_K) if question == COMMENTS else k


def named(person: Counted, theme_of: Mapping[str, str]) -> frozenset[str]:
    """Return every theme that a person has named: as a reason, first or not, or in comments."""
    if not person.row.answered:
        return frozenset()
    reasons = (theme_of.get(reason, reason) for reason in person.row.reasons)
    return frozenset(reasons) | frozenset(person.row.coded)


def _part(question: str, value: int) -> str | None:
    if parts := parts_of(question):
        return next(name for name, lowest in parts if value >= lowest)
    return str(value) if value else None


def told(question: str, counts: Mapping[str, int], people: int, k: int) -> Told | None:
    """Return what a cell of so many people says that passed the audit.

    Nothing is returned when answers are too alike, or no theme is in enough comments.
    """
    if question == EXITS:
        return _exits(counts, k)
    if question == ANSWERS:
        return Told()
    if question == COMMENTS:
        return _comments(counts, people, fewest(question, k))
    if question == THEMES or parts_of(question):
        return _shares(question, counts, k)
    return _mean(question, {int(value): number for value, number in counts.items()}, k)


def _mean(question: str, values: Mapping[int, int], k: int) -> Told | None:
    if not homogeneity.mean_may_be_shown(values, k):
        return None
    total = sum(value * number for value, number in values.items())
    return Told({question: rounding.mean(total, sum(values.values()))})


def _comments(counts: Mapping[str, int], people: int, k: int) -> Told | None:
    """Tell of themes that k comments are about (A9), and that not nearly all are about (A7)."""
    values = {
        f"{COMMENTS}:{theme}": rounding.share(number, people)
        for theme, number in sorted(counts.items())
        if number >= k and homogeneity.rest_may_be_known(people - number, people, k)
    }
    return Told(values) if values else None


def _exits(counts: Mapping[str, int], k: int) -> Told:
    """Tell the response rate only when nobody is silent, or at least k are (A4)."""
    silent, answered = counts.get("silent", 0), counts.get("answered", 0)
    if answered < k or 0 < silent < k:
        return Told()
    return Told({RESPONSE_RATE: round(1 - rounding.share(silent, silent + answered), 2)})


def _shares(question: str, counts: Mapping[str, int], k: int) -> Told | None:
    found = homogeneity.pooled(counts, k)
    if found is None:
        return None
    shown, hidden = found
    whole = sum(counts.values())
    values = {f"{question}:{name}": rounding.share(number, whole) for name, number in shown.items()}
    return Told(values, hidden)
