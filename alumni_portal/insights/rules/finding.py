"""The one finding in words, chosen by a rule that is printed under it.

1. Among the themes whose share of the main reasons differs from a year before by more than chance,
   all themes compared at once (`several`), the one that differs most; the first by code of equals.
2. Otherwise the largest theme, when it is surely larger than the next.
3. Otherwise nothing stands out, and that is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.insights.rules.effects import Change, Share, Verdict, interval


class Kind(StrEnum):
    """What sort of finding it is."""

    MORE = "more"
    FEWER = "fewer"
    LARGEST = "largest"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """What stands out in a release; before and after as they were published."""

    kind: Kind
    theme: str = ""
    now: float = 0.0
    before: float | None = None


def finding(now: Mapping[str, Share], changed: Mapping[str, Change | None]) -> Finding:
    """Return what stands out, from published shares and how they differ from a year before."""
    sure = {
        theme: change
        for theme, change in changed.items()
        if theme in now and change and change.verdict in {Verdict.FEWER, Verdict.MORE}
    }
    if sure:
        theme = min(sure, key=lambda one: (-_points(sure[one]), one))
        was, is_ = sure[theme].before.share, sure[theme].after.share
        return Finding(Kind.MORE if is_ > was else Kind.FEWER, theme, is_, was)
    largest = sorted(now.items(), key=lambda item: (-item[1].share, item[0]))
    if len(largest) > 1 and interval(largest[0][1]).low > interval(largest[1][1]).high:
        return Finding(Kind.LARGEST, largest[0][0], largest[0][1].share)
    return Finding(Kind.NOTHING)


def _points(change: Change) -> int:
    """Return how far apart two published shares are, in whole points."""
    return abs(round(100 * (change.after.share - change.before.share)))
