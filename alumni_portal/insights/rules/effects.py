"""What became of a theme after an action: from published values only, widened for rounding.

Nothing here sees a number that is not on a page already, so the answer gives nothing back. The
interval of one share is Wilson's (J. Am. Stat. Ass. 22, 1927), that of a difference Newcombe's
hybrid score interval (Stat. Med. 17, 1998, method 10), each at the worst end of the rounding.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from alumni_portal.insights.rules.rounding import FEW, SHARE_STEP

#: A number of people is published to the nearest five: up to two fewer may stand behind it.
ABOUT = 2
#: Two-sided 95 per cent.
Z = 1.959964


class Verdict(StrEnum):
    """What can be said about a theme since an action was closed."""

    FEWER = "fewer"
    MORE = "more"
    SAME = "same"
    #: Nothing later is published yet.
    NOT_YET = "not_yet"
    #: One of the two sides is hidden: too few answers.
    TOO_FEW = "too_few"
    #: Nothing from before the action is published.
    NO_BEFORE = "no_before"
    #: The action was given up.
    NOTHING = "nothing"
    #: It is about one unit, which this reader may not see (A10).
    FOR_HR = "for_hr"


@dataclass(frozen=True)
class Share:
    """A published share: rounded to five points, of about so many people."""

    share: float
    n: int

    @property
    def fewest(self) -> int:
        """Return how many people there are at least behind the share itself."""
        return ceil(fewest(self.n) * ends(self)[0])


@dataclass(frozen=True)
class Interval:
    """From where to where the real value lies, with 95 per cent confidence."""

    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """A share before and after, and the interval of the difference (after minus before)."""

    before: Share
    after: Share
    difference: Interval
    #: Whether it stands when many are compared at once (`several`); alone it does.
    stands: bool = True

    @property
    def verdict(self) -> Verdict:
        """Say what is beyond chance: fewer name the theme, more do, or neither can be told."""
        if not self.stands:
            return Verdict.SAME
        if self.difference.high < 0:
            return Verdict.FEWER
        return Verdict.MORE if self.difference.low > 0 else Verdict.SAME


def fewest(n: int) -> int:
    """Return the smallest number of people that may stand behind a published number."""
    return max(n - ABOUT, 1)


def half_step(n: int, step: float) -> float:
    """Return how far off a published figure may be: half its step, among few one person more."""
    people = fewest(n)
    return step / 2 + (1 / people if people < FEW else 0.0)


def ends(share: Share) -> tuple[float, float]:
    """Return between which shares a published one was rounded."""
    half = half_step(share.n, SHARE_STEP)
    return max(share.share - half, 0.0), min(share.share + half, 1.0)


def wilson(share: float, n: int, z: float = Z) -> Interval:
    """Return Wilson's interval of a share among n people; z says how sure."""
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))


def interval(share: Share) -> Interval:
    """Return the interval of one published share, as wide as its rounding makes it."""
    low, high = ends(share)
    n = fewest(share.n)
    return Interval(wilson(low, n).low, wilson(high, n).high)


def change(before: Share, after: Share, *, z: float = Z) -> Change:
    """Return what changed between two published shares.

    The interval holds for every value that they can have been rounded from.
    """
    (low_before, high_before), (low_after, high_after) = ends(before), ends(after)
    falls = _newcombe((high_before, before.n), (low_after, after.n), z)
    rises = _newcombe((low_before, before.n), (high_after, after.n), z)
    return Change(before, after, Interval(falls.low, rises.high))


def _newcombe(before: tuple[float, int], after: tuple[float, int], z: float) -> Interval:
    (p, n), (q, m) = before, after
    one, two = wilson(p, fewest(n), z), wilson(q, fewest(m), z)
    return Interval(
        q - p - sqrt((q - two.low) ** 2 + (one.high - p) ** 2),
        q - p + sqrt((two.high - q) ** 2 + (p - one.low) ** 2),
    )
