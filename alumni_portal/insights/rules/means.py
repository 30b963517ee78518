"""Whether the mean of a scale has changed: from published means alone, which have no spread (A8).

How far answers lie apart is never published. But a mean bounds it: answers from 1 to 5 with mean m
vary by at most (m-1)(5-m) (Bhatia and Davis, Am. Math. Monthly 107, 2000, 353-357). The interval of
a difference takes that bound, at the worst end of the rounding, so it is never too narrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from alumni_portal.insights.rules.effects import Interval, Z, fewest, half_step
from alumni_portal.insights.rules.rounding import MEAN_STEP
from alumni_portal.insights.rules.several import chance, holm

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Mean:
    """A published mean: rounded to a tenth, of about so many people."""

    value: float
    n: int


@dataclass(frozen=True)
class MeanChange:
    """A mean before and after, the interval of the difference, and whether it stands."""

    before: Mean
    after: Mean
    difference: Interval
    stands: bool = False

    @property
    def direction(self) -> int:
        """Return 1 when more agree than before, -1 when fewer do, 0 when chance may do it."""
        if not self.stands:
            return 0
        return 1 if self.difference.low > 0 else -1 if self.difference.high < 0 else 0


def widest_variance(mean: Mean) -> float:
    """Return how much answers can vary at most around any mean that rounds to this one."""
    half = half_step(mean.n, MEAN_STEP)
    ends = (mean.value - half, mean.value + half)
    middle = (LOWEST + HIGHEST) / 2
    worst = min(max(middle, ends[0]), ends[1])
    return max((worst - LOWEST) * (HIGHEST - worst), 0.0)


def difference(before: Mean, after: Mean, *, z: float = Z) -> Interval:
    """Return the interval of the difference (after minus before)."""
    spread = widest_variance(before) / fewest(before.n) + widest_variance(after) / fewest(after.n)
    rounded = half_step(before.n, MEAN_STEP) + half_step(after.n, MEAN_STEP)
    reach = z * sqrt(spread) + rounded
    return Interval(after.value - before.value - reach, after.value - before.value + reach)


def changes(pairs: Mapping[str, tuple[Mean, Mean]]) -> dict[str, MeanChange]:
    """Return what changed in each of several scales (before, after), told from chance together."""

    def chance_of(before: Mean, after: Mean) -> float:
        return chance(lambda z: difference(before, after, z=z))

    standing = holm({name: chance_of(*pair) for name, pair in pairs.items()})
    return {
        name: MeanChange(*pair, difference(*pair), name in standing) for name, pair in pairs.items()
    }
