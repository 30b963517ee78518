"""Changes to actions: made from a theme, begun, changed, closed, dropped."""

from dataclasses import dataclass
from datetime import date

from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.rules.actions import MOVES, OPEN

TELL = "insights.tell"
_CLOSED = _l("Åtgärden är redan avslutad.")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is decided about an action."""

    theme: str
    heard: str
    goal: str
    measure: str
    owner: str
    due_on: date
    unit_id: int | None = None


def make(plan: Plan, *, by: Actor) -> Action:
    """Make an action from a theme.

    Raises Refusal (field `theme`) for a theme that the code book lacks, (field `owner`) for
    somebody who does not work here, (field `due_on`) for a day that has passed.
    """
    if plan.due_on < clock.today():
        raise Refusal(_l("Dagen har redan varit. Välj en som kommer."), field="due_on")
    action = Action(begun_on=clock.today(), **_values(plan))
    db.session.add(action)
    db.session.flush()
    audit.record("action.made", by=by, subject=action.public_id, theme=action.theme)
    return action


def change(action_id: int, plan: Plan, *, by: Actor) -> Action:
    """Change an open action. Raises Refusal as `make`, and Conflict when it was closed."""
    action = _open(action_id)
    if plan.due_on != action.due_on and plan.due_on < clock.today():
        raise Refusal(_l("Dagen har redan varit. Välj en som kommer."), field="due_on")
    values = _values(plan)
    if values["owner_id"] != action.owner_id or plan.due_on > action.due_on:
        action.reminded_on = None
    for name, value in values.items():
        setattr(action, name, value)
    db.session.flush()
    audit.record("action.changed", by=by, subject=action.public_id)
    return action


def _values(plan: Plan) -> dict[str, object]:
    if not queries.is_theme(plan.theme):
        raise Refusal(_l("Välj ett tema ur listan."), field="theme")
    owner = queries.owner(plan.owner)
    if owner is None:
        raise Refusal(_l("Välj någon som arbetar här."), field="owner")
    return {
        "theme": plan.theme,
        "heard": plan.heard,
        "goal": plan.goal,
        "measure": plan.measure,
        "owner_id": owner.id,
        "due_on": plan.due_on,
        "unit_id": plan.unit_id,
    }


def begin(action_id: int, *, by: Actor) -> Action:
    """Note that an action is under way: from today it may have an effect."""
    action = _moved(action_id, ActionState.UNDER_WAY)
    action.begun_on = clock.today()
    db.session.flush()
    audit.record("action.begun", by=by, subject=action.public_id)
    return action


def close(action_id: int, *, done_sv: str, done_en: str, by: Actor) -> Action:
    """Close an action with what was done; whoever asked to be told about its theme gets a letter.

    Raises Refusal (fields `done_sv`, `done_en`) when a text is missing, Conflict when it was
    closed already.
    """
    for field, text in (("done_sv", done_sv), ("done_en", done_en)):
        if not text.strip():
            raise Refusal(_l("Skriv vad ni har gjort, på båda språken."), field=field)
    action = _moved(action_id, ActionState.DONE)
    action.done_sv, action.done_en = done_sv, done_en
    action.closed_on = clock.today()
    db.session.flush()
    audit.record("action.closed", by=by, subject=action.public_id, theme=action.theme)
    jobs.enqueue(TELL, {"action": action.public_id}, key=f"tell:{action.public_id}")
    return action


def drop(action_id: int, *, by: Actor) -> Action:
    """Give an action up: nobody is told, and those who asked wait for another on the theme."""
    action = _moved(action_id, ActionState.DROPPED)
    action.closed_on = clock.today()
    db.session.flush()
    audit.record("action.dropped", by=by, subject=action.public_id)
    return action


def _open(action_id: int) -> Action:
    action = queries.locked(action_id)
    if action.state not in OPEN:
        raise Conflict(_CLOSED)
    return action


def _moved(action_id: int, state: ActionState) -> Action:
    action = queries.locked(action_id)
    if action.state not in MOVES[state]:
        raise Conflict(_CLOSED if action.state not in OPEN else _l("Åtgärden pågår redan."))
    action.state = state
    return action
