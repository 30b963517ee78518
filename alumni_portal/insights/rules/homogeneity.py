"""Answers that are nearly all the same give people away without any arithmetic (A7)."""

from collections.abc import Mapping

#: An answer is shown when so many gave it, or nobody.
FEWEST = 3


def may_be_alike(counts: Mapping[str, int], k: int) -> bool:
    """Say whether the answers may be told when all are the same: from 2k people on.

    Every question counts as sensitive: each is about the employer or somebody who works there.
    """
    given = [number for number in counts.values() if number]
    return len(given) > 1 or sum(given) >= 2 * k


def pooled(counts: Mapping[str, int], k: int) -> tuple[dict[str, int], frozenset[str]] | None:
    """Return the answers that may be shown and those that are pooled.

    Answers of one or two people are pooled, with the smallest of the others until the pool has two
    answers and three people. The pool has no figure of its own: with one, the others would be told
    more exactly. Nothing is returned when no answer is left to show, or when all are alike and too
    few.
    """
    if not may_be_alike(counts, k):
        return None
    rising = sorted((name for name in counts if counts[name]), key=lambda n: (counts[n], n))
    pool = [name for name in rising if counts[name] < FEWEST]
    left = rising[len(pool) :]
    while pool and left and (len(pool) < 2 or sum(counts[name] for name in pool) < FEWEST):
        pool.append(left.pop(0))
    if not left:
        return None
    hidden = frozenset(pool)
    return {name: number for name, number in counts.items() if name not in hidden}, hidden


def rest_may_be_known(rest: int, people: int, k: int) -> bool:
    """Say whether it may be known how many do not share an answer: three or more.

    None of them only from 2k people on.
    """
    return rest >= FEWEST or (not rest and people >= 2 * k)


def mean_may_be_shown(counts: Mapping[int, int], k: int) -> bool:
    """Say whether a mean may be told: nobody stands alone against all others.

    Whoever differs from the commonest answer are none (then from 2k people on) or at least three.
    """
    everybody = sum(counts.values())
    alike = max(counts.values(), default=0)
    return rest_may_be_known(everybody - alike, everybody, k)
