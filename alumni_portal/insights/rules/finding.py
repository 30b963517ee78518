"""The one finding in words, chosen by a rule that is printed under it.

1. Among the themes whose share of the main reasons differs from a year before by more than chance,
   the one that differs most.
2. Otherwise the largest theme, when it is surely larger than the next.
3. Otherwise nothing stands out, and that is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.insights.rules.effects import Share, Verdict, change, interval


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


def finding(now: Mapping[str, Share], before: Mapping[str, Share]) -> Finding:
    """Return what stands out, from published shares of now and of a year before."""
    changed = [
        (abs(share.share - before[theme].share), theme)
        for theme, share in now.items()
        if theme in before and change(before[theme], share).verdict in {Verdict.FEWER, Verdict.MORE}
    ]
    if changed:
        _by, theme = max(changed)
        was, is_ = before[theme].share, now[theme].share
        return Finding(Kind.MORE if is_ > was else Kind.FEWER, theme, is_, was)
    largest = sorted(now.items(), key=lambda item: (-item[1].share, item[0]))
    if len(largest) > 1 and interval(largest[0][1]).low > interval(largest[1][1]).high:
        return Finding(Kind.LARGEST, largest[0][0], largest[0][1].share)
    return Finding(Kind.NOTHING)
