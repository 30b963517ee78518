"""Many comparisons at once: which of them stand when chance has had as many tries.

Twelve themes compared at 95 per cent give a false alarm in almost every second release. Holm's
method (Scand. J. Stat. 6, 1979, 65-70) keeps the risk of even one at five per cent, whatever the
themes have to do with each other. The chance of one difference is where its own interval, the one
that is shown, would just reach nothing: it is worked out from published rounded values alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import erfc, sqrt

from alumni_portal.insights.rules.effects import Change, Interval, Share, change

#: The risk of even one false alarm among all that are compared at once.
LEVEL = 0.05
#: Beyond this many standard errors nothing is told apart any longer.
_FAR = 8.0
_HALVINGS = 40


def holm(chances: Mapping[str, float], level: float = LEVEL) -> frozenset[str]:
    """Return which of several comparisons stand, from the chance of each.

    The least likely must be below level/m, the next below level/(m-1), and so on; the first that
    is not, and all after it, do not stand.
    """
    standing: set[str] = set()
    for value in sorted(set(chances.values())):
        alike = {name for name in chances if chances[name] == value}
        if value * (len(chances) - len(standing)) > level:
            break
        standing |= alike
    return frozenset(standing)


def chance(interval_at: Callable[[float], Interval]) -> float:
    """Return how likely chance alone gives a difference, two-sided, from its interval by width.

    `interval_at` gives the interval that is so many standard errors wide to either side.
    """
    if _holds_nothing(interval_at(0)):
        return 1.0
    near, far = 0.0, _FAR
    for _halving in range(_HALVINGS):
        middle = (near + far) / 2
        near, far = (near, middle) if _holds_nothing(interval_at(middle)) else (middle, far)
    return erfc(near / sqrt(2))


def _holds_nothing(found: Interval) -> bool:
    return found.low <= 0 <= found.high


def changes(pairs: Mapping[str, tuple[Share, Share]]) -> dict[str, Change]:
    """Return what changed in each of several pairs (before, after), told from chance together."""
    standing = holm({name: _chance(*pair) for name, pair in pairs.items()})
    return {name: replace(change(*pair), stands=name in standing) for name, pair in pairs.items()}


def _chance(before: Share, after: Share) -> float:
    return chance(lambda z: change(before, after, z=z).difference)
