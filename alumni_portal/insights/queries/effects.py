"""What became of a theme since an action was closed: asked of releases, through their one gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.queries.cells import Figures, Released, releases, series
from alumni_portal.insights.rules.actions import quarter_of
from alumni_portal.insights.rules.effects import Change, Share, Verdict, change
from alumni_portal.insights.rules.population import COMPANY, WINDOW, Place, shifted


@dataclass(frozen=True)
class Effect:
    """What can be said of an action, and which quarters it was read from."""

    verdict: Verdict
    change: Change | None = None
    #: The share before the action, when nothing later can be compared with it.
    start: Share | None = None
    before: str = ""
    after: str = ""
    #: The first quarter whose release looks at nothing but the time after the action.
    first: str = ""


def effects_of(actions: Sequence[Action], *, whole: bool = True) -> dict[int, Effect]:
    """Return what can be said of each action, by row id.

    Before: the last release whose quarters were over when the action began. After: the latest one
    that counts nobody who left before it was closed. Units are loaded with the actions. Without
    `whole` only what is about the whole company is told (A10).
    """
    if not actions:
        return {}
    made = sorted(releases(), key=lambda one: one.quarter)
    wanted = {one.id: (_before(one, made), _after(one, made)) for one in actions}
    needed = {each.quarter: each for pair in wanted.values() for each in pair if each}
    known = {one.release.quarter: one for one in series(list(needed.values()), tables=_TABLES)}
    hidden = Effect(Verdict.FOR_HR)
    return {
        one.id: _effect(one, *wanted[one.id], known)
        if whole or where_of(one) == COMPANY
        else hidden
        for one in actions
    }


_TABLES = ("company", "unit")


def _before(action: Action, made: Sequence[Released]) -> Released | None:
    begun = quarter_of(action.begun_on)
    return next((one for one in reversed(made) if one.quarter < begun), None)


def first_quarter_after(action: Action) -> str:
    """Return the first quarter whose release has nothing but exits after the action was closed."""
    return shifted(quarter_of(action.closed_on), WINDOW) if action.closed_on else ""


def _after(action: Action, made: Sequence[Released]) -> Released | None:
    first = first_quarter_after(action)
    return made[-1] if first and made and made[-1].quarter >= first else None


def _effect(
    action: Action,
    before: Released | None,
    after: Released | None,
    known: dict[str, Figures],
) -> Effect:
    if before is None or action.state is ActionState.DROPPED:
        return Effect(Verdict.NO_BEFORE if before is None else Verdict.NOTHING)
    start = _share(action, known[before.quarter])
    if after is None:
        first = first_quarter_after(action)
        return Effect(Verdict.NOT_YET, start=start, before=before.quarter, first=first)
    now = _share(action, known[after.quarter])
    if start is None or now is None:
        return Effect(Verdict.TOO_FEW, start=start, before=before.quarter, after=after.quarter)
    found = change(start, now)
    return Effect(found.verdict, found, start, before.quarter, after.quarter)


def _share(action: Action, figures: Figures) -> Share | None:
    cell = figures.at(where_of(action), f"themes:{action.theme}")
    if not cell.is_shown or cell.n is None or cell.value is None:
        return None
    return Share(cell.value, cell.n)


def where_of(action: Action) -> Place:
    """Return the place in a release where an action is to be seen."""
    if action.unit is None or action.unit.parent_id is None:
        return COMPANY
    return Place("unit", (action.unit.public_id,))
