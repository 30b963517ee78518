"""What became of a theme since an action was closed, read from releases only."""

from collections.abc import Sequence
from dataclasses import dataclass

from alumni_portal.insights.models import Action
from alumni_portal.insights.rules.effects import Change, Share, Verdict


@dataclass(frozen=True)
class Effect:
    """What can be said of an action, and which quarters it was read from."""

    verdict: Verdict
    change: Change | None = None
    #: The share before the action, when nothing later can be compared with it.
    start: Share | None = None
    before: str = ""
    after: str = ""


def effects_of(actions: Sequence[Action]) -> dict[int, Effect]:
    """Return what can be said of each action, by row id."""
    return {one.id: Effect(Verdict.NOT_YET) for one in actions}
