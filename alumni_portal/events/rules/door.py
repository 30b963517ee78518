"""At the door: which guests of somebody came, and which share stayed away."""

import re
from collections.abc import Iterable

_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|&|\boch\b|\band\b)\s*")


def party_of(guests: int, names: str) -> list[str]:
    """Return what each guest of somebody is called; empty where it was not told of each."""
    told = [one for one in _BETWEEN_NAMES.split(names.strip()) if one]
    return told if len(told) == guests else [""] * guests


def guests_at(here: str, ticked: Iterable[int], unticked: Iterable[int], most: int) -> str:
    """Return which guests are here after some were ticked off and some by mistake.

    A digit for each, 0 for the first of `most`.
    """
    are = ({int(one) for one in here} | set(ticked)) - set(unticked)
    return "".join(str(one) for one in sorted(are) if 0 <= one < most)


def no_show_share(coming: int, here: int) -> float | None:
    """Return which share of those who were expected stayed away.

    Nothing when nobody came, or nobody was ticked off: then the list at the door was not used.
    """
    return None if not coming or not here else max(coming - here, 0) / coming
